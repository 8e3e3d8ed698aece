package platformtest

import (
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

// today is the demo's newest day.
var today = time.Date(2026, 1, 31, 9, 30, 0, 0, time.UTC)

func (p *Platform) home(c call) (any, error) {
	h := api.Home{Store: api.Store{StoreID: c.storeID, Currency: "BDT"}, LowStock: 3, SalesByDay: []api.DaySales{}, ByStatus: []api.StatusCount{}, RecentOrders: []api.Order{}}
	for _, s := range c.account.Stores {
		if s.StoreID == c.storeID {
			h.Store.Name, h.Store.Domain = s.Name, s.Domain
		}
	}
	byDay, byStatus := map[string]*api.DaySales{}, map[string]int{}
	for n := 13; n >= 0; n-- {
		h.SalesByDay = append(h.SalesByDay, api.DaySales{Date: today.AddDate(0, 0, -n).Format(time.DateOnly)})
	}
	for n := range h.SalesByDay {
		byDay[h.SalesByDay[n].Date] = &h.SalesByDay[n]
	}
	for _, o := range p.orders {
		if o.StoreID == c.storeID {
			count(&h, o.Order, byDay, byStatus)
		}
	}
	for _, status := range api.OrderStatuses {
		h.ByStatus = append(h.ByStatus, api.StatusCount{Status: status, Count: byStatus[status]})
	}
	return h, nil
}

func count(h *api.Home, o api.Order, byDay map[string]*api.DaySales, byStatus map[string]int) {
	byStatus[o.OrderStatus]++
	switch o.OrderStatus {
	case api.OrderPending, api.OrderConfirmed, api.OrderProcessing, api.OrderHold:
		h.OpenOrders++
	}
	if len(h.RecentOrders) < 5 {
		h.RecentOrders = append(h.RecentOrders, o)
	}
	d := byDay[o.CreatedAt.Format(time.DateOnly)]
	if d == nil || o.OrderStatus == api.OrderCancelled {
		return
	}
	d.Orders++
	d.Sales += o.GrandTotal
	if age := today.Sub(o.CreatedAt.Time); age < 7*24*time.Hour {
		h.OrdersWeek++
		h.SalesWeek += o.GrandTotal
		if d.Date == today.Format(time.DateOnly) {
			h.OrdersToday++
			h.SalesToday += o.GrandTotal
		}
	}
}

func (p *Platform) listProducts(c call) (any, error) {
	found := []api.ProductSummary{}
	for _, d := range p.products {
		text := d.Name
		for _, v := range d.Variants {
			text += " " + v.SKUCode
		}
		if d.StoreID == c.storeID && strings.Contains(strings.ToLower(text), strings.ToLower(c.URL.Query().Get("search"))) {
			found = append(found, p.summary(d))
		}
	}
	return page(c, found)
}

func (p *Platform) getProduct(c call) (any, error) {
	for _, d := range p.products {
		if d.ProductID == c.id("id") && d.StoreID == c.storeID {
			return d, nil
		}
	}
	return nil, notFound("No product %s.", c.PathValue("id"))
}

// summary adds up a product's variants.
func (p *Platform) summary(d api.ProductDetail) api.ProductSummary {
	s := api.ProductSummary{Product: d.Product, VariantCount: len(d.Variants)}
	for n, v := range d.Variants {
		s.TotalQuantity += v.Quantity
		s.PriceMax = max(s.PriceMax, v.Price)
		if n == 0 || v.Price < s.PriceMin {
			s.PriceMin = v.Price
		}
		if s.Image == nil {
			s.Image = v.Images
		}
	}
	return s
}

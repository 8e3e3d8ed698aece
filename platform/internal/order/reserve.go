package order

import (
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/catalog"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// parcel is what the goods of an order say about shipping them.
type parcel struct{ shipsFree bool }

// reserve takes the items of a new order from stock and writes them on it with
// today's names and prices.
func (s *Service) reserve(tx *db.Tx, o *api.OrderDetail, items []api.NewOrderItem) (p parcel, err error) {
	pieces := make([]catalog.Pieces, len(items))
	for n, i := range items {
		pieces[n] = catalog.Pieces{SKUID: i.SKUID, Quantity: i.Quantity}
	}
	taken, err := catalog.TakeStock(tx, s.Events, o.StoreID, pieces, api.StockOrderPlaced)
	if problem.Is(err, api.CodeNotFound) {
		return p, problem.Invalid("items", "must be variants of this store: %s", strings.TrimSuffix(err.Error(), "."))
	}
	if err != nil {
		return p, err
	}
	p.shipsFree = true
	for n, t := range taken {
		if !t.Product.IsActive || !t.Variant.Available {
			return p, problem.Conflict("Variant %d, %s, is not on sale.", t.Variant.SKUID, t.Variant.SKUCode)
		}
		item := newItem(t, items[n].Quantity)
		o.Items = append(o.Items, item)
		o.SubTotal += item.Total
		p.shipsFree = p.shipsFree && bool(t.Variant.FreeShipping)
	}
	return p, nil
}

// newItem is a line of an order, its picture as a key.
func newItem(t catalog.Taken, quantity int64) api.OrderItem {
	i := api.OrderItem{
		ProductID: t.Product.ProductID, SKUID: t.Variant.SKUID, Name: t.Product.Name, VariantName: t.Variant.VariantName,
		SKUCode: t.Variant.SKUCode, Quantity: quantity, UnitPrice: t.Variant.Price, Total: t.Variant.Price * api.Money(quantity),
	}
	if t.Variant.Images != nil {
		first, _, _ := strings.Cut(*t.Variant.Images, ",")
		i.Image = strings.TrimSpace(first)
	}
	return i
}

// giveBackStock returns the items of a cancelled order.
func (s *Service) giveBackStock(tx *db.Tx, storeID, orderID int64) error {
	items, err := itemsOf(tx, orderID)
	if err != nil {
		return err
	}
	pieces := make([]catalog.Pieces, len(items))
	for n, i := range items {
		pieces[n] = catalog.Pieces{SKUID: i.SKUID, Quantity: i.Quantity}
	}
	return catalog.ReturnStock(tx, s.Events, storeID, pieces, api.StockOrderCancelled)
}

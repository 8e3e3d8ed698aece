package site

import (
	"net/http"
	"slices"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// ordersData is the list of orders; what it shows stands in the URL.
type ordersData struct {
	Orders []api.Order
	List   page.List
	Tabs   []page.Tab
	Back   string        // this very list
	Moves  []page.Status // of many orders at once
}

func (v *visit) orders() error {
	list := page.ReadList(v.r.URL, "created_at", []string{"created_at", "grand_total"})
	if !slices.Contains(api.OrderStatuses, list.Status) {
		list.Status = ""
	}
	found, err := v.session.Orders(v.r.Context(), v.store.StoreID, query(list))
	if err != nil {
		return err
	}
	data := ordersData{Orders: found.Data, List: list.Found(found.Pagination), Tabs: list.Tabs(api.OrderStatuses), Back: v.r.URL.RequestURI(), Moves: bulk()}
	if err := v.slots(pageContext{}); err != nil {
		return err
	}
	return v.show("shell/orders", "Orders", "orders", data, policy{})
}

// query is a list's state as the platform takes it.
func query(l page.List) platform.Query {
	return platform.Query{Page: l.Page, Limit: page.Rows, Status: l.Status, Search: l.Search, Sort: l.SortQuery()}
}

// orderData is one order.
type orderData struct {
	api.OrderDetail
	Next  *page.Status  // the usual course
	Other []page.Status // moves beside it
	Ask   []page.Status // moves that are asked about first
	// Questions are there for every such move: the order may become ready for
	// it while the page is open.
	Questions []page.Status
	Back      string
}

func (v *visit) order() error {
	order, err := v.session.Order(v.r.Context(), v.store.StoreID, v.number("order"))
	if err != nil {
		return err
	}
	data := orderData{OrderDetail: order, Questions: page.AskedFirst(), Back: v.path("/orders")}
	slices.SortStableFunc(data.Timeline, func(a, b api.TimelineEntry) int { return b.CreatedAt.Compare(a.CreatedAt.Time) })
	for _, name := range order.NextStatuses {
		status := page.OrderStatus(name)
		switch {
		case status.Warning != "":
			data.Ask = append(data.Ask, status)
		case data.Next == nil && name != api.OrderHold:
			data.Next = &status
		default:
			data.Other = append(data.Other, status)
		}
	}
	if err := v.slots(pageContext{Order: &order}); err != nil {
		return err
	}
	return v.show("shell/order", "Order "+order.OrderNumber, "orders", data, policy{})
}

// setStatus moves an order on. A move that has become illegal, because
// somebody else was faster, is said on the order's page.
func (v *visit) setStatus() error {
	to := v.path("/orders/" + v.text("order"))
	order, err := v.session.SetOrderStatus(v.r.Context(), v.store.StoreID, v.number("order"), v.r.PostFormValue("status"))
	refused, ok := platform.Refusal(err)
	switch {
	case ok && (refused.Status == http.StatusConflict || refused.Status == http.StatusBadRequest):
		return v.done("danger", refused.Message, to)
	case err != nil:
		return err
	}
	return v.done("success", "Order "+order.OrderNumber+" is now "+page.OrderStatus(order.OrderStatus).Words()+".", to)
}

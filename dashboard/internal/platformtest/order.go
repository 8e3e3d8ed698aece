package platformtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

var moves = map[string][]string{
	api.OrderPending:    {api.OrderConfirmed, api.OrderHold, api.OrderCancelled},
	api.OrderConfirmed:  {api.OrderProcessing, api.OrderHold, api.OrderCancelled},
	api.OrderProcessing: {api.OrderShipped, api.OrderHold, api.OrderCancelled},
	api.OrderShipped:    {api.OrderDelivered},
	api.OrderDelivered:  {api.OrderCompleted, api.OrderRefunded},
	api.OrderCompleted:  {api.OrderRefunded},
	api.OrderHold:       {api.OrderPending, api.OrderConfirmed, api.OrderProcessing, api.OrderCancelled},
}

func (p *Platform) listOrders(c call) (any, error) {
	q := c.URL.Query()
	found := []api.Order{}
	for _, o := range p.orders {
		if o.StoreID != c.storeID || q.Has("status") && o.OrderStatus != q.Get("status") {
			continue
		}
		if id := q.Get("customer_id"); id != "" && id != fmt.Sprint(o.UserID) {
			continue
		}
		text := strings.ToLower(o.OrderNumber + " " + o.CustomerName + " " + o.CustomerPhone)
		if strings.Contains(text, strings.ToLower(q.Get("search"))) {
			found = append(found, o.Order)
		}
	}
	column, direction, _ := strings.Cut(q.Get("sort"), ":")
	if !slices.Contains([]string{"", "created_at", "updated_at", "grand_total"}, column) {
		return nil, refuse(http.StatusBadRequest, api.CodeValidation, "sort must be one of created_at, updated_at, grand_total.")
	}
	slices.SortStableFunc(found, func(a, b api.Order) int {
		n := a.CreatedAt.Compare(b.CreatedAt.Time)
		if column == "grand_total" {
			n = int(a.GrandTotal - b.GrandTotal)
		}
		if direction != "asc" {
			n = -n
		}
		return n
	})
	return page(c, found)
}

func (p *Platform) order(c call) (*api.OrderDetail, error) {
	for n := range p.orders {
		if o := &p.orders[n]; o.OrderID == c.id("id") && o.StoreID == c.storeID {
			return o, nil
		}
	}
	return nil, notFound("No order %s.", c.PathValue("id"))
}

func (p *Platform) getOrder(c call) (any, error) {
	o, err := p.order(c)
	if err != nil {
		return nil, err
	}
	return *o, nil
}

func (p *Platform) moveOrder(c call) (any, error) {
	o, err := p.order(c)
	if err != nil {
		return nil, err
	}
	var in api.StatusChange
	_ = json.NewDecoder(c.Body).Decode(&in)
	if !slices.Contains(o.NextStatuses, in.Status) {
		return nil, refuse(http.StatusConflict, api.CodeConflict, "An order that is %s can become %s.", o.OrderStatus, strings.Join(o.NextStatuses, ", "))
	}
	p.setStatus(o, in.Status, c.account.Name)
	return *o, nil
}

func (p *Platform) setStatus(o *api.OrderDetail, status, actor string) {
	o.Timeline = append(o.Timeline, api.TimelineEntry{
		Kind: "status_changed", Message: "Status changed from " + o.OrderStatus + " to " + status, Actor: actor, CreatedAt: o.UpdatedAt,
	})
	o.OrderStatus, o.NextStatuses = status, moves[status]
	p.live.tell(o.StoreID, api.TopicOrderStatusChanged)
}

// MoveOrder changes an order as someone else would, elsewhere.
func (p *Platform) MoveOrder(orderID int64, status string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for n := range p.orders {
		if p.orders[n].OrderID == orderID {
			p.setStatus(&p.orders[n], status, "Store")
		}
	}
}

// FirstOrder returns a store's first order in a status.
func (p *Platform) FirstOrder(storeID int64, status string) api.OrderDetail {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, o := range p.orders {
		if o.StoreID == storeID && o.OrderStatus == status {
			return o
		}
	}
	return api.OrderDetail{}
}

// ForgetOrders empties a store.
func (p *Platform) ForgetOrders(storeID int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.orders = slices.DeleteFunc(p.orders, func(o api.OrderDetail) bool { return o.StoreID == storeID })
}

// LastOrder returns the id of a store's last order in a status.
func (p *Platform) LastOrder(storeID int64, status string) (id int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, o := range p.orders {
		if o.StoreID == storeID && o.OrderStatus == status {
			id = o.OrderID
		}
	}
	return id
}

package order

import (
	"strconv"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/store"
)

// exclusive lets one transaction at a time write a store's orders. They would
// wait for each other anyway, for the sequence of their events, and with
// counters, customers and codes in between some would wait in a circle.
func exclusive(tx *db.Tx, storeID int64) error {
	return tx.Exclusive("orders " + strconv.FormatInt(storeID, 10))
}

// lock returns a store's order, which nobody else can change until the
// transaction ends.
func lock(tx *db.Tx, storeID, orderID int64) (api.OrderDetail, error) {
	if err := exclusive(tx, storeID); err != nil {
		return api.OrderDetail{}, err
	}
	o, err := byID(tx, storeID, orderID)
	if db.IsNone(err) {
		return o, problem.NotFound("order", orderID)
	}
	return o, err
}

// note adds to an order's timeline what somebody did.
func note(tx *db.Tx, orderID int64, kind, actor, message string) error {
	return insertTimeline(tx, orderID, api.TimelineEntry{Kind: kind, Message: message, Actor: actor, CreatedAt: api.Time{Time: tx.Now}})
}

// report returns an order as it is now and records events about it. The
// previous status is empty unless the order was moved.
func (s *Service) report(tx *db.Tx, storeID, orderID int64, previous string, topics ...string) (api.OrderDetail, error) {
	o, err := s.detail(tx, storeID, orderID)
	if err != nil {
		return o, err
	}
	return o, s.tell(tx, o, previous, topics...)
}

// tell records events about an order.
func (s *Service) tell(tx *db.Tx, o api.OrderDetail, previous string, topics ...string) error {
	st, err := store.Get(tx, o.StoreID)
	if err != nil {
		return err
	}
	for _, topic := range topics {
		data := payload(o, st.Name)
		if topic != api.TopicOrderUpdated {
			data.PreviousStatus = previous
		}
		if _, err := s.Events.Append(tx, event.Event{Topic: topic, StoreID: o.StoreID, Data: data}); err != nil {
			return err
		}
	}
	return nil
}

// payload is the data of the order.* topics.
func payload(o api.OrderDetail, storeName string) api.OrderEvent {
	return api.OrderEvent{
		OrderID: o.OrderID, OrderNumber: o.OrderNumber, CustomerName: o.CustomerName, CustomerPhone: o.CustomerPhone,
		Total: o.GrandTotal, TrackingID: o.TrackingID, StoreName: storeName, Status: o.OrderStatus, Order: o.Order,
	}
}

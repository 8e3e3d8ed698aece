package order

import (
	"context"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/catalog"
	"github.com/selorax/sandbox/platform/internal/customer"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/store"
	"github.com/selorax/sandbox/platform/internal/web"
)

// ChangeStatus moves an order of the caller's store on: status, payment,
// stock, counters, timeline and events in one transaction. A move that the
// state table does not have is a conflict that names those it has.
func (s *Service) ChangeStatus(ctx context.Context, caller web.Caller, orderID int64, status string) (o api.OrderDetail, err error) {
	if !slices.Contains(api.OrderStatuses, status) {
		return o, problem.Invalid("status", "must be one of %s", strings.Join(api.OrderStatuses, ", "))
	}
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		before, err := byID(tx, caller.StoreID, orderID)
		if db.IsNone(err) {
			return problem.NotFound("order", orderID)
		}
		if err != nil {
			return err
		}
		if err := move(tx, before.Order, status, caller.Name); err != nil {
			return err
		}
		if o, err = s.detail(tx, caller.StoreID, orderID); err != nil {
			return err
		}
		if status == api.OrderCancelled {
			if err := s.returnStock(tx, o); err != nil {
				return err
			}
		}
		return s.tell(tx, o, before.OrderStatus)
	})
	return o, err
}

// move changes the order's rows.
func move(tx *db.Tx, o api.Order, status, actor string) error {
	from := stateOf(o)
	if !slices.Contains(Next(from.Status, from.Financial), status) {
		return problem.Conflict("%s", refusal(from, status))
	}
	to := from.After(status, o.PaymentMethod)
	if moved, err := setState(tx, o, to); err != nil {
		return err
	} else if !moved {
		return problem.Conflict("This order was changed by somebody else just now. Read it again.")
	}
	if err := setPayments(tx, o.OrderID, to.Payment()); err != nil {
		return err
	}
	if sold(from.Status) && !sold(status) {
		if err := customer.CountRefusal(tx, o.UserID, o.GrandTotal); err != nil {
			return err
		}
	}
	if err := recount(tx, o.StoreID, from.Status, status); err != nil {
		return err
	}
	return insertTimeline(tx, o.OrderID, StatusChanged(from.Status, status, actor, api.Time{Time: tx.Now}))
}

// returnStock puts a cancelled order's pieces back.
func (s *Service) returnStock(tx *db.Tx, o api.OrderDetail) error {
	pieces := make([]catalog.Pieces, len(o.Items))
	for n, i := range o.Items {
		pieces[n] = catalog.Pieces{SKUID: i.SKUID, Quantity: i.Quantity}
	}
	return catalog.ReturnStock(tx, s.Events, o.StoreID, pieces, api.StockOrderCancelled)
}

// tell records the events of a move.
func (s *Service) tell(tx *db.Tx, o api.OrderDetail, previous string) error {
	st, err := store.Get(tx, o.StoreID)
	if err != nil {
		return err
	}
	topics := []string{api.TopicOrderStatusChanged, api.TopicOrderUpdated}
	if o.OrderStatus == api.OrderCancelled {
		topics = append(topics, api.TopicOrderCancelled)
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

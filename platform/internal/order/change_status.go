package order

import (
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/customer"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/discount"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// ChangeStatus moves an order of a store on: status, payment, stock, counters,
// timeline and events. A move that the state table does not have is a conflict
// that names those it has.
func (s *Service) ChangeStatus(tx *db.Tx, storeID int64, actor string, orderID int64, in api.StatusChange) (o api.OrderDetail, err error) {
	if !slices.Contains(api.OrderStatuses, in.Status) {
		return o, problem.Invalid("status", "must be one of %s", strings.Join(api.OrderStatuses, ", "))
	}
	before, err := lock(tx, storeID, orderID)
	if err != nil {
		return o, err
	}
	if err := s.move(tx, before, in.Status, actor); err != nil {
		return o, err
	}
	return s.report(tx, storeID, orderID, before.OrderStatus, moved(in.Status)...)
}

// moved lists the topics of a move.
func moved(to string) []string {
	topics := []string{api.TopicOrderStatusChanged, api.TopicOrderUpdated}
	if to == api.OrderCancelled {
		topics = append(topics, api.TopicOrderCancelled)
	}
	return topics
}

// move changes the order's rows.
func (s *Service) move(tx *db.Tx, o api.OrderDetail, status, actor string) error {
	from := stateOf(o.Order)
	if !slices.Contains(Next(from.Status, from.Financial), status) {
		return problem.Conflict("%s", refusal(from, status))
	}
	to := from.After(status, o.PaymentMethod)
	if moved, err := setState(tx, o.Order, to); err != nil {
		return err
	} else if !moved {
		return problem.Conflict("This order was changed by somebody else just now. Read it again.")
	}
	if status == api.OrderRefunded {
		var err error
		if o, err = payBack(tx, o, refundable(o), nil); err != nil {
			return err
		}
	}
	if err := setPayments(tx, o.OrderID, to.Payment()); err != nil {
		return err
	}
	if status == api.OrderCancelled {
		if err := s.undo(tx, o); err != nil {
			return err
		}
	}
	if sold(from.Status) && !sold(status) {
		if err := customer.CountRefusal(tx, o.UserID, o.GrandTotal-o.RefundedAmount); err != nil {
			return err
		}
	}
	if err := recount(tx, o.StoreID, from.Status, status); err != nil {
		return err
	}
	return insertTimeline(tx, o.OrderID, StatusChanged(from.Status, status, actor, api.Time{Time: tx.Now}))
}

// undo gives back what a cancelled order holds: its stock and its code's use.
func (s *Service) undo(tx *db.Tx, o api.OrderDetail) error {
	if err := s.giveBackStock(tx, o.StoreID, o.OrderID); err != nil {
		return err
	}
	return discount.Release(tx, o.OrderID)
}

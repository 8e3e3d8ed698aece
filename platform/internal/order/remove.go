package order

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/customer"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Remove takes an order that came to nothing out of the store's lists. Its
// number is not given again.
func (s *Service) Remove(tx *db.Tx, storeID int64, actor string, orderID int64) (gone api.Deleted, err error) {
	o, err := lock(tx, storeID, orderID)
	if err != nil {
		return gone, err
	}
	if sold(o.OrderStatus) {
		return gone, problem.Conflict("%s cannot be deleted. Cancel or refund it first.", describe(o.OrderStatus))
	}
	if err := note(tx, orderID, KindDeleted, actor, "Order deleted"); err != nil {
		return gone, err
	}
	if _, err := s.report(tx, storeID, orderID, "", api.TopicOrderDeleted); err != nil {
		return gone, err
	}
	if err := markDeleted(tx, orderID); err != nil {
		return gone, err
	}
	if err := countOut(tx, storeID, o.OrderStatus); err != nil {
		return gone, err
	}
	return api.Deleted{ID: orderID}, customer.CountDeletion(tx, o.UserID)
}

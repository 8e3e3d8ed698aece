package order

import (
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

// fulfill hands an order to a courier, which ships it. An order that cannot
// become shipped is a conflict.
func (s *Service) fulfill(tx *db.Tx, storeID int64, actor string, orderID int64, in api.Fulfillment) (o api.OrderDetail, err error) {
	in.Courier = strings.TrimSpace(in.Courier)
	var bad complaints
	bad.Length(in.Courier, "courier", 1, maxCourier)
	if in.TrackingID != nil {
		bad.Length(*in.TrackingID, "tracking_id", 1, maxTracking)
	}
	if err := bad.Err(); err != nil {
		return o, err
	}
	before, err := lock(tx, storeID, orderID)
	if err != nil {
		return o, err
	}
	message := "Handed to " + in.Courier
	if in.TrackingID != nil {
		message += ", tracking id " + *in.TrackingID
	}
	if err := note(tx, orderID, KindFulfilled, actor, message); err != nil {
		return o, err
	}
	if err := s.move(tx, before, api.OrderShipped, actor); err != nil {
		return o, err
	}
	if err := setParcel(tx, orderID, in.Courier, in.TrackingID); err != nil {
		return o, err
	}
	return s.report(tx, storeID, orderID, before.OrderStatus, moved(api.OrderShipped)...)
}

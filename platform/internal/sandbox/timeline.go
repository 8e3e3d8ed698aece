package sandbox

import (
	"fmt"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/order"
)

// course is the statuses that an order passes through.
type course []string

var (
	toConfirmed  = course{api.OrderConfirmed}
	toProcessing = course{api.OrderConfirmed, api.OrderProcessing}
	toShipped    = course{api.OrderConfirmed, api.OrderProcessing, api.OrderShipped}
	toDelivered  = course{api.OrderConfirmed, api.OrderProcessing, api.OrderShipped, api.OrderDelivered}
	toCompleted  = course{api.OrderConfirmed, api.OrderProcessing, api.OrderShipped, api.OrderDelivered, api.OrderCompleted}
	toHold       = course{api.OrderConfirmed, api.OrderHold}
	toCancelled  = course{api.OrderCancelled}
	toStopped    = course{api.OrderConfirmed, api.OrderCancelled}
	toRefunded   = course{api.OrderConfirmed, api.OrderProcessing, api.OrderShipped, api.OrderDelivered, api.OrderRefunded}
)

// courses says how far orders of an age have come. What would lie in the
// future is left out later, so that today's orders wait at the beginning.
func courses(daysOld int) []weighted[course] {
	switch {
	case daysOld == 0:
		return []weighted[course]{{60, nil}, {40, toConfirmed}}
	case daysOld == 1:
		return []weighted[course]{{22, nil}, {28, toConfirmed}, {30, toProcessing}, {10, toHold}, {10, toCancelled}}
	case daysOld <= 3:
		return []weighted[course]{{10, toConfirmed}, {24, toProcessing}, {44, toShipped}, {10, toHold}, {12, toStopped}}
	case daysOld <= 7:
		return []weighted[course]{{22, toShipped}, {56, toDelivered}, {6, toHold}, {8, toCancelled}, {8, toRefunded}}
	}
	return []weighted[course]{{28, toDelivered}, {52, toCompleted}, {6, toCancelled}, {6, toStopped}, {8, toRefunded}}
}

// delay is how long an order takes into a status.
func delay(d dice, status string) time.Duration {
	switch status {
	case api.OrderConfirmed:
		return d.between(3*time.Minute, 2*time.Hour)
	case api.OrderProcessing:
		return d.between(time.Hour, 8*time.Hour)
	case api.OrderShipped:
		return d.between(6*time.Hour, 20*time.Hour)
	case api.OrderDelivered:
		return d.between(20*time.Hour, 50*time.Hour)
	case api.OrderCompleted:
		return d.between(24*time.Hour, 70*time.Hour)
	case api.OrderRefunded:
		return d.between(12*time.Hour, 40*time.Hour)
	}
	return d.between(time.Hour, 6*time.Hour)
}

// run lets an order pass through a course, up to the end of the history.
func (c calendar) run(d dice, o *api.OrderDetail, way course, staff string) {
	at := o.CreatedAt.Time
	state := order.State{Status: api.OrderPending, Financial: order.Unpaid, Fulfillment: order.Unfulfilled}
	if o.PaymentMethod != order.CashOnDelivery {
		state.Financial = order.Paid
	}
	o.Timeline = []api.TimelineEntry{order.Created("Store", o.CreatedAt)}
	for _, status := range way {
		next := at.Add(delay(d, status))
		if next.After(c.last()) {
			break
		}
		at = next
		o.Timeline = append(o.Timeline, order.StatusChanged(state.Status, status, staff, stamp(at)))
		state = state.After(status, o.PaymentMethod)
	}
	o.OrderStatus, o.FinancialStatus, o.FulfillmentStatus, o.UpdatedAt = state.Status, state.Financial, state.Fulfillment, stamp(at)
	o.Payments = []api.OrderPayment{{
		Type: api.PaymentTypePayment, Method: o.PaymentMethod, Amount: o.GrandTotal, Status: state.Payment(), CreatedAt: o.CreatedAt,
	}}
	if state.Financial == order.Refunded {
		o.RefundedAmount = o.GrandTotal
		o.Payments = append(o.Payments, api.OrderPayment{
			Type: api.PaymentTypeRefund, Method: o.PaymentMethod, Amount: o.GrandTotal, Status: order.Refunded, CreatedAt: o.UpdatedAt,
		})
	}
	if state.Fulfillment == order.Fulfilled {
		parcel := fmt.Sprintf("BD%09d", d.IntN(1_000_000_000))
		o.TrackingID = &parcel
	}
}

package order

import (
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// Financial statuses.
const (
	Unpaid   = "unpaid"
	Paid     = "paid"
	Refunded = "refunded"
)

// Fulfilment statuses.
const (
	Unfulfilled = "unfulfilled"
	Fulfilled   = "fulfilled"
)

// CashOnDelivery is the payment method that is paid at the door.
const CashOnDelivery = "cod"

// moves is the state table: what an order may become from each status. A
// cancelled order has one more move, which its payment decides.
var moves = map[string][]string{
	api.OrderPending:    {api.OrderConfirmed, api.OrderHold, api.OrderCancelled},
	api.OrderConfirmed:  {api.OrderProcessing, api.OrderHold, api.OrderCancelled},
	api.OrderProcessing: {api.OrderShipped, api.OrderHold, api.OrderCancelled},
	api.OrderHold:       {api.OrderPending, api.OrderConfirmed, api.OrderProcessing, api.OrderCancelled},
	api.OrderShipped:    {api.OrderDelivered},
	api.OrderDelivered:  {api.OrderCompleted, api.OrderRefunded},
	api.OrderCompleted:  {api.OrderRefunded},
	api.OrderCancelled:  {},
	api.OrderRefunded:   {},
}

// Next returns what an order may become, never nil.
func Next(status, financial string) []string {
	if status == api.OrderCancelled && financial == Paid {
		return []string{api.OrderRefunded}
	}
	return append([]string{}, moves[status]...)
}

// State is what a move changes together.
type State struct {
	Status      string
	Financial   string
	Fulfillment string
}

// After returns the state after a legal move.
func (s State) After(status, paymentMethod string) State {
	s.Status = status
	switch status {
	case api.OrderShipped:
		s.Fulfillment = Fulfilled
	case api.OrderDelivered:
		if paymentMethod == CashOnDelivery {
			s.Financial = Paid
		}
	case api.OrderRefunded:
		s.Financial = Refunded
	}
	return s
}

// Payment is the status of the order's payment in this state: pending, paid,
// cancelled or refunded.
func (s State) Payment() string {
	switch {
	case s.Financial != Unpaid:
		return s.Financial
	case s.Status == api.OrderCancelled:
		return "cancelled"
	}
	return "pending"
}

// refusal says why an order cannot become what was asked for, and what it can.
func refusal(s State, asked string) string {
	next := Next(s.Status, s.Financial)
	switch {
	case s.Status == asked && len(next) == 0:
		return "This order is already " + asked + "."
	case s.Status == asked:
		return "This order is already " + adjective(asked) + ". It can become " + either(next) + "."
	case len(next) == 0:
		return describe(s.Status) + " cannot change any more, so it cannot become " + asked + "."
	}
	return describe(s.Status) + " can become " + either(next) + ", not " + asked + "."
}

func describe(status string) string {
	if status == api.OrderHold {
		return "An order on hold"
	}
	return "A " + status + " order"
}

func adjective(status string) string {
	if status == api.OrderHold {
		return "on hold"
	}
	return status
}

// either lists statuses as "confirmed, hold or cancelled".
func either(list []string) string {
	last := len(list) - 1
	if last == 0 {
		return list[0]
	}
	return strings.Join(list[:last], ", ") + " or " + list[last]
}

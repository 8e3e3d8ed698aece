package order

import (
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/customer"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// refund pays back a part of what was paid for an order, or all of it, which
// makes it refunded. An order can be refunded where its status can become
// refunded, and never by more than was paid.
func (s *Service) refund(tx *db.Tx, storeID int64, actor string, orderID int64, in api.Refund) (o api.OrderDetail, err error) {
	in.Reason = strings.TrimSpace(in.Reason)
	var bad complaints
	bad.Length(in.Reason, "reason", 1, maxReason)
	bad.Requiref(in.Amount == nil || *in.Amount > 0, "amount", "must be above 0")
	if err := bad.Err(); err != nil {
		return o, err
	}
	before, err := lock(tx, storeID, orderID)
	if err != nil {
		return o, err
	}
	amount, err := refundAmount(before, in)
	if err != nil {
		return o, err
	}
	after, err := payBack(tx, before, amount, &in.Reason)
	if err != nil {
		return o, err
	}
	if err := note(tx, orderID, KindRefunded, actor, "Refunded "+amount.String()+": "+in.Reason); err != nil {
		return o, err
	}
	if refundable(after) > 0 {
		return s.report(tx, storeID, orderID, "", api.TopicOrderUpdated)
	}
	if err := s.move(tx, after, api.OrderRefunded, actor); err != nil {
		return o, err
	}
	return s.report(tx, storeID, orderID, before.OrderStatus, moved(api.OrderRefunded)...)
}

// refundable is what was paid for an order and not paid back yet.
func refundable(o api.OrderDetail) api.Money {
	if o.FinancialStatus != Paid {
		return 0
	}
	return o.GrandTotal - o.RefundedAmount
}

// refundAmount is what a refund pays back, or why it cannot.
func refundAmount(o api.OrderDetail, in api.Refund) (api.Money, error) {
	left := refundable(o)
	switch {
	case !slices.Contains(Next(o.OrderStatus, o.FinancialStatus), api.OrderRefunded):
		return 0, problem.Conflict("%s", refusal(stateOf(o.Order), api.OrderRefunded))
	case left == 0:
		return 0, problem.Conflict("There is nothing to refund: nothing was paid for this order.")
	case in.Amount == nil:
		return left, nil
	case *in.Amount > left:
		return 0, problem.Conflict("At most %s can be refunded: %s was paid and %s refunded already.", left, o.GrandTotal, o.RefundedAmount)
	}
	return *in.Amount, nil
}

// payBack records a refund and returns the order with it. Nothing is nothing.
func payBack(tx *db.Tx, o api.OrderDetail, amount api.Money, reason *string) (api.OrderDetail, error) {
	if amount == 0 {
		return o, nil
	}
	if counted, err := addRefund(tx, o.OrderID, amount); err != nil {
		return o, err
	} else if !counted {
		return o, problem.Conflict("This order was refunded by somebody else just now. Read it again.")
	}
	o.RefundedAmount += amount
	if sold(o.OrderStatus) {
		if err := customer.CountRefusal(tx, o.UserID, amount); err != nil {
			return o, err
		}
	}
	return o, insertPayment(tx, o.OrderID, api.OrderPayment{
		Type: api.PaymentTypeRefund, Method: o.PaymentMethod, Amount: amount, Status: Refunded, Reason: reason, CreatedAt: api.Time{Time: tx.Now},
	})
}

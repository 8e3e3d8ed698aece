package billing

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Pay is a step on the simulated gateway, with one of the outcomes of
// api.PaymentRequest: of a charge that is approved, or of a frozen one before
// it is tried again.
func (s *Service) Pay(outcome string) Step {
	return func(tx *db.Tx, c api.Charge) (api.Charge, string, error) {
		frozen := c.Status == api.ChargeFrozen
		switch {
		case !frozen && !waits(c):
			return c, "", refuse(c, "paid")
		case !frozen && c.ApprovedAt == nil:
			return c, "", problem.Conflict("This charge is not approved yet. Approve it first.")
		}
		if outcome == api.PaymentSaved {
			pays, err := savedMethodPays(tx, c.StoreID)
			if err != nil {
				return c, "", err
			}
			outcome = map[bool]string{true: api.PaymentPay, false: api.PaymentFail}[pays]
		}
		switch outcome {
		case api.PaymentPay:
			return s.paid(tx, c)
		case api.PaymentFail:
			return s.unpaid(tx, c, kindPaymentFailed, api.ReturnFailed)
		}
		return s.unpaid(tx, c, kindPaymentCancelled, api.ReturnCancelled)
	}
}

// paid is what a payment brings, by what is paid.
func (s *Service) paid(tx *db.Tx, c api.Charge) (api.Charge, string, error) {
	var err error
	switch {
	case c.Status == api.ChargeFrozen && c.Type == api.ChargeUsage:
		c, err = s.settle(tx, c)
	case c.Status == api.ChargeFrozen:
		c, err = s.renew(tx, c)
	case c.Type == api.ChargeRecurring:
		c, err = s.start(tx, c)
	default:
		c, err = s.sell(tx, c)
	}
	return s.back(tx, c, api.ReturnSuccess, err)
}

// unpaid notes a payment that collected nothing. The charge stays as it is and
// can be paid again.
func (s *Service) unpaid(tx *db.Tx, c api.Charge, kind, payment string) (api.Charge, string, error) {
	held, err := touch(tx, c)
	if db.IsNone(err) {
		err = errOvertaken()
	}
	if err == nil {
		err = note(tx, c.ChargeID, kind)
	}
	if err == nil && kind == kindPaymentFailed {
		err = s.tell(tx, held, api.TopicChargePaymentFailed, api.ReasonPaymentFailed)
	}
	return s.back(tx, held, payment, err)
}

// sell is the payment of what is paid once. A top-up credits the wallet and is
// complete with it: its app is told once, when the wallet has the money.
func (s *Service) sell(tx *db.Tx, c api.Charge) (api.Charge, error) {
	paid, err := change(tx, c, turn{to: api.ChargeActive})
	if err == nil {
		paid, err = collect(tx, paid, nil)
	}
	if err == nil && c.Type == api.ChargeTopup {
		paid, err = change(tx, paid, turn{to: api.ChargeCompleted})
	}
	if err != nil {
		return c, err
	}
	return paid, s.tell(tx, paid, api.TopicChargeActivated, "")
}

package billing

import (
	"fmt"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/ledger"
	"github.com/selorax/sandbox/platform/internal/money"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Step is what a merchant does with a charge: Approve, Pay, Decline, Cancel. It
// returns the charge as it is then and where the merchant goes next.
type Step func(tx *db.Tx, c api.Charge) (api.Charge, string, error)

// Decide runs a merchant's step on a charge of one of the merchant's stores.
func (s *Service) Decide(tx *db.Tx, caller web.Caller, chargeID int64, take Step) (out api.PaymentResult, err error) {
	c, err := owned(tx, caller, chargeID)
	if err != nil {
		return out, err
	}
	if overdue(tx, c) {
		return out, problem.Conflict("This charge has expired. The app can ask for a new one.")
	}
	if c, out.RedirectURL, err = take(tx, c); err != nil {
		return out, err
	}
	out.Charge, err = s.describe(tx, c)
	return out, err
}

// Approve is the step to the payment.
func (s *Service) Approve(tx *db.Tx, c api.Charge) (api.Charge, string, error) {
	if err := check(c.Status, api.ChargeActive); err != nil {
		return c, "", err
	}
	approved, err := setApproved(tx, c.ChargeID)
	if db.IsNone(err) {
		return c, "", problem.Conflict("This charge is already approved. It can be paid, declined or cancelled.")
	}
	if err != nil {
		return c, "", err
	}
	return approved, fmt.Sprintf("%s/pay", approved.ConfirmationURL), insertEntry(tx, c.ChargeID, kindApproved)
}

// Pay is a step on the simulated gateway, with one of the outcomes of api.PaymentRequest.
func (s *Service) Pay(outcome string) Step {
	return func(tx *db.Tx, c api.Charge) (api.Charge, string, error) {
		if err := check(c.Status, api.ChargeActive); err != nil {
			return c, "", err
		}
		if c.ApprovedAt == nil {
			return c, "", problem.Conflict("This charge is not approved yet. Approve it first.")
		}
		switch outcome {
		case api.PaymentPay:
			return s.collect(tx, c)
		case api.PaymentFail:
			return s.fail(tx, c)
		}
		return s.abandon(tx, c)
	}
}

func (s *Service) collect(tx *db.Tx, c api.Charge) (api.Charge, string, error) {
	c, err := s.move(tx, c, api.ChargeActive, nil)
	if err != nil {
		return c, "", err
	}
	err = ledger.Record(tx, ledger.Payment(c, 1, money.Split{
		Paid: c.Amount, Base: c.BaseAmount, Platform: c.PlatformAmount, Gateway: c.GatewayFeeAmount, Developer: c.DeveloperAmount,
	}))
	return s.back(tx, c, api.ReturnSuccess, err)
}

func (s *Service) fail(tx *db.Tx, c api.Charge) (api.Charge, string, error) {
	c, err := unpaid(tx, c, kindPaymentFailed)
	if err == nil {
		reason := api.ReasonPaymentFailed
		err = s.tell(tx, c, api.TopicChargePaymentFailed, &reason)
	}
	return s.back(tx, c, api.ReturnFailed, err)
}

func (s *Service) abandon(tx *db.Tx, c api.Charge) (api.Charge, string, error) {
	c, err := unpaid(tx, c, kindPaymentCancelled)
	return s.back(tx, c, api.ReturnCancelled, err)
}

// unpaid notes a payment that collected nothing on a charge still pending.
func unpaid(tx *db.Tx, c api.Charge, kind string) (api.Charge, error) {
	held, err := touch(tx, c.ChargeID)
	if db.IsNone(err) {
		return c, errOvertaken()
	}
	if err != nil {
		return c, err
	}
	return held, insertEntry(tx, c.ChargeID, kind)
}

// Decline is the merchant's no to the price.
func (s *Service) Decline(tx *db.Tx, c api.Charge) (api.Charge, string, error) {
	c, err := s.move(tx, c, api.ChargeDeclined, nil)
	return s.back(tx, c, api.ReturnDeclined, err)
}

// Cancel ends a charge that was approved and not paid, or not yet looked at.
func (s *Service) Cancel(tx *db.Tx, c api.Charge) (api.Charge, string, error) {
	reason := api.ReasonMerchant
	c, err := s.move(tx, c, api.ChargeCancelled, &reason)
	return s.back(tx, c, api.ReturnCancelled, err)
}

func (s *Service) complete(tx *db.Tx, c api.Charge) (api.Charge, string, error) {
	c, err := s.move(tx, c, api.ChargeCompleted, nil)
	return c, c.ConfirmationURL, err
}

package billing

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Cancel is the merchant's end of a charge that waits, or of a subscription:
// now, or with the period that is paid for.
func (s *Service) Cancel(atPeriodEnd bool) Step {
	return func(tx *db.Tx, c api.Charge) (api.Charge, string, error) {
		if c.Type == api.ChargeUsage {
			return c, "", refuse(c, "cancelled")
		}
		if !waits(c) {
			c, err := s.end(tx, c, atPeriodEnd, api.ReasonMerchant)
			return c, c.ConfirmationURL, err
		}
		c, err := s.move(tx, c, turn{to: api.ChargeCancelled, reason: api.ReasonMerchant})
		return s.back(tx, c, api.ReturnCancelled, err)
	}
}

// end cancels a subscription now, or notes that it ends with its period.
func (s *Service) end(tx *db.Tx, c api.Charge, atPeriodEnd bool, reason string) (api.Charge, error) {
	if !atPeriodEnd {
		return s.move(tx, c, turn{to: api.ChargeCancelled, reason: reason})
	}
	if c.Type != api.ChargeRecurring || c.Status != api.ChargeActive {
		return c, problem.Conflict("This charge is %s, and only an active subscription ends with its period. Cancel it without at_period_end.", c.Status)
	}
	if c.CancelAtPeriodEnd {
		return c, problem.Conflict("This subscription already ends with its period, on %s.", c.CurrentPeriodEnd.Format("2 January 2006"))
	}
	ending, err := setEnd(tx, c.ChargeID, &reason)
	if db.IsNone(err) {
		return c, errOvertaken()
	}
	if err != nil {
		return c, err
	}
	return ending, note(tx, c.ChargeID, kindCancelRequested)
}

// Resume is the step that takes back the end of a subscription with its period.
func (s *Service) Resume(tx *db.Tx, c api.Charge) (api.Charge, string, error) {
	if !c.CancelAtPeriodEnd || c.Status != api.ChargeActive {
		return c, "", problem.Conflict("This charge is %s and was not to end with its period, so there is nothing to take back.", c.Status)
	}
	going, err := setEnd(tx, c.ChargeID, nil)
	if db.IsNone(err) {
		return c, "", errOvertaken()
	}
	if err == nil {
		err = note(tx, c.ChargeID, kindResumed)
	}
	if err == nil {
		err = s.noticeAgain(tx, going)
	}
	return going, going.ConfirmationURL, err
}

// noticeAgain gives the notice of a payment that was left out, because none was
// to follow when it was due.
func (s *Service) noticeAgain(tx *db.Tx, c api.Charge) error {
	if tx.Now.Before(c.CurrentPeriodEnd.Add(-noticeBefore)) {
		return nil
	}
	given, err := hasEntry(tx, c.ChargeID, kindRenewalNotice, c.CurrentPeriodStart.UnixMilli())
	if err != nil || given {
		return err
	}
	return s.giveNotice(tx, c)
}

// cancelForApp is the app's end of a subscription of its own.
func (s *Service) cancelForApp(tx *db.Tx, caller web.Caller, chargeID int64, in api.CancelSubscription) (api.Charge, error) {
	c, err := hold(tx, caller, chargeID)
	if err != nil {
		return c, err
	}
	if c.Type != api.ChargeRecurring {
		return c, problem.Conflict("Charge %d is no subscription; its type is %s. Only subscriptions can be cancelled by the app.", chargeID, c.Type)
	}
	return s.end(tx, c, in.AtPeriodEnd, api.ReasonApp)
}

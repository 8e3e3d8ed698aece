package billing

import (
	"context"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

// Collect is the job that collects what is due by the store's saved method: the
// next period of a subscription, or a month's usage.
type Collect struct {
	ChargeID int64 `json:"charge_id"`
	Period   int64 `json:"period"` // the one that ends
	Try      int64 `json:"try"`    // 0: on the due date; later ones while the charge is frozen
}

// Kind names the job.
func (Collect) Kind() string { return "billing.collect" }

// Notice is the job that tells an app of a payment that is due soon.
type Notice struct {
	ChargeID int64 `json:"charge_id"`
	Period   int64 `json:"period"` // the one that ends
}

// Kind names the job.
func (Notice) Kind() string { return "billing.notice" }

// notify tells of the payment at the end of a period, unless none will follow.
func (s *Service) notify(tx *db.Tx, job Notice) error {
	c, err := takeNotice(tx, job.ChargeID, job.Period)
	if err != nil || c.CancelAtPeriodEnd {
		return ignoreNone(err)
	}
	return s.giveNotice(tx, c)
}

func (s *Service) giveNotice(tx *db.Tx, c api.Charge) error {
	if err := note(tx, c.ChargeID, kindRenewalNotice); err != nil {
		return err
	}
	return s.tell(tx, c, api.TopicSubscriptionRenewalPending, "")
}

// collectDue does what is owed at the end of a period. A charge that has moved
// on meanwhile owes nothing.
func (s *Service) collectDue(tx *db.Tx, job Collect) error {
	c, err := holdByID(tx, job.ChargeID)
	if err != nil || c.period != job.Period || c.retries != job.Try || !c.owed(tx) {
		return ignoreNone(err)
	}
	if c.endReason != "" && c.Status == api.ChargeActive {
		_, err := s.move(tx, c.Charge, turn{to: api.ChargeCancelled, reason: c.endReason})
		return err
	}
	pays, err := savedMethodPays(tx, c.StoreID)
	switch {
	case err != nil:
		return err
	case !pays:
		return s.failed(tx, c)
	case c.Type == api.ChargeUsage:
		_, err = s.settle(tx, c.Charge)
	default:
		_, err = s.renew(tx, c.Charge)
	}
	return err
}

// owed reports whether a charge can be collected now without the merchant.
func (h held) owed(tx *db.Tx) bool {
	open := h.Status == api.ChargeFrozen || h.Status == api.ChargeActive || h.Status == api.ChargePending && h.Type == api.ChargeUsage
	return open && !h.next.IsZero() && !tx.Now.Before(h.next)
}

// renew collects the next period of a subscription and enters it, also out of a
// frozen state: the periods are counted from the anchor, whenever they are paid.
func (s *Service) renew(tx *db.Tx, c api.Charge) (api.Charge, error) {
	held, err := holdByID(tx, c.ChargeID)
	if err != nil {
		return c, err
	}
	next := periodAt(held.anchor, *c.BillingInterval, held.period+1)
	if c.Status == api.ChargeFrozen {
		c, err = change(tx, c, turn{to: api.ChargeActive, kind: kindRenewed})
	} else {
		err = note(tx, c.ChargeID, kindRenewed)
	}
	if err != nil {
		return c, err
	}
	if c, err = collect(tx, c, &next); err != nil {
		return c, err
	}
	if c, err = s.enter(tx, c, next); err != nil {
		return c, err
	}
	if err := s.tell(tx, c, api.TopicChargeActivated, api.ReasonRenewed); err != nil {
		return c, err
	}
	return c, s.announce(tx, c, next)
}

// failed freezes what could not be collected, plans the next try, and gives up
// after the last.
func (s *Service) failed(tx *db.Tx, c held) (err error) {
	frozen := c.Charge
	if c.Status != api.ChargeFrozen {
		frozen, err = change(tx, c.Charge, turn{to: api.ChargeFrozen})
	}
	if err == nil {
		err = note(tx, c.ChargeID, kindPaymentFailed)
	}
	if err != nil {
		return err
	}
	last := int(c.retries) == len(dunning)
	if !last {
		next := c.due().Add(dunning[c.retries])
		if frozen, err = setRetry(tx, c.ChargeID, c.retries+1, next); err != nil {
			return err
		}
		if err := s.Timer.Schedule(tx, next, Collect{c.ChargeID, c.period, c.retries + 1}, &c.StoreID); err != nil {
			return err
		}
	}
	err = s.tell(tx, frozen, api.TopicChargePaymentFailed, api.ReasonPaymentFailed)
	if err == nil && last {
		_, err = s.move(tx, frozen, turn{to: api.ChargeCancelled, reason: api.ReasonPaymentFailed})
	}
	return err
}

// due is when what a charge owes was to be collected first.
func (h held) due() time.Time { return h.CurrentPeriodEnd.Time }

// ignoreNone is for jobs whose record is gone: they have nothing to do.
func ignoreNone(err error) error {
	if db.IsNone(err) {
		return nil
	}
	return err
}

// do is the handler of a job that is one transaction.
func do[J any](s *Service, work func(*db.Tx, J) error) func(context.Context, J) error {
	return func(ctx context.Context, job J) error {
		return s.DB.Write(ctx, func(tx *db.Tx) error { return work(tx, job) })
	}
}

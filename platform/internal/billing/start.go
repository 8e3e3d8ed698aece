package billing

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

// start begins a subscription that the merchant has agreed to: with its trial,
// or with the first payment. It takes the place of the installation's others,
// unless it says that it does not.
func (s *Service) start(tx *db.Tx, c api.Charge) (api.Charge, error) {
	first := turn{to: api.ChargeActive}
	p := periodAt(tx.Now, *c.BillingInterval, 1)
	if *c.TrialDays > 0 {
		first.kind = kindTrialStarted
		p = period{start: tx.Now, end: tx.Now.UTC().AddDate(0, 0, int(*c.TrialDays))}
	}
	started, err := change(tx, c, first)
	if err != nil {
		return c, err
	}
	if p.number == 0 {
		err = startTrial(tx, started, p.end)
	} else {
		started, err = collect(tx, started, &p)
	}
	if err != nil {
		return c, err
	}
	anchor := p.end // of a trial: the first payment is due then
	if p.number == 1 {
		anchor = p.start
	}
	if err := setAnchor(tx, c.ChargeID, anchor); err != nil {
		return c, err
	}
	if err := s.replaceOthers(tx, started); err != nil {
		return c, err
	}
	if started, err = s.enter(tx, started, p); err != nil {
		return c, err
	}
	if err := s.tell(tx, started, api.TopicChargeActivated, ""); err != nil {
		return c, err
	}
	return started, s.announce(tx, started, p)
}

// replaceOthers ends the installation's other subscriptions.
func (s *Service) replaceOthers(tx *db.Tx, c api.Charge) error {
	if c.Replaces != nil && !*c.Replaces {
		return nil
	}
	others, err := holdSubscriptions(tx, c.InstallationID, c.ChargeID)
	for _, other := range others {
		if _, err = s.move(tx, other, turn{to: api.ChargeCancelled, reason: api.ReasonReplaced}); err != nil {
			break
		}
	}
	return err
}

// enter takes a subscription into a period, at the end of which it is collected.
func (s *Service) enter(tx *db.Tx, c api.Charge, p period) (api.Charge, error) {
	notice := p.end.Add(-noticeBefore)
	entered, err := setPeriod(tx, c.ChargeID, p, &notice)
	if err != nil {
		return c, err
	}
	return entered, s.Timer.Schedule(tx, p.end, Collect{c.ChargeID, p.number, 0}, &c.StoreID)
}

// announce plans the notice of the payment at the end of a period, or gives it
// at once when less time is left.
func (s *Service) announce(tx *db.Tx, c api.Charge, p period) error {
	notice := p.end.Add(-noticeBefore)
	if notice.After(tx.Now) {
		return s.Timer.Schedule(tx, notice, Notice{c.ChargeID, p.number}, &c.StoreID)
	}
	return s.notify(tx, Notice{c.ChargeID, p.number})
}

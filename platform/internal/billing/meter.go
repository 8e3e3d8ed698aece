package billing

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/money"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Use is what one metered use costs, and how it is shared. Amount is Platform
// and Developer.
type Use struct{ Amount, Platform, Developer api.Money }

// Meter adds a use to the charge of the current calendar month, which it opens
// with the first use, and returns that charge. What would go beyond the agreed
// cap is refused. The caller holds the installation.
func (s *Service) Meter(tx *db.Tx, caller web.Caller, u Use) (api.Charge, error) {
	limit, err := capOf(tx, caller.InstallationID)
	if err != nil {
		return api.Charge{}, err
	}
	_, end := monthOf(tx.Now)
	c, err := monthCharge(tx, caller.InstallationID, end)
	if db.IsNone(err) {
		c, err = s.openMonth(tx, caller)
	}
	if err != nil {
		return c, err
	}
	if c.Amount+u.Amount > limit {
		left := max(0, limit-c.Amount)
		return c, problem.PaymentRequired(api.CodeCapExceeded, problem.Shortfall{Balance: left, Required: u.Amount},
			"This use costs %s, and %s of the %s agreed for a month are left. Ask the merchant for a subscription with a higher billing_cap.",
			money.Format(u.Amount, api.CurrencyBDT), money.Format(left, api.CurrencyBDT), money.Format(limit, api.CurrencyBDT))
	}
	c, err = addUse(tx, c.ChargeID, u)
	if db.IsNone(err) {
		err = problem.Conflict("The month ended just now, and its usage was collected. Report this use again, and it counts for the new month.")
	}
	return c, err
}

// openMonth makes the charge that gathers the usage of the current month and is
// collected when the month is over.
func (s *Service) openMonth(tx *db.Tx, caller web.Caller) (c api.Charge, err error) {
	a, err := s.Apps.Get(tx, caller.AppID)
	if err != nil {
		return c, err
	}
	start, end := monthOf(tx.Now)
	c, err = insert(tx, api.Charge{
		AppID: a.AppID, StoreID: caller.StoreID, InstallationID: caller.InstallationID, Type: api.ChargeUsage,
		Name: "Usage in " + start.Format("January 2006"), Currency: api.CurrencyBDT, FeePayer: api.FeePayerDeveloper,
	}, row{commission: money.RateOf(a.CommissionRate), expiresMS: end.UnixMilli()})
	if err != nil {
		return c, err
	}
	if c, err = setPeriod(tx, c.ChargeID, period{start: start, end: end}, nil); err != nil {
		return c, err
	}
	if err := s.Timer.Schedule(tx, end, Collect{ChargeID: c.ChargeID}, &c.StoreID); err != nil {
		return c, err
	}
	return c, s.begin(tx, c)
}

// settle collects a month's usage: one payment, the sum of its uses.
func (s *Service) settle(tx *db.Tx, c api.Charge) (api.Charge, error) {
	p := period{start: c.CurrentPeriodStart.Time, end: c.CurrentPeriodEnd.Time}
	c, err := change(tx, c, turn{to: api.ChargeActive})
	if err == nil {
		c, err = collect(tx, c, &p)
	}
	if err == nil {
		c, err = change(tx, c, turn{to: api.ChargeCompleted})
	}
	if err != nil {
		return c, err
	}
	return c, s.tell(tx, c, api.TopicChargeActivated, "")
}

// capOf is what an installation's usage may cost in a month.
func capOf(tx *db.Tx, installationID int64) (api.Money, error) {
	agreed, err := agreedCap(tx, installationID)
	if db.IsNone(err) {
		return api.UsageCap, nil
	}
	return agreed, err
}

package platformtest

import (
	"fmt"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

// Offer makes an app offer a store a monthly subscription and returns the
// charge's id. limit is what usage may cost on top, 0 for nothing said.
func (p *Platform) Offer(slug string, storeID int64, name string, amount api.Money, trialDays int64, limit api.Money) int64 {
	id := p.Charge(slug, storeID, amount, api.FeePayerDeveloper, fmt.Sprintf("/%d/apps/e/%s", storeID, slug))
	p.mu.Lock()
	defer p.mu.Unlock()
	c, interval, replaces := &p.charges[id-1], api.IntervalMonthly, true
	c.Type, c.Name, c.Description = api.ChargeRecurring, name, "Everything, for one store."
	c.BillingInterval, c.TrialDays, c.Replaces = &interval, &trialDays, &replaces
	if limit > 0 {
		c.BillingCap = &limit
	}
	return id
}

// Topup makes an app ask a store to fill its wallet.
func (p *Platform) Topup(slug string, storeID int64, amount api.Money) int64 {
	id := p.Charge(slug, storeID, amount, api.FeePayerMerchant, fmt.Sprintf("/%d/apps/e/%s", storeID, slug))
	p.mu.Lock()
	defer p.mu.Unlock()
	p.charges[id-1].Type, p.charges[id-1].Name = api.ChargeTopup, "Wallet top-up"
	return id
}

// Meter makes the charge of a month with so many uses at ৳ 2.50.
func (p *Platform) Meter(slug string, storeID int64, uses int) int64 {
	id := p.Charge(slug, storeID, 0, api.FeePayerDeveloper, "/")
	p.mu.Lock()
	defer p.mu.Unlock()
	c := &p.charges[id-1]
	end := api.Time{Time: time.Date(today.Year(), today.Month()+1, 1, 0, 0, 0, 0, time.UTC)}
	c.Type, c.Name, c.Description, c.GatewayFeeRate, c.ExpiresAt = api.ChargeUsage, "Usage in "+today.Format("January 2006"), "", 0, nil
	c.CurrentPeriodEnd, c.NextPaymentAt, c.Actions = &end, &end, []string{}
	for n := range uses {
		p.uses = append(p.uses, api.UsageCharge{
			UsageChargeID: int64(len(p.uses) + 1), ChargeID: id, AppID: c.AppID, StoreID: storeID, Description: fmt.Sprintf("SMS sent to +88017123456%02d", n%100),
			Quantity: 1000, UnitPrice: 2_50, Amount: 2_50, Currency: api.CurrencyBDT, PlatformAmount: 25, DeveloperAmount: 2_25, Status: api.ChargePending,
			CreatedAt: api.Time{Time: today.Add(-time.Duration(n) * time.Hour)},
		})
		c.Amount, c.BaseAmount, c.PlatformAmount, c.DeveloperAmount = c.Amount+2_50, c.BaseAmount+2_50, c.PlatformAmount+25, c.DeveloperAmount+2_25
	}
	return id
}

// start is what a payment brings: money, a period, a trial or a credit.
func (p *Platform) start(c *api.StoreCharge) {
	trial := c.TrialDays != nil && *c.TrialDays > 0 && c.Status == api.ChargePending
	if c.Type == api.ChargeRecurring {
		begin, end := api.Time{Time: today}, api.Time{Time: today.AddDate(0, 1, -3)}
		if trial {
			end = api.Time{Time: today.AddDate(0, 0, int(*c.TrialDays))}
			c.TrialEndsAt = &end
		}
		c.CurrentPeriodStart, c.CurrentPeriodEnd, c.NextPaymentAt, c.FrozenAt = &begin, &end, &end, nil
	}
	if !trial {
		c.PaymentsMade++
		c.PaidAmount += c.Amount
		c.Payments = append(c.Payments, api.ChargePayment{
			PaymentID: int64(1000*c.ChargeID) + c.PaymentsMade, Number: c.PaymentsMade, Amount: c.Amount, PlatformAmount: c.PlatformAmount,
			GatewayFeeAmount: c.GatewayFeeAmount, DeveloperAmount: c.DeveloperAmount, PeriodStart: c.CurrentPeriodStart, PeriodEnd: c.CurrentPeriodEnd, CreatedAt: api.Time{Time: today},
		})
	}
	status := api.ChargeActive
	if c.Type == api.ChargeTopup {
		status = api.ChargeCompleted
		p.change(c.AppID, c.StoreID, api.WalletTopup, c.BaseAmount, c.Name, &c.ChargeID)
	}
	p.end(c, status, map[bool]string{true: "The trial has begun", false: "Paid with test money"}[trial])
}

// EndCharge lets a subscription end with its period.
func (p *Platform) EndCharge(id int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := &p.charges[id-1]
	c.CancelAtPeriodEnd, c.NextPaymentAt = true, nil
	p.step(c, "cancel_requested", "It ends with its period")
}

package platformtest

import (
	"fmt"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

// Charge makes an app ask a store for a payment and returns the charge's id.
// The fees are those of the contract, paid as feePayer says; returnURL is a
// path in the dashboard or a URL of the app.
func (p *Platform) Charge(slug string, storeID int64, amount api.Money, feePayer, returnURL string) int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	app, id, at := p.app(slug), int64(len(p.charges)+1), api.Time{Time: today}
	expires := api.Time{Time: today.Add(48 * time.Hour)}
	c := api.StoreCharge{App: card(app), Charge: api.Charge{
		ChargeID: id, MerchantTransactionID: fmt.Sprintf("SLX-%d-%d", storeID, id), AppID: app.AppID, StoreID: storeID, Type: api.ChargeOneTime, Name: "SMS Pack 100", Description: "100 messages to tell customers when their order ships.",
		Amount: amount, BaseAmount: amount, Currency: api.CurrencyBDT, FeePayer: feePayer, CommissionRate: 0.1, PlatformAmount: amount / 10,
		GatewayFeeRate: 0.025, GatewayFeeAmount: amount / 40, Status: api.ChargePending, ReturnURL: &returnURL,
		ConfirmationURL: fmt.Sprintf("/%d/settings/apps/billing/%d", storeID, id), CreatedAt: at, ExpiresAt: &expires, UpdatedAt: at,
	}}
	c.DeveloperAmount = amount - c.PlatformAmount - c.GatewayFeeAmount
	if feePayer == api.FeePayerMerchant {
		c.Amount, c.DeveloperAmount = amount+c.PlatformAmount+c.GatewayFeeAmount, amount
	}
	p.charges = append(p.charges, c)
	p.step(&p.charges[id-1], "created", app.Name+" asked for a payment")
	return id
}

// ApproveCharge approves a charge, as the merchant would on another screen.
func (p *Platform) ApproveCharge(id int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.approve(&p.charges[id-1], accounts[Merchant].Name)
}

// ExpireCharge lets the time to answer a charge run out.
func (p *Platform) ExpireCharge(id int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.end(&p.charges[id-1], api.ChargeExpired, "Nobody answered in time")
}

// PayCharge pays a charge, as the merchant would on another screen.
func (p *Platform) PayCharge(id int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.start(&p.charges[id-1])
}

// DeclineCharge declines a charge, as the merchant would on another screen.
func (p *Platform) DeclineCharge(id int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.end(&p.charges[id-1], api.ChargeDeclined, "Declined by "+accounts[Merchant].Name)
}

// CompleteCharge marks what was paid for as given.
func (p *Platform) CompleteCharge(id int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.end(&p.charges[id-1], api.ChargeCompleted, "The charge was completed")
}

// FreezeCharge holds a charge, as a subscription whose renewal failed.
func (p *Platform) FreezeCharge(id int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := &p.charges[id-1]
	c.FrozenAt, c.NextPaymentAt = &api.Time{Time: today}, &api.Time{Time: today.AddDate(0, 0, 1)}
	p.end(c, api.ChargeFrozen, "The renewal failed")
}

// ChargeStatus is where a charge stands.
func (p *Platform) ChargeStatus(id int64) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.charges[id-1].Status
}

// step notes what happened to a charge and what may be done next.
func (p *Platform) step(c *api.StoreCharge, kind, message string) {
	c.Timeline = append(c.Timeline, api.ChargeEntry{Kind: kind, Message: message, CreatedAt: api.Time{Time: today.Add(time.Duration(len(c.Timeline)) * time.Minute)}})
	switch {
	case c.Type == api.ChargeUsage && c.Status == api.ChargePending:
		c.Actions, c.ExpiresAt = []string{}, nil
	case c.Type == api.ChargeRecurring && c.Status == api.ChargeActive && c.CancelAtPeriodEnd:
		c.Actions, c.ExpiresAt = []string{api.ActionResume, api.ActionCancel}, nil
	case c.Type == api.ChargeRecurring && c.Status == api.ChargeActive:
		c.Actions, c.ExpiresAt = []string{api.ActionCancelAtPeriodEnd, api.ActionCancel}, nil
	case c.Type == api.ChargeRecurring && c.Status == api.ChargeFrozen:
		c.Actions, c.ExpiresAt = []string{api.ActionPay, api.ActionCancel}, nil
	case c.Status != api.ChargePending:
		c.Actions, c.ExpiresAt = []string{}, nil
	case c.ApprovedAt != nil:
		c.Actions = []string{api.ActionPay, api.ActionDecline, api.ActionCancel}
	default:
		c.Actions = []string{api.ActionApprove, api.ActionDecline, api.ActionCancel}
	}
	p.live.tell(c.StoreID, "charge."+kind)
}

func (p *Platform) approve(c *api.StoreCharge, by string) {
	c.ApprovedAt = &api.Time{Time: today.Add(time.Minute)}
	p.step(c, "approved", "Approved by "+by)
}

// end moves a charge to a status, with the time that belongs to it.
func (p *Platform) end(c *api.StoreCharge, status, message string) {
	at, kind := &api.Time{Time: today.Add(time.Hour)}, status
	c.Status = status
	switch status {
	case api.ChargeActive:
		c.ActivatedAt, kind = at, "activated"
	case api.ChargeCompleted:
		c.CompletedAt = at
	case api.ChargeDeclined:
		c.DeclinedAt = at
	case api.ChargeCancelled:
		c.CancelledAt = at
	case api.ChargeExpired:
		c.ExpiredAt = at
	}
	p.step(c, kind, message)
}

// cancelCharges is what an uninstallation does to the charges that wait.
func (p *Platform) cancelCharges(appID, storeID int64) {
	reason := api.ReasonAppUninstalled
	for n := range p.charges {
		c := &p.charges[n]
		going := c.Status == api.ChargePending || c.Type == api.ChargeRecurring && (c.Status == api.ChargeActive || c.Status == api.ChargeFrozen)
		if c.AppID == appID && c.StoreID == storeID && going {
			c.CancelReason = &reason
			p.end(c, api.ChargeCancelled, "The app was uninstalled")
		}
	}
}

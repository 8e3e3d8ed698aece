package site_test

import "github.com/selorax/sandbox/platform/api"

// billingShots are the subscriptions, wallets and earnings of subscribeAll.
var billingShots = []shot{
	{"subscription-offer", "/22/settings/apps/billing/8", ""}, {"subscription-trial-offer", "/22/settings/apps/billing/9", ""},
	{"subscription", "/22/settings/apps/billing/7", ""}, {"subscription-ending", "/22/settings/apps/billing/10", ""}, {"subscription-frozen", "/22/settings/apps/billing/11", ""},
	{"subscription-end", "/22/settings/apps/billing/7", `document.querySelector('[data-testid=charge-end-later]').click()`},
	{"topup-offer", "/22/settings/apps/billing/13", ""}, {"usage", "/22/settings/apps/billing/14", ""},
	{"gateway-trial", "/22/settings/apps/billing/15/pay", ""},
	{"billing", "/22/settings/billing", ""}, {"billing-narrowed", "/22/settings/billing?type=recurring&status=frozen&app=1", ""}, {"billing-none", "/24/settings/billing", ""},
	{"wallet", "/22/settings/billing/wallets/1", ""},
	{"app-costs", "/22/settings/apps/restock", `document.querySelector('[data-live=paid]').scrollIntoView()`},
	{"uninstall-costs", "/22/settings/apps/restock", `document.querySelector('[data-testid=uninstall-button]').click()`},
	{"earnings", "/22/developer/earnings", ""}, {"earnings-app", "/22/developer/earnings/1", ""}, {"earnings-year", "/22/developer/earnings/1?span=12m", ""},
	{"earnings-none", "/22/developer/earnings/2?span=90d", ""},
}

// subscribeAll makes subscriptions, top-ups and usage of store 22 in every state
// that is drawn. The first of them is charge 7.
func (d *dashboard) subscribeAll() {
	for _, offer := range []struct {
		name  string
		trial int64
		limit api.Money
	}{{"Plus", 0, 0}, {"Max", 0, 2_000_00}, {"Max with a trial", 14, 0}, {"Reports", 0, 0}, {"Reminders", 0, 0}} {
		d.Offer("restock", 22, offer.name, 500_00, offer.trial, offer.limit)
	}
	for _, id := range []int64{7, 10, 11} {
		d.ApproveCharge(id)
		d.PayCharge(id)
	}
	d.EndCharge(10)
	d.FreezeCharge(11)
	d.PayCharge(d.Topup("restock", 22, 500_00))
	d.Spend("restock", 22, 2_50, "SMS sent to +8801712345678")
	d.Spend("restock", 22, 35_00, "14 messages about Premium Rose Bouquet")
	d.Topup("restock", 22, 1_000_00)
	d.Meter("restock", 22, 31)
	d.ApproveCharge(d.Offer("restock", 22, "Plus, yearly", 4_800_00, 30, 0))
	d.Earn()
}

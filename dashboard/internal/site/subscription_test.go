package site_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

// withOffer is a dashboard with an app that offers store 22 a subscription.
func withOffer(t *testing.T, trialDays int64, limit api.Money) *dashboard {
	t.Helper()
	d := start(t).as(platformtest.Merchant)
	d.Install("restock", 22)
	d.Offer("restock", 22, "Plus", 500_00, trialDays, limit)
	return d
}

func TestSubscriptionOffer(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		trial  int64
		limit  api.Money
		button string
		terms  []string
	}{
		"paid at once": {0, 0, "Approve ৳ 500.00 a month", []string{"৳ 500.00 is collected today, and then every month until the subscription is ended."}},
		"with a trial": {14, 0, "Start 14 days free", []string{"Nothing is collected today. 14 days are free, then ৳ 500.00 a month until the subscription is ended."}},
		"with usage": {0, 2_000_00, "Approve ৳ 500.00 a month", []string{
			"৳ 500.00 is collected today, and then every month until the subscription is ended.", "Usage of Restock may cost up to ৳ 2,000.00 in a calendar month on top.",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := withOffer(t, test.trial, test.limit).see(chargePlace)
			if diff := cmp.Diff(test.terms, a.Texts(hook("charge-terms")+" li")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if text := a.One(hook("charge-approve")).Text(); text != test.button {
				t.Errorf("the button says %q", text)
			}
			if text := a.One(".price").Text(); text != "৳ 500.00 a month" {
				t.Errorf("the price is %q", text)
			}
		})
	}
}

// What was agreed to before, and is replaced, is said.
func TestSubscriptionReplaces(t *testing.T) {
	t.Parallel()
	d := withOffer(t, 0, 0)
	d.ApproveCharge(1)
	d.PayCharge(1)
	d.Offer("restock", 22, "Max", 900_00, 0, 0)
	said := func() string { return d.see("/22/settings/apps/billing/2").One(hook("charge-terms")).Text() }
	if text := said(); !strings.Contains(text, "It takes the place of “Plus” for ৳ 500.00 a month, which you agreed to before.") {
		t.Errorf("it says %q", text)
	}
	d.FreezeCharge(1)
	if text := said(); !strings.Contains(text, "It takes the place of “Plus”") {
		t.Errorf("of a frozen one it says %q", text)
	}
}

func TestTrialIsConfirmedAtTheGateway(t *testing.T) {
	t.Parallel()
	d := withOffer(t, 14, 0)
	d.post(chargePlace+"/approve", nil)
	gateway := d.see(chargePlace + "/pay")
	if gateway.Count(hook("gateway-trial")) != 1 || gateway.One(hook("gateway-pay")).Text() != "Confirm the payment method" || gateway.One(hook("gateway-saved")).Text() != "Use the saved method (always works)" {
		t.Errorf("the gateway says %s", gateway.Text())
	}
	if a := d.pay(api.PaymentSaved); a.StatusCode != http.StatusSeeOther || !strings.Contains(a.where(), "payment=success") {
		t.Fatalf("%s to %s", a.Status, a.where())
	}
	if text := d.flash(restockHome); text != "The trial has begun. Nothing was collected." {
		t.Errorf("the flash says %q", text)
	}
	after := d.see(chargePlace)
	if text := after.One(hook("charge-outcome")).Text(); !strings.Contains(text, "The trial goes on") || after.One(hook("charge-status")).Text() != "Trial" {
		t.Errorf("the outcome is %q", text)
	}
}

func TestSubscriptionEndsAndGoesOn(t *testing.T) {
	t.Parallel()
	d := withOffer(t, 0, 0)
	d.ApproveCharge(1)
	d.PayCharge(1)
	a := d.see(chargePlace)
	if a.Count(hook("charge-end-now"))+a.Count(hook("charge-end-later")) != 2 || len(a.All(hook("payment-row"))) != 1 || a.One(hook("charge-status")).Text() != "Active" {
		t.Errorf("an active subscription: %s", a.Text())
	}
	if a := d.post(chargePlace+"/cancel", url.Values{"when": {"period_end"}}); a.where() != chargePlace {
		t.Fatalf("%s to %s", a.Status, a.where())
	}
	if text := d.flash(chargePlace); text != "The subscription ends with its period. Nothing more is collected." {
		t.Errorf("the flash says %q", text)
	}
	ending := d.see(chargePlace)
	if ending.Count(hook("charge-end-later")) != 0 || ending.One(hook("charge-status")).Text() != "Ends soon" {
		t.Errorf("an ending subscription: %s", ending.Text())
	}
	d.post(chargePlace+"/resume", nil)
	if text := d.flash(chargePlace); text != "The subscription goes on." {
		t.Errorf("the flash says %q", text)
	}
	d.post(chargePlace+"/resume", nil)
	if flash := d.see(chargePlace).One(hook("flash")); !strings.Contains(flash.Attr("class"), "tone-danger") {
		t.Errorf("a second time it says %q", flash.Text())
	}
	d.post(chargePlace+"/cancel", url.Values{"when": {"now"}})
	if a := d.see(chargePlace); d.ChargeStatus(1) != api.ChargeCancelled || a.Count("dialog") != 0 || !strings.Contains(a.One(hook("charge-outcome")).Text(), "Nothing more is collected. The store cancelled the charge.") {
		t.Errorf("after the end: %s", a.Text())
	}
}

func TestFrozenSubscriptionIsPaid(t *testing.T) {
	t.Parallel()
	d := withOffer(t, 0, 0)
	d.ApproveCharge(1)
	d.PayCharge(1)
	d.FreezeCharge(1)
	a := d.see(chargePlace)
	if a.One(hook("charge-continue")).Text() != "Pay ৳ 500.00 now" || !strings.Contains(a.One(hook("charge-outcome")).Text(), "tried again on 1 Feb 2026") {
		t.Errorf("a frozen subscription: %s", a.Text())
	}
	d.pay(api.PaymentFail)
	if text := d.flash(restockHome); !strings.Contains(text, "The payment failed") {
		t.Errorf("the flash says %q", text)
	}
	d.pay(api.PaymentPay)
	if status := d.ChargeStatus(1); status != api.ChargeActive {
		t.Errorf("the charge is %s", status)
	}
}

func TestUsageOfAMonth(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Install("restock", 22)
	d.Meter("restock", 22, 31)
	a := d.see(chargePlace)
	if len(a.All(hook("use-row"))) != 25 || a.Count(hook("page-next")) != 1 || a.Count("main form")+a.Count(hook("charge-back")) != 0 || a.Count(hook("charge-split")) != 3 {
		t.Errorf("the page has %d uses: %s", len(a.All(hook("use-row"))), a.Text())
	}
	if more := d.see(chargePlace + "?page=2"); len(more.All(hook("use-row"))) != 6 {
		t.Errorf("the second page has %d", len(more.All(hook("use-row"))))
	}
}

func TestBillingSettings(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Install("restock", 22)
	if a := d.see("/22/settings/billing"); a.Count(hook("charges-empty"))+a.Count(hook("wallets-empty")) != 2 || a.One(hook("method-now")).Text() != "Now it always works." {
		t.Errorf("without anything: %s", a.Text())
	}
	d.askPayments()
	a := d.see("/22/settings/billing")
	if len(a.All(hook("subscription-row"))) != 3 || len(a.All(hook("charge-row"))) != 15 || len(a.All(hook("wallet-row"))) != 1 {
		t.Errorf("%d subscriptions, %d charges, %d wallets", len(a.All(hook("subscription-row"))), len(a.All(hook("charge-row"))), len(a.All(hook("wallet-row"))))
	}
	for query, want := range map[string]int{
		"?type=recurring": 6, "?type=usage": 1, "?status=frozen": 1, "?type=recurring&status=pending": 3, "?app=2": 0, "?app=1&type=wallet_topup": 2,
		"?type=lost&status=lost&app=x": 15, "?app=99999999999999999999": 15,
	} {
		if got := len(d.see("/22/settings/billing" + query).All(hook("charge-row"))); got != want {
			t.Errorf("%s shows %d charges, want %d", query, got, want)
		}
	}
}

func TestSavedMethod(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	save := func(behavior, failures string) answer {
		return d.post("/22/settings/billing/method", url.Values{"behavior": {behavior}, "failures": {failures}})
	}
	if a := save(api.MethodFailsTimes, "3"); a.where() != "/22/settings/billing" {
		t.Fatalf("%s to %s", a.Status, a.where())
	}
	if text := d.flash("/22/settings/billing"); text != "Saved. The payment method fails 3 more times, then works." {
		t.Errorf("the flash says %q", text)
	}
	for _, failures := range []string{"", "0", "101", "many", "-1"} {
		a := save(api.MethodFailsTimes, failures)
		if a.StatusCode != http.StatusUnprocessableEntity || a.Count(hook("method-error")) != 1 {
			t.Errorf("%q: %s", failures, a.Status)
		}
	}
	if a := save("sometimes", "1"); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("an unknown behaviour: %s", a.Status)
	}
	if a := d.see("/22/settings/billing"); a.One(hook("method-now")).Text() != "Now it fails 3 more times, then works." {
		t.Errorf("after what was refused: %s", a.One(hook("method-now")).Text())
	}
}

func TestWallet(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Install("restock", 22)
	d.PayCharge(d.Topup("restock", 22, 500_00))
	d.Spend("restock", 22, 150_00, "60 messages")
	a := d.see("/22/settings/billing/wallets/1")
	if a.One(hook("wallet-balance")).Text() != "৳ 350.00" || a.Count(hook("transaction-row", "type", "deduction")) != 1 || !strings.Contains(a.One(hook("transaction-row", "type", "deduction")).Text(), "−৳ 150.00") {
		t.Errorf("%s", a.Text())
	}
	topup := d.Topup("restock", 22, 100_00)
	if text := d.see("/22/settings/apps/billing/2").One(hook("charge-terms")).Text(); topup != 2 || !strings.Contains(text, "gets ৳ 100.00.") || !strings.Contains(text, "The wallet holds ৳ 350.00 now.") {
		t.Errorf("it says %q", text)
	}
	settings := d.see("/22/settings/apps/restock")
	if !strings.Contains(settings.One(hook("app-wallet")).Text(), "৳ 350.00") || settings.Count(hook("uninstall-wallet")) != 1 {
		t.Errorf("the app's settings: %s", settings.Text())
	}
	for _, path := range []string{"/23/settings/billing/wallets/1", "/22/settings/billing/wallets/9"} {
		if a := d.get(path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", path, a.Status)
		}
	}
}

func TestEarnings(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	if a := d.see("/22/developer/earnings"); len(a.All(hook("earning-row"))) != 2 || a.Count(hook("revenue-empty")) != 1 || a.Count(hook("nav-earnings")) != 1 {
		t.Errorf("without sales: %s", a.Text())
	}
	d.Earn()
	a := d.see("/22/developer/earnings/1?span=12m")
	if a.Count(".chart svg") != 1 || a.Count(".usage-line") < 1 || len(a.All(hook("statement-row"))) != 25 || !strings.Contains(a.Text(), "Revenue, last 12 months") {
		t.Errorf("%s", a.Text())
	}
	if rows := len(a.All("figcaption tbody tr")); rows != 12 {
		t.Errorf("a year has %d months", rows)
	}
	if more := d.see("/22/developer/earnings/1?page=2&span=12m"); len(more.All(hook("statement-row"))) != 15 || !strings.Contains(more.One(hook("page-previous")).Attr("href"), "span=12m") {
		t.Errorf("the second page: %s", more.Text())
	}
	csv := d.get("/22/developer/earnings/1/statement.csv")
	if csv.StatusCode != http.StatusOK || csv.Header.Get("Content-Disposition") != `attachment; filename="restock-statement.csv"` {
		t.Errorf("%s %v", csv.Status, csv.Header)
	}
	if a := d.get("/22/developer/earnings/9"); a.StatusCode != http.StatusNotFound {
		t.Errorf("an app of nobody's: %s", a.Status)
	}
	merchant := start(t).as(platformtest.Merchant)
	for _, path := range []string{"/22/developer/earnings", "/22/developer/earnings/1", "/22/developer/earnings/1/statement.csv"} {
		if a := merchant.get(path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s for a merchant: %s", path, a.Status)
		}
	}
	if merchant.see("/22").Count(hook("nav-earnings")) != 0 {
		t.Error("a merchant sees the developer's pages")
	}
}

// subscriptionIsLivedWith begins a trial, ends it with its period and takes that
// back.
func subscriptionIsLivedWith(t *testing.T, b browsertest.Browser) {
	d := start(t)
	d.serveApp(demoApp)
	d.Install("restock", 22)
	d.Offer("restock", 22, "Plus", 500_00, 14, 0)
	p := d.open(t, b, desktop, chargePlace)
	p.Click(hook("charge-approve"))
	at(p, chargePlace+"/pay")
	p.Click(hook("gateway-saved"))
	at(p, restockHome+"?charge_id=1&payment=success")
	p.Goto(d.URL + chargePlace)
	p.Click(hook("charge-end-later"))
	p.Click(hook("end-later-confirm"))
	p.See(hook("charge-resume"))
	p.Click(hook("charge-resume"))
	p.See(hook("charge-end-later"))
	if status := d.ChargeStatus(1); status != api.ChargeActive {
		t.Errorf("the charge is %s", status)
	}
}

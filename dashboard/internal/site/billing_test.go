package site_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/platformtest"
	"github.com/selorax/sandbox/dashboard/internal/session"
)

const (
	restockHome = "/22/apps/e/restock"          // where the demo's charges lead back to
	chargePlace = "/22/settings/apps/billing/1" // the page of the first charge
)

// withCharge is a dashboard with an app that asked store 22 for ৳ 150.00.
func withCharge(t *testing.T, feePayer string) *dashboard {
	t.Helper()
	d := start(t).as(platformtest.Merchant)
	d.Install("restock", 22)
	d.Charge("restock", 22, 150_00, feePayer, restockHome)
	return d
}

func (d *dashboard) pay(outcome string) answer {
	return d.post(chargePlace+"/pay", url.Values{"outcome": {outcome}})
}

func TestChargePage(t *testing.T) {
	t.Parallel()
	d := withCharge(t, api.FeePayerDeveloper)
	a := d.see(chargePlace)
	main := a.One("main").Text()
	for _, words := range []string{
		"Restock asks for a payment", "by SeloraX Labs", "SMS Pack 100", "100 messages to tell customers", "Test money. No real money moves",
		"The request expires on 2 Feb 2026, 15:30", "The store pays the price, and the fees come out of what SeloraX Labs gets.", "Restock asked for a payment",
	} {
		if !strings.Contains(main, words) {
			t.Errorf("the page says nothing of %q: %s", words, main)
		}
	}
	if price := a.One(".price").Text(); price != "৳ 150.00" {
		t.Errorf("the price is %q", price)
	}
	if text := a.One(hook("charge-approve")).Text(); text != "Approve ৳ 150.00" {
		t.Errorf("the button says %q", text)
	}
	if a.Count(hook("charge-decline")) != 1 || a.Count(hook("charge-continue"))+a.Count(hook("charge-cancel"))+a.Count(hook("charge-outcome")) != 0 {
		t.Error("the choices are not approve and decline")
	}
	if s := a.One(hook("charge-status", "status", "pending")).Text(); s != "Waits for approval" {
		t.Errorf("the status is %q", s)
	}
	if back := a.One("a.back"); back.Attr("href") != restockHome || back.Text() != "Back to Restock" {
		t.Errorf("the way back is %q to %s", back.Text(), back.Attr("href"))
	}
}

// The rows of the split add up to what the merchant pays, whoever pays the
// fees.
func TestChargeSplit(t *testing.T) {
	t.Parallel()
	for payer, want := range map[string]struct {
		sentence string
		rows     []string
	}{
		api.FeePayerDeveloper: {"The store pays the price, and the fees come out of what SeloraX Labs gets.", []string{
			"developer SeloraX Labs gets ৳ 131.25", "platform Platform commission 10 % ৳ 15.00", "gateway Payment processing fee 2.5 % ৳ 3.75", "total Total ৳ 150.00",
		}},
		api.FeePayerMerchant: {"The store pays the price and the fees, and SeloraX Labs gets the full price.", []string{
			"base Base price ৳ 150.00", "platform Platform commission 10 % ৳ 15.00", "gateway Payment processing fee 2.5 % ৳ 3.75", "total Total ৳ 168.75",
		}},
	} {
		t.Run(payer, func(t *testing.T) {
			t.Parallel()
			a := withCharge(t, payer).see(chargePlace)
			var rows []string
			for _, row := range a.All(hook("charge-split")) {
				rows = append(rows, row.Attr("data-part")+" "+row.Text())
			}
			if diff := cmp.Diff(want.rows, rows); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if got := a.One(hook("charge-payer", "fee-payer", payer)).Text(); got != want.sentence {
				t.Errorf("it says %q", got)
			}
		})
	}
}

func TestChargeIsApprovedAndPaid(t *testing.T) {
	t.Parallel()
	d := withCharge(t, api.FeePayerMerchant)
	if a := d.post(chargePlace+"/approve", nil); a.StatusCode != http.StatusSeeOther || a.where() != chargePlace+"/pay" {
		t.Fatalf("%s to %s", a.Status, a.where())
	}
	gateway := d.see(chargePlace + "/pay")
	for _, words := range []string{"Simulated payment gateway", "Test money", "Pay ৳ 168.75", "FloristBD", "charge 1"} {
		if !strings.Contains(gateway.Text(), words) {
			t.Errorf("the gateway says nothing of %q", words)
		}
	}
	if gateway.Count("nav") != 0 || gateway.Count(".topbar") != 0 {
		t.Error("the gateway looks like a page of the dashboard")
	}
	left := d.see(chargePlace)
	if left.One(hook("charge-continue")).Attr("href") != chargePlace+"/pay" || left.Count(hook("charge-approve")) != 0 || !strings.Contains(left.Text(), "You approved this charge on") {
		t.Error("an approved charge cannot be paid from its page")
	}
	if a := d.pay(api.PaymentPay); a.StatusCode != http.StatusSeeOther || a.where() != restockHome+"?charge_id=1&payment=success" {
		t.Fatalf("%s to %s", a.Status, a.where())
	}
	if text := d.flash(restockHome); text != "The payment is made, with test money." {
		t.Errorf("the flash says %q", text)
	}
	after := d.see(chargePlace)
	if text := after.One(hook("charge-outcome")).Text(); !strings.Contains(text, "Paid on 31 Jan 2026, 16:30") {
		t.Errorf("the outcome is %q", text)
	}
	if after.Count("main form") != 0 || after.One(hook("charge-status", "status", "active")).Text() != "Paid" || after.One(hook("charge-back")).Attr("href") != restockHome {
		t.Error("a paid charge can be decided on, or has no way back")
	}
	if got := after.Texts(".timeline p:first-child"); !cmp.Equal(got, []string{"Paid with test money", "Approved by Farzana Rahman", "Restock asked for a payment"}) {
		t.Errorf("the timeline is %q", got)
	}
}

// A payment that fails or is left keeps the charge as it was, to be paid later.
func TestChargeIsNotPaid(t *testing.T) {
	t.Parallel()
	d := withCharge(t, api.FeePayerDeveloper)
	d.post(chargePlace+"/approve", nil)
	for _, test := range []struct{ outcome, payment, tone, says string }{
		{api.PaymentFail, "failed", "tone-danger", "The payment failed."}, {api.PaymentCancel, "cancelled", "tone-info", "You left the payment."},
	} {
		if a := d.pay(test.outcome); a.where() != restockHome+"?charge_id=1&payment="+test.payment {
			t.Errorf("%s: %s to %s", test.outcome, a.Status, a.where())
		}
		if flash := d.see(restockHome).One(hook("flash")); !strings.Contains(flash.Text(), test.says) || !strings.Contains(flash.Attr("class"), test.tone) {
			t.Errorf("%s: the flash says %q", test.outcome, flash.Text())
		}
		if a := d.see(chargePlace); a.Count(hook("charge-continue")) != 1 || a.One(hook("charge-status")).Text() != "Waits for payment" {
			t.Errorf("%s: the charge cannot be paid any more", test.outcome)
		}
	}
}

func TestChargeOutcomes(t *testing.T) {
	t.Parallel()
	for status, test := range map[string]struct {
		happens func(*dashboard)
		says    string
	}{
		"declined":  {func(d *dashboard) { d.post(chargePlace+"/decline", nil) }, "Nothing was paid. Restock was told, and may ask again."},
		"cancelled": {func(d *dashboard) { d.post(chargePlace+"/cancel", nil) }, "The store cancelled the charge."},
		"expired":   {func(d *dashboard) { d.ExpireCharge(1) }, "The request was not paid in time."},
		"completed": {func(d *dashboard) { d.CompleteCharge(1) }, "What was paid for was given by Restock."},
		"frozen":    {func(d *dashboard) { d.FreezeCharge(1) }, "The payment could not be collected. It is tried again on 1 Feb 2026"},
	} {
		t.Run(status, func(t *testing.T) {
			t.Parallel()
			d := withCharge(t, api.FeePayerDeveloper)
			test.happens(d)
			a := d.see(chargePlace)
			if text := a.One(hook("charge-outcome")).Text(); !strings.Contains(text, test.says) {
				t.Errorf("the outcome is %q", text)
			}
			if a.Count(hook("charge-status", "status", status)+" svg") != 1 || a.Count("main form")+a.Count(hook("charge-continue")) != 0 || a.One(hook("charge-back")).Attr("href") != restockHome {
				t.Error("the badge has no shape, a decision is offered, or there is no way back")
			}
			if a := d.get(chargePlace + "/pay"); a.StatusCode != http.StatusSeeOther || a.where() != chargePlace {
				t.Errorf("the gateway: %s to %s", a.Status, a.where())
			}
		})
	}
}

// A form that was open for too long says on the charge's page what became of
// the charge, and changes nothing.
func TestStaleCharges(t *testing.T) {
	t.Parallel()
	d := withCharge(t, api.FeePayerDeveloper)
	if a := d.pay(api.PaymentPay); a.where() != chargePlace {
		t.Errorf("paid before the approval: %s to %s", a.Status, a.where())
	}
	if text := d.flash(chargePlace); text != "Charge 1 is pending: it cannot be answered with pay." {
		t.Errorf("paid before the approval: %q", text)
	}
	d.post(chargePlace+"/decline", nil)
	for _, step := range []func() answer{
		func() answer { return d.post(chargePlace+"/approve", nil) }, func() answer { return d.post(chargePlace+"/decline", nil) },
		func() answer { return d.post(chargePlace+"/cancel", nil) }, func() answer { return d.pay(api.PaymentPay) },
	} {
		if a := step(); a.StatusCode != http.StatusSeeOther || a.where() != chargePlace {
			t.Errorf("%s to %s", a.Status, a.where())
		}
		if flash := d.see(chargePlace).One(hook("flash")); !strings.Contains(flash.Text(), "Charge 1 is declined") || !strings.Contains(flash.Attr("class"), "tone-danger") {
			t.Errorf("the flash says %q", flash.Text())
		}
	}
	if status := d.ChargeStatus(1); status != api.ChargeDeclined {
		t.Errorf("the charge is %s", status)
	}
}

func TestOddPayments(t *testing.T) {
	t.Parallel()
	d := withCharge(t, api.FeePayerDeveloper)
	d.post(chargePlace+"/approve", nil)
	for _, form := range []url.Values{nil, {"outcome": {""}}, {"outcome": {"PAY"}}, {"outcome": {"refund"}}} {
		if a := d.post(chargePlace+"/pay", form); a.StatusCode != http.StatusBadRequest || a.Count(hook("problem")) != 1 {
			t.Errorf("%v: %s", form, a.Status)
		}
	}
	if n := len(d.Requests("/api/apps/billing/charges/1/pay")); n != 0 {
		t.Errorf("the platform was asked %d times", n)
	}
	for _, path := range []string{"", "/x", "/1x", "/99999999999999999999", "/1/refund", "/1/approve"} {
		if a := d.get("/22/settings/apps/billing" + path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", path, a.Status)
		}
	}
}

// Another store's charge is nothing, even to who may open that store as well:
// a step is taken only from the store whose money it is.
func TestChargesOfOtherStores(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Install("restock", 22)
	second, foreign := d.Charge("restock", 23, 150_00, api.FeePayerDeveloper, "/23/apps/e/restock"), d.Charge("restock", 24, 150_00, api.FeePayerDeveloper, "/24/apps/e/restock")
	for _, id := range []int64{second, foreign, 99} {
		place := fmt.Sprintf("/22/settings/apps/billing/%d", id)
		for name, a := range map[string]answer{
			"page": d.get(place), "gateway": d.get(place + "/pay"), "approve": d.post(place+"/approve", nil), "decline": d.post(place+"/decline", nil),
			"cancel": d.post(place+"/cancel", nil), "pay": d.post(place+"/pay", url.Values{"outcome": {"pay"}}),
		} {
			if a.StatusCode != http.StatusNotFound || a.Count(hook("problem", "status", "404")) != 1 {
				t.Errorf("%s of charge %d: %s", name, id, a.Status)
			}
		}
	}
	if d.ChargeStatus(second) != api.ChargePending || d.ChargeStatus(foreign) != api.ChargePending {
		t.Error("a charge of another store was changed")
	}
	d.see(fmt.Sprintf("/23/settings/apps/billing/%d", second))
}

// A payment leads to a page of its own store or to the app on the web; what
// leads elsewhere ends on the charge's page.
func TestWhereAPaymentLeads(t *testing.T) {
	t.Parallel()
	for to, want := range map[string]string{
		"/22/apps/e/restock/plans?tab=a": "/22/apps/e/restock/plans?tab=a&charge_id=1&payment=success",
		"https://app.example.com/paid":   "https://app.example.com/paid?charge_id=1&payment=success",
		"http://restock.localhost:1/app": "http://restock.localhost:1/app?charge_id=1&payment=success",
		"/23/apps/e/restock":             chargePlace, "//evil.example": chargePlace, "/22/../23": chargePlace, `/22/\evil.example`: chargePlace, "javascript:alert(1)": chargePlace, "/221": chargePlace, "": chargePlace,
	} {
		d := start(t).as(platformtest.Merchant)
		d.Charge("restock", 22, 150_00, api.FeePayerDeveloper, to)
		d.post(chargePlace+"/approve", nil)
		if a := d.pay(api.PaymentPay); a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != want {
			t.Errorf("%q: %s to %s, want %s", to, a.Status, a.Header.Get("Location"), want)
		}
	}
}

func TestChargesNeedASession(t *testing.T) {
	t.Parallel()
	d := withCharge(t, api.FeePayerDeveloper)
	d.client = newClient(t)
	for _, path := range []string{chargePlace, chargePlace + "/pay"} {
		if a := d.get(path); a.StatusCode != http.StatusSeeOther || a.where() != session.LoginPath(path) {
			t.Errorf("%s: %s to %s", path, a.Status, a.where())
		}
	}
	for _, path := range []string{"/approve", "/decline", "/cancel", "/pay"} {
		if a := d.post(chargePlace+path, url.Values{"outcome": {"pay"}}); a.StatusCode != http.StatusSeeOther || !strings.HasPrefix(a.where(), "/login") {
			t.Errorf("%s: %s to %s", path, a.Status, a.where())
		}
	}
	if status := d.ChargeStatus(1); status != api.ChargePending {
		t.Errorf("the charge is %s", status)
	}
}

func TestChargesInAppSettings(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Install("restock", 22)
	empty := d.see("/22/settings/apps/restock")
	if text := empty.One(`[data-live="charges"]`).Text(); !strings.Contains(text, "When Restock asks for a payment") || empty.Count(hook("uninstall-charges")) != 0 {
		t.Errorf("without charges it says %q", text)
	}
	for range 12 {
		d.Charge("restock", 22, 150_00, api.FeePayerDeveloper, restockHome)
	}
	d.Charge("my-app", 22, 90_00, api.FeePayerDeveloper, restockHome)
	d.Charge("restock", 23, 90_00, api.FeePayerDeveloper, restockHome)
	d.ExpireCharge(12)
	a := d.see("/22/settings/apps/restock")
	rows := a.All(hook("charge-row"))
	if len(rows) != 10 || rows[0].Attr("data-charge-id") != "12" || rows[0].Attr("data-status") != "expired" || rows[0].Attr("href") != "/22/settings/apps/billing/12" {
		t.Fatalf("%d charges, the first is %s", len(rows), rows[0].Attr("data-charge-id"))
	}
	if text := rows[1].Text(); text != "SMS Pack 100 31 Jan 2026, 15:30 Waits for approval ৳ 150.00" || rows[1].Count(hook("charge-status")+" svg") != 1 {
		t.Errorf("a charge says %q", text)
	}
	if text := a.One("#uninstall " + hook("uninstall-charges")).Text(); text != "11 charges that wait for approval or payment are cancelled." {
		t.Errorf("the question says %q", text)
	}
	d.post("/22/settings/apps/restock/uninstall", nil)
	gone := d.see(chargePlace)
	if text := gone.One(hook("charge-outcome")).Text(); !strings.Contains(text, "when Restock was uninstalled") {
		t.Errorf("the outcome is %q", text)
	}
	if back := gone.One(hook("charge-back")); back.Attr("href") != "/22/settings/apps" {
		t.Errorf("the way back from an app that is gone is %s", back.Attr("href"))
	}
}

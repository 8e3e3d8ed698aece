package site_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
)

// chargeIsPaid decides by keys on a charge whose first payment fails.
func chargeIsPaid(t *testing.T, b browsertest.Browser) {
	d := start(t)
	d.serveApp(demoApp)
	d.Install("restock", 22)
	d.Charge("restock", 22, 150_00, api.FeePayerDeveloper, restockHome)
	p := d.open(t, b, desktop, chargePlace)
	p.See(hook("charge-approve"))
	browsertest.Eval[any](p, `document.querySelector('[data-testid=charge-decline]').focus()`)
	p.Press(kb.Tab)
	if got := browsertest.Eval[string](p, `document.activeElement.dataset.testid`); got != "charge-approve" {
		t.Errorf("after Decline the focus is on %q", got)
	}
	p.Press(kb.Enter)
	at(p, chargePlace+"/pay")
	p.Click(hook("gateway-fail"))
	at(p, restockHome+"?charge_id=1&payment=failed")
	if text := p.Text(hook("flash")); !strings.Contains(text, "The payment failed") {
		t.Errorf("the flash says %q", text)
	}
	p.Goto(d.URL + chargePlace)
	p.Click(hook("charge-continue"))
	at(p, chargePlace+"/pay")
	p.Click(hook("gateway-pay"))
	at(p, restockHome+"?charge_id=1&payment=success")
	p.Until(`document.querySelector('[data-testid=frame-state]').dataset.state === 'ready'`)
	if status := d.ChargeStatus(1); status != api.ChargeActive {
		t.Errorf("the charge is %s", status)
	}
	p.Back()
	at(p, chargePlace)
	p.See(hook("charge-outcome"))
}

// paymentLeadsOut pays a charge whose app wants the merchant back on its own
// site: the policy of the page must let the form's redirect through.
func paymentLeadsOut(t *testing.T, b browsertest.Browser) {
	d := start(t)
	d.serveApp(demoApp)
	d.Install("restock", 22)
	d.Charge("restock", 22, 150_00, api.FeePayerMerchant, d.app(t, "restock").AppOrigin+"/paid")
	d.ApproveCharge(1)
	p := d.open(t, b, phone, chargePlace+"/pay")
	p.Click(hook("gateway-pay"))
	p.Until(`location.host.startsWith('restock.localhost') && location.pathname + location.search === '/paid?charge_id=1&payment=success'`)
}

// chargeFollows lets a charge expire while its page is open.
func chargeFollows(t *testing.T, b browsertest.Browser) {
	d := start(t)
	d.Install("restock", 22)
	d.Charge("restock", 22, 150_00, api.FeePayerDeveloper, restockHome)
	p := d.open(t, b, desktop, chargePlace)
	p.See(hook("charge-approve"))
	p.Until(`document.body.dataset.liveFeed === 'open'`)
	d.ExpireCharge(1)
	p.See(hook("charge-outcome"))
	p.See(hook("charge-status", "status", "expired"))
	if browsertest.Eval[bool](p, `!!document.querySelector('[data-testid=charge-approve]')`) {
		t.Error("an expired charge can be approved")
	}
}

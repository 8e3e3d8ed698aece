package e2e_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/e2e/internal/client"
	"github.com/selorax/sandbox/e2e/internal/journey"
)

const developer = "developer@selorax.example"

// advance moves business time forward, with everything that falls due.
func (s story) advance(by string) {
	wait := 60
	s.control("/clock/advance", api.ClockAdvance{By: by, WaitS: &wait})
}

// control has the sandbox do something by itself.
func (s story) control(path string, in any) {
	control := client.New(strings.TrimSuffix(s.Sandbox.ControlURL, "/"))
	as := func(h http.Header) { h.Set(api.HeaderControlKey, s.Sandbox.ControlKey) }
	_, err := client.Post[api.Envelope[any]](s.Context(), control, as, path, in)
	s.Must(err)
}

// charge reads a charge as the merchant.
func (s story) charge(as client.Auth, id int64) api.StoreCharge {
	c, err := client.Get[api.Envelope[api.StoreCharge]](s.Context(), s.API, as, fmt.Sprintf("/apps/billing/charges/%d", id))
	s.Must(err)
	return c.Data
}

// A subscription from its offer through trial, renewal and a payment method that
// fails, to its end and to what its developer reads of it.
func TestSubscription(t *testing.T) {
	t.Parallel()
	s := begin(t)
	as := s.merchant(floristMerchant)
	var p *journey.Page
	var k keys
	var id int64
	s.Step("the app is installed and offers a subscription", func() {
		p = s.signIn(floristMerchant, florist)
		s.askForRestock(p, florist)
		p.Click(hook("consent-install"))
		s.restockFrame(p, florist)
		k = keys{app: s.Sandbox.App(restock), store: florist}
		amount, interval, trial := api.Money(500_00), api.IntervalMonthly, int64(14)
		c, err := client.Post[api.Envelope[api.Charge]](s.Context(), s.API, client.Credentials(k.app, florist), "/apps/v1/billing/subscriptions",
			api.NewCharge{Name: "Plus", Amount: &amount, BillingInterval: &interval, TrialDays: &trial})
		s.Must(err)
		id = c.Data.ChargeID
		p.Goto(s.Sandbox.DashboardURL + c.Data.ConfirmationURL)
	})
	s.Step("the merchant starts the trial, which collects nothing", func() {
		p.Click(hook("charge-approve"))
		p.See(hook("gateway-trial"))
		p.Click(hook("gateway-saved"))
		s.restockFrame(p, florist)
		if c := s.charge(as, id); c.Status != api.ChargeActive || c.PaidAmount != 0 {
			t.Errorf("%+v", c.Charge)
		}
	})
	s.Step("the trial ends, the first payments are collected", func() {
		s.advance("50d")
		as = s.merchant(floristMerchant)
		p.Goto(s.Sandbox.DashboardURL + path(florist, fmt.Sprintf("/settings/apps/billing/%d", id)))
		if rows := p.All(hook("payment-row"), "key"); len(rows) != 2 {
			t.Errorf("%d payments", len(rows))
		}
	})
	s.Step("the payment method fails, and the subscription freezes", func() {
		p.Goto(s.Sandbox.DashboardURL + path(florist, "/settings/billing"))
		p.Click(hook("method-fails"))
		p.Click(hook("method-save"))
		p.See(hook("flash"))
		s.advance("27d") // one to four days after the payment was due: five end it
		p.Goto(s.Sandbox.DashboardURL + path(florist, fmt.Sprintf("/settings/apps/billing/%d", id)))
		p.See(hook("charge-status", "status", api.ChargeFrozen))
	})
	s.Step("the merchant pays by hand and ends it with its period", func() {
		p.Click(hook("charge-continue"))
		p.Click(hook("gateway-pay"))
		s.restockFrame(p, florist)
		p.Goto(s.Sandbox.DashboardURL + path(florist, fmt.Sprintf("/settings/apps/billing/%d", id)))
		p.Click(hook("charge-end-later"))
		p.Click(hook("end-later-confirm"))
		p.See(hook("charge-resume"))
		s.advance("31d")
		as = s.merchant(floristMerchant)
		if c := s.charge(as, id); c.Status != api.ChargeCancelled || *c.CancelReason != api.ReasonMerchant || c.PaymentsMade != 3 {
			t.Errorf("%+v", c.Charge)
		}
	})
	s.Step("the developer reads what was earned", func() {
		d := s.signIn(developer, florist)
		d.Click(hook("nav-earnings"))
		d.Click(hook("earning-row", "app-id", fmt.Sprint(k.app.AppID)) + " a")
		if text := d.Text(hook("developer-balance")); text != "৳\u00a01,162.50" {
			t.Errorf("the balance is %q", text)
		}
	})
}

package e2e_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/e2e/internal/client"
	"github.com/selorax/sandbox/e2e/internal/journey"
)

// buyReport asks for the reorder report in the app's frame and approves the
// charge. It ends on the page of the simulated gateway.
func (s story) buyReport(p, app *journey.Page) {
	app.Click(hook("app-buy"))
	p.See(hook("charge-page"))
	p.See(hook("charge-status", "status", api.ChargePending))
	p.Click(hook("charge-approve"))
	p.See(hook("gateway-page"))
}

// charges lists what Restock asked a store to pay, newest first.
func (s story) charges(as client.Auth, store int64) []api.StoreCharge {
	list, err := client.Get[api.List[api.StoreCharge]](s.Context(), s.API, as,
		fmt.Sprintf("/apps/billing/charges?store_id=%d&app_id=%d", store, s.Sandbox.App(restock).AppID))
	s.Must(err)
	return list.Data
}

// failsToPay lets the payment fail and finds the charge as it was.
func (s story) failsToPay(t *testing.T, p *journey.Page, as client.Auth) *journey.Page {
	t.Helper()
	p.Click(hook("gateway-fail"))
	app := s.restockFrame(p, florist)
	app.See(hook("app-payment", "payment", api.ReturnFailed))
	if c := s.charges(as, florist)[0]; c.Status != api.ChargePending || c.ActivatedAt != nil {
		t.Errorf("after a failed payment the charge is %+v", c.Charge)
	}
	return app
}

// pays goes on with the charge that waits and pays it.
func (s story) pays(t *testing.T, p, app *journey.Page, as client.Auth) *journey.Page {
	t.Helper()
	app.Click(hook("app-buy"))
	p.Click(hook("charge-continue"))
	p.Click(hook("gateway-pay"))
	app = s.restockFrame(p, florist)
	app.See(hook("app-payment", "payment", api.ReturnSuccess))
	app.See(hook("app-purchase", "status", "paid"))
	app.See(hook("app-report"))
	list := s.charges(as, florist)
	if len(list) != 1 || list[0].Status != api.ChargeActive {
		t.Fatalf("%d charges, the newest %+v, want one that is paid", len(list), list[0].Charge)
	}
	c := list[0].Charge
	if c.Amount != 150_00 || c.PlatformAmount != 30_00 || c.GatewayFeeAmount != 3_75 || c.DeveloperAmount != 116_25 {
		t.Errorf("150.00 is split into %v, %v and %v", c.PlatformAmount, c.GatewayFeeAmount, c.DeveloperAmount)
	}
	return app
}

// owe creates a charge that nobody decides on.
func (s story) owe(k keys) int64 {
	amount := api.Money(500_00)
	c, err := client.Post[api.Envelope[api.Charge]](s.Context(), s.API, client.Credentials(k.app, k.store), "/apps/v1/billing/charges",
		api.NewCharge{Name: "A year of forecasts", Amount: &amount})
	s.Must(err)
	return c.Data.ChargeID
}

// cancelled checks that a charge was cancelled with the uninstall and that the
// app heard of it before it heard of its end.
func (s story) cancelled(t *testing.T, as client.Auth, chargeID int64) {
	t.Helper()
	c, err := client.Get[api.Envelope[api.StoreCharge]](s.Context(), s.API, as, fmt.Sprintf("/apps/billing/charges/%d", chargeID))
	s.Must(err)
	if c.Data.Status != api.ChargeCancelled || c.Data.CancelReason == nil || *c.Data.CancelReason != api.ReasonAppUninstalled {
		t.Errorf("the charge is %+v", c.Data.Charge)
	}
	told, end := s.delivered(as, florist, api.TopicChargeCancelled), s.delivered(as, florist, api.TopicAppUninstalled)
	if !bool(told.Farewell) || told.Attempts[0].StartedAt.After(end.Attempts[0].StartedAt.Time) {
		t.Errorf("charge.cancelled %+v\napp.uninstalled %+v", told, end)
	}
}

// keepsThePurchase checks that what was paid before an uninstall is there
// after the reinstall.
func (s story) keepsThePurchase(t *testing.T, app *journey.Page, as client.Auth) {
	t.Helper()
	app.See(hook("app-purchase", "status", "paid"))
	if !slices.ContainsFunc(s.charges(as, florist), func(c api.StoreCharge) bool { return c.Status == api.ChargeActive }) {
		t.Error("no charge is active after the reinstall")
	}
}

// asksForReorder presses an extension's button on the order's page and finds
// the mark in the app.
func (s story) asksForReorder(p *journey.Page, order api.Order) {
	p.Goto(s.Sandbox.DashboardURL + path(florist, fmt.Sprintf("/orders/%d", order.OrderID)))
	card := hook("ext-card", "extension-id", "order-stock")
	p.See(card)
	p.Click(card + " " + hook("ext-button"))
	p.See(hook("toast", "type", "success"))
	app := s.openRestock(p, florist)
	app.See(hook("app-reorder"))
}

// widget waits for Restock's widget on the home page: the app deploys its
// extensions when it starts.
func (s story) widget(p *journey.Page, as client.Auth) {
	s.Await(func() error {
		placed, err := client.Get[api.Envelope[[]api.PlacedExtension]](s.Context(), s.API, as,
			fmt.Sprintf("/apps/extensions?store_id=%d&target=%s", florist, api.TargetDashboardWidget))
		if err == nil && len(placed.Data) == 0 {
			err = errors.New("the store shows no extension")
		}
		return err
	})
	p.Goto(s.Sandbox.DashboardURL + path(florist, ""))
	p.See(hook("ext-card", "extension-id", "low-stock"))
	p.See(hook("ext-card", "extension-id", "low-stock") + " " + hook("ext-button"))
}

package e2e_test

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/e2e/internal/client"
	"github.com/selorax/sandbox/e2e/internal/journey"
	"github.com/selorax/sandbox/e2e/internal/postgres"
)

// The whole life of an app on a store: install, work, uninstall, reinstall.
func TestInstallToReinstall(t *testing.T) {
	t.Parallel()
	installToReinstall(t, begin(t))
}

// The same with the platform's data in PostgreSQL.
func TestInstallToReinstallOnPostgres(t *testing.T) {
	t.Parallel()
	installToReinstall(t, begin(t, "--database-url", postgres.Database(t)))
}

func installToReinstall(t *testing.T, s story) {
	as := s.merchant(floristMerchant)
	var (
		p, app        *journey.Page
		order         api.Order
		first         *api.InstalledApp
		before, after keys
		owed          int64
	)
	s.Step("the merchant signs in", func() { p = s.signIn(floristMerchant, florist) })
	s.Step("the merchant finds Restock in the marketplace and is asked for consent", func() {
		s.askForRestock(p, florist)
		want := []string{"read:orders", "read:products", "read:inventory", "read:store", "write:metafields", "billing", "manage:messaging"}
		if diff := cmp.Diff(want, p.All(hook("consent-scope"), "scope")); diff != "" {
			t.Errorf("scopes on the consent screen (-want +got):\n%s", diff)
		}
		if p.Has(hook("nav-app-" + restock)) {
			t.Error("the app is in the menu before it is installed")
		}
	})
	s.Step("the merchant installs Restock and its frame opens", func() {
		p.Click(hook("consent-install"))
		app = s.restockFrame(p, florist)
		p.See(hook("nav-app-" + restock))
		if first = s.installation(as, florist); first == nil {
			t.Error("the app is not among the store's installations")
		}
	})
	s.Step("the frame shows orders of this store only", func() { s.ownOrdersOnly(t, app, as, florist) })
	s.Step("the merchant confirms an order", func() { order = s.confirmOrder(t, p, as) })
	s.Step("the app shows the webhook that it received and verified", func() {
		sent := s.delivered(as, florist, api.TopicOrderStatusChanged)
		app = s.openRestock(p, florist)
		app.See(hook("app-event", "topic", api.TopicOrderStatusChanged, "event-id", sent.EventID))
		if n := len(sent.Attempts); n != 1 || *sent.Attempts[0].ResponseStatus/100 != 2 {
			t.Errorf("%d attempts, want one with a good answer: %+v", n, sent.Attempts)
		}
	})
	s.Step("Restock's widget is on the home page", func() { s.widget(p, as) })
	s.Step("the button of an extension asks the app", func() { s.asksForReorder(p, order) })
	s.Step("the merchant approves a charge and the payment fails", func() {
		app = s.openRestock(p, florist)
		s.buyReport(p, app)
		app = s.failsToPay(t, p, as)
	})
	s.Step("the merchant pays and the app delivers", func() { app = s.pays(t, p, app, as) })
	s.Step("charge.activated was delivered", func() { s.delivered(as, florist, api.TopicChargeActivated) })
	s.Step("every key of the app opens the store", func() {
		before = s.takeKeys(as, florist)
		s.open(t, before)
		owed = s.owe(before)
	})
	s.Step("the merchant uninstalls Restock", func() { s.uninstall(p) })
	s.Step("app.uninstalled was delivered", func() {
		if sent := s.delivered(as, florist, api.TopicAppUninstalled); !sent.Farewell {
			t.Error("it is not marked as a farewell")
		}
	})
	s.Step("the charge that waited was cancelled", func() { s.cancelled(t, as, owed) })
	s.Step("no key of the app opens the store any more", func() { s.shut(t, before) })
	s.Step("orders change and the app is not told", func() {
		s.setStatus(as, order, api.OrderProcessing)
		s.noSubscriptions(t, as)
	})
	s.Step("the merchant installs Restock again and gets the same installation", func() {
		s.askForRestock(p, florist)
		p.Click(hook("consent-install"))
		app = s.restockFrame(p, florist)
		again := s.installation(as, florist)
		if again == nil || again.InstallationID != first.InstallationID || again.ReinstalledAt == nil {
			t.Errorf("installation is %+v, want number %d with a time of reinstallation", again, first.InstallationID)
		}
	})
	s.Step("what was paid is still there", func() { s.keepsThePurchase(t, app, as) })
	s.Step("the new keys open the store, the old tokens stay dead", func() {
		after = s.takeKeys(as, florist)
		s.open(t, after)
		s.dead(t, before)
		if after.tokens.AccessToken == before.tokens.AccessToken || after.tokens.RefreshToken == before.tokens.RefreshToken {
			t.Error("the reinstalled app got the old tokens again")
		}
	})
	s.Step("only what happens from now on reaches the app", func() { s.toldOnce(t, p, as, order) })
}

// ownOrdersOnly compares the orders in the app's frame with those of the
// store.
func (s story) ownOrdersOnly(t *testing.T, app *journey.Page, as client.Auth, store int64) {
	t.Helper()
	shown := app.All(hook("app-order"), "order-id")
	if len(shown) == 0 {
		t.Fatal("the app shows no orders")
	}
	var own []string
	for _, o := range s.orders(as, store, "") {
		own = append(own, strconv.FormatInt(o.OrderID, 10))
	}
	for _, id := range shown {
		if !slices.Contains(own, id) {
			t.Errorf("the app on store %d shows order %s of another store", store, id)
		}
	}
	for _, st := range s.Sandbox.Stores {
		if name := app.Text(hook("app-store-name")); st.StoreID == store && name != st.Name {
			t.Errorf("the app calls the store %q, want %q", name, st.Name)
		}
	}
}

// confirmOrder moves a pending order on in the dashboard and returns it.
func (s story) confirmOrder(t *testing.T, p *journey.Page, as client.Auth) api.Order {
	t.Helper()
	order := s.orders(as, florist, api.OrderPending)[0]
	id := strconv.FormatInt(order.OrderID, 10)
	p.Click(hook("nav-orders"))
	p.At(path(florist, "/orders"))
	p.Goto(s.Sandbox.DashboardURL + path(florist, "/orders?status=pending"))
	p.Click(hook("order-row", "order-id", id) + " a")
	p.At(path(florist, "/orders/"+id))
	p.See(hook("order-status", "status", api.OrderPending))
	p.Click(hook("order-next-" + api.OrderConfirmed))
	p.See(hook("order-status", "status", api.OrderConfirmed))
	p.See(hook("flash"))
	return order
}

// uninstall removes the app on its settings page.
func (s story) uninstall(p *journey.Page) {
	p.Goto(s.Sandbox.DashboardURL + path(florist, "/settings/apps"))
	p.Goto(s.Sandbox.DashboardURL + path(florist, "/settings/apps/"+restock))
	p.See(hook("webhook-delivery", "topic", api.TopicOrderStatusChanged, "status", api.DeliveryDelivered))
	p.Click(hook("uninstall-button"))
	p.Click(hook("uninstall-confirm"))
	p.See(hook("flash"))
	p.Gone(hook("nav-app-" + restock))
}

// noSubscriptions checks that nothing is on its way to the app and nothing
// could be: no subscription, and no delivery but the farewell since the order
// was confirmed.
func (s story) noSubscriptions(t *testing.T, as client.Auth) {
	t.Helper()
	list, err := client.Get[api.Envelope[[]api.Subscription]](s.Context(), s.API, as,
		fmt.Sprintf("/apps/webhooks/subscriptions?store_id=%d", florist))
	s.Must(err)
	if len(list.Data) != 0 {
		t.Errorf("%d subscriptions are left after the uninstall", len(list.Data))
	}
	if newest := s.deliveries(as, florist, "")[0]; newest.EventTopic != api.TopicAppUninstalled {
		t.Errorf("after the farewell there is a delivery of %s", newest.EventTopic)
	}
}

// toldOnce changes the order once more. Events go out in order, so when this
// one has arrived, any that was owed for the time between would have too.
func (s story) toldOnce(t *testing.T, p *journey.Page, as client.Auth, order api.Order) {
	t.Helper()
	s.setStatus(as, order, api.OrderShipped)
	var sent []api.Delivery
	s.Await(func() error {
		sent = s.deliveries(as, florist, api.TopicOrderStatusChanged)
		if len(sent) < 2 || sent[0].Status != api.DeliveryDelivered {
			return errors.New("the change after the reinstall has not been delivered")
		}
		return nil
	})
	if len(sent) != 2 {
		t.Errorf("%d deliveries of status changes, want two: before the uninstall and after the reinstall", len(sent))
	}
	app := s.openRestock(p, florist)
	app.See(hook("app-event", "topic", api.TopicOrderStatusChanged, "event-id", sent[0].EventID))
	if n := len(app.All(hook("app-event", "topic", api.TopicOrderStatusChanged), "event-id")); n != 1 {
		t.Errorf("the app shows %d status changes, want the one since it was installed again", n)
	}
}

package e2e_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/e2e/internal/client"
	"github.com/selorax/sandbox/e2e/internal/journey"
)

// stockroom counts a variant of the florist's, through an app of its own.
type stockroom struct {
	story
	as        client.Auth
	productID int64
	sku       api.InventoryVariant
}

// stockroom takes a product of which all variants are in stock.
func (s story) stockroom() stockroom {
	app := s.Sandbox.App("my-app")
	s.control("/apps/my-app/install", api.SandboxInstall{StoreID: florist})
	room := stockroom{story: s, as: client.Credentials(app, florist)}
	list, err := client.Get[api.List[api.InventoryItem]](s.Context(), s.API, room.as, "/apps/v1/inventory?limit=250")
	s.Must(err)
	for _, item := range list.Data {
		detail, err := client.Get[api.Envelope[api.InventoryDetail]](s.Context(), s.API, room.as, fmt.Sprintf("/apps/v1/inventory/%d", item.ProductID))
		s.Must(err)
		soldOut := slices.ContainsFunc(detail.Data.Variants, func(v api.InventoryVariant) bool { return v.Quantity == 0 })
		if bool(item.IsActive) && !soldOut {
			room.productID, room.sku = item.ProductID, detail.Data.Variants[0]
			return room
		}
	}
	s.Must(errors.New("every product has a variant that is sold out"))
	return room
}

// count says how many pieces there are.
func (r stockroom) count(n int64) {
	_, err := client.Put[api.Envelope[api.InventoryDetail]](r.Context(), r.API, r.as, fmt.Sprintf("/apps/v1/inventory/%d", r.productID),
		map[string]int64{"sku_id": r.sku.SKUID, "quantity": n})
	r.Must(err)
}

// agrees agrees to a charge on its page and lets the gateway do what a button
// says, and returns the app's frame.
func (s story) agrees(p *journey.Page, gateway string) *journey.Page {
	p.Click(hook("charge-approve"))
	p.Click(hook(gateway))
	return s.restockFrame(p, florist)
}

// Somebody waits for what is sold out, until it is back: the plan, its trial,
// an empty wallet, the SMS, and what an uninstall leaves of it.
func TestAlerts(t *testing.T) {
	t.Parallel()
	s := begin(t)
	as := s.merchant(floristMerchant)
	const who = "+8801712345678"
	var p, app *journey.Page
	var room stockroom
	s.Step("the merchant installs Restock, and a product sells out", func() {
		p = s.signIn(floristMerchant, florist)
		s.askForRestock(p, florist)
		p.Click(hook("consent-install"))
		s.restockFrame(p, florist)
		s.widget(p, as)
		room = s.stockroom()
		room.count(0)
	})
	s.Step("on the product's page the merchant writes down who waits for it", func() {
		p.Goto(s.Sandbox.DashboardURL + path(florist, fmt.Sprintf("/products/%d", room.productID)))
		card := hook("ext-card", "extension-id", "product-stock")
		p.Type(card+" input[placeholder]", "01712345678")
		p.Click(card + " " + hook("ext-button"))
		p.See(hook("toast", "type", "success"))
		p.See(hook("ext-card", "extension-id", "stock-chart") + " iframe:not([data-unseen])") // its script runs and has drawn
		app = s.openRestock(p, florist)
		app.See(hook("app-message", "kind", "back", "status", "waiting"))
	})
	s.Step("it is back, and the message waits for the plan", func() {
		room.count(6)
		app.See(hook("app-held", "held-for", "plan"))
	})
	s.Step("the merchant starts the plan with its trial, and the wallet is empty", func() {
		app.Click("#held-buy")
		app = s.agrees(p, "gateway-saved")
		app.See(hook("app-plan", "status", "paid"))
		app.See(hook("app-held", "held-for", "wallet"))
	})
	s.Step("the merchant tops the wallet up, and what waited goes out", func() {
		app.Click("#held-buy")
		app = s.agrees(p, "gateway-pay")
		app.See(hook("app-wallet", "balance", "199.40"))
		app.See(hook("app-message", "kind", "back", "status", "delivered"))
		app.Gone(hook("app-held"))
	})
	s.Step("the SMS is in the inbox", func() {
		d := s.signIn(developer, florist)
		d.Click(hook("nav-messages"))
		d.See(hook("message", "to", who, "status", api.MessageDelivered))
		if text := d.Text(hook("message", "to", who) + " .inbox-text"); !strings.HasSuffix(text, " is back in stock. You asked us to tell you.") {
			t.Errorf("the SMS says %q", text)
		}
	})
	s.Step("the trial ends, and the plan renews", func() {
		s.advance("50d")
		as = s.merchant(floristMerchant)
		for _, c := range s.charges(as, florist) {
			if c.Type == api.ChargeRecurring && (c.PaymentsMade != 2 || c.Status != api.ChargeActive) {
				t.Errorf("the plan is %+v", c.Charge)
			}
		}
		s.delivered(as, florist, api.TopicSubscriptionRenewalPending)
	})
	s.Step("the app is uninstalled, and deletes what it knew", func() {
		s.control("/apps/"+restock+"/uninstall", api.SandboxInstall{StoreID: florist})
		s.answered(t, as, api.TopicAppUninstalled)
		s.advance("49h")
		as = s.merchant(floristMerchant)
		s.answered(t, as, api.TopicShopRedact)
	})
}

// answered waits for a topic's delivery to Restock, and looks at what it said.
func (s story) answered(t *testing.T, as client.Auth, topic string) {
	t.Helper()
	s.Await(func() error {
		for _, d := range s.deliveries(as, florist, topic) {
			if d.Status == api.DeliveryDelivered && strings.HasPrefix(d.TargetURL, s.Sandbox.AppURL) {
				if answer := d.Attempts[len(d.Attempts)-1].ResponseBody; !strings.Contains(answer, "The store's data was deleted.") {
					t.Errorf("the app answers %s to %s", answer, topic)
				}
				return nil
			}
		}
		return errors.New(topic + " has not been delivered")
	})
}

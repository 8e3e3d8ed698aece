package sandbox

import (
	"context"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
)

// demoApp returns an app whose registered addresses all lie below base.
func demoApp(base, entry string) api.App {
	receive := base + "/webhooks/receive"
	return api.App{
		AppType: "platform", AppURL: base + entry, WebhookReceiveURL: &receive, RedirectURLs: []string{base + "/oauth/callback"},
		PricingType: "free", FeePayer: "developer", CommissionRate: 0.2, ReviewStatus: "approved", IsListed: true, IsActive: true,
	}
}

// restock is the sample app.
func restock(base string) api.App {
	a := demoApp(base, "/app")
	a.Name, a.Slug, a.Icon = "Restock", demo.Restock, "/media/apps/restock.svg"
	a.ShortDescription = "Know what to reorder before it runs out."
	a.Description = "Restock watches your stock and tells you what runs low, so that you reorder in time. It writes down who waits for " +
		"what is sold out, and tells them by SMS or email when it is back. It is the sample app of this sandbox."
	a.DeveloperName, a.DeveloperEmail, a.Category = "SeloraX Samples", "samples@selorax.example", "Inventory"
	a.RequestedScopes = api.ScopeSet{api.ReadOrders, api.ReadProducts, api.ReadInventory, api.ReadStore, api.WriteMetafields, api.Billing, api.ManageMessaging}
	a.WebhookTopics = []string{
		api.TopicOrderCreated, api.TopicOrderUpdated, api.TopicOrderStatusChanged, api.TopicOrderCancelled, api.TopicInventoryUpdated, api.TopicAppUninstalled,
		api.TopicChargeActivated, api.TopicChargeDeclined, api.TopicChargeCancelled, api.TopicChargeExpired, api.TopicChargePaymentFailed,
		api.TopicSubscriptionRenewalPending,
		api.TopicMessageDelivered, api.TopicMessageFailed,
	}
	return a
}

// myApp is the place for a developer's own app.
func myApp() api.App {
	a := demoApp(demo.MyAppURL, "")
	a.Name, a.Slug, a.Icon = "My App", demo.MyApp, "/media/apps/my-app.svg"
	a.ShortDescription = "The place for the app you are building."
	a.Description = "Start your app on " + demo.MyAppURL + " with the credentials that `sx env` prints, and install it here. " +
		"Nothing in it needs to know that this is a sandbox."
	a.DeveloperName, a.DeveloperEmail, a.Category = "You", "developer@selorax.example", "Development"
	for _, info := range api.Scopes() { // so that everything can be tried
		a.RequestedScopes = append(a.RequestedScopes, info.Scope)
	}
	a.WebhookTopics = []string{api.TopicOrderCreated, api.TopicOrderStatusChanged}
	return a
}

func (s *Service) seedApps(tx *db.Tx, owner int64) error {
	for _, a := range []api.App{restock(s.DemoAppURL), myApp()} {
		c := s.Credentials.Apps[a.Slug]
		_, err := app.Insert(tx, s.Box, app.New{App: a, OwnerID: &owner, Credentials: app.Credentials{
			ClientID: c.ClientID, ClientSecret: c.ClientSecret, SessionSigningKey: c.SessionSigningKey, WebhookSecret: c.WebhookSecret,
		}})
		if err != nil {
			return err
		}
	}
	return nil
}

// SyncDemoApp points the sample app to DemoAppURL, with the subscriptions and
// the deliveries under way that went to where it was.
func (s *Service) SyncDemoApp(ctx context.Context) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		known, err := findApp(tx, demo.Restock)
		if db.IsNone(err) {
			return nil
		}
		if err != nil {
			return err
		}
		if known.clientID != s.Credentials.Apps[demo.Restock].ClientID {
			return errForeignCredentials
		}
		a := restock(s.DemoAppURL)
		if err := retarget(tx, known, *a.WebhookReceiveURL); err != nil {
			return err
		}
		return app.SetURLs(tx, demo.Restock, a.AppURL, *a.WebhookReceiveURL, a.RedirectURLs)
	})
}

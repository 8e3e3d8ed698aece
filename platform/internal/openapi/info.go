package openapi

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Tags, in the order of the document.
const (
	tagOAuth     = "OAuth"
	tagStore     = "Store"
	tagProducts  = "Products"
	tagInventory = "Inventory"
	tagOrders    = "Orders"
	tagCustomers = "Customers"
	tagDiscounts = "Discounts"
	tagShipping  = "Shipping"
	tagMetafield = "Metafields"
	tagMessages  = "Messaging"
	tagBilling   = "Billing"
	tagExtension = "Extensions"
	tagWebhooks  = "Webhooks"
	tagApps      = "Apps and installations"
	tagSession   = "Sessions"
	tagDashboard = "Dashboard"
	tagSandbox   = "Sandbox"
)

func tags() (list []any) {
	for _, t := range [][2]string{
		{tagOAuth, "How an app is installed, and how it keeps its access: RFC 6749 with PKCE, and RFC 7009."},
		{tagStore, "The store's record."},
		{tagProducts, "Products, variants, pictures and categories."},
		{tagInventory, "What is in stock."},
		{tagOrders, "Orders and their course."},
		{tagCustomers, "The people who buy."},
		{tagDiscounts, "Codes that take something off an order."},
		{tagShipping, "Where a store ships to and what it costs."},
		{tagMetafield, "What an app remembers about a store's records."},
		{tagMessages, "SMS, email and push notifications, by a simulated carrier: nothing leaves the sandbox."},
		{tagBilling, "What an app asks a merchant to pay. The payments are simulated: no money moves."},
		{tagExtension, "What an app shows inside the dashboard."},
		{tagWebhooks, "Subscriptions and deliveries, and the body of each topic."},
		{tagApps, "The marketplace, the developer's apps and the installations of a store."},
		{tagSession, "Session tokens of apps in the dashboard's frame."},
		{tagDashboard, "Signing in, and what the dashboard shows."},
		{tagSandbox, "The sandbox itself: with its own key and on this machine only, but for the clock and the faults, which developers have in the dashboard too."},
	} {
		list = append(list, map[string]any{"name": t[0], "description": t[1]})
	}
	return list
}

func info() map[string]any {
	return map[string]any{
		"title": "SeloraX platform API", "version": "1",
		"description": "The API of the SeloraX platform as its sandbox serves it.\n\n" +
			"Apps call `/api/apps/v1/…` with a Bearer token or with their client credentials and a store. The dashboard calls the " +
			"other routes with the session of a signed-in user. Every answer carries `X-Request-Id`; every refusal has the shape of `Error`. " +
			"Amounts are numbers in BDT with two decimals, times are ISO 8601 in UTC, flags are 0 or 1.",
		"license": map[string]any{"name": "MIT", "identifier": "MIT"},
	}
}

func servers() []any {
	return []any{
		map[string]any{"url": "/", "description": "This sandbox"},
		map[string]any{"url": "http://localhost:5001", "description": "A sandbox on this machine, for servers"},
	}
}

// Names of the security schemes.
const (
	schemeBearer       = "bearer"
	schemeClientID     = "client_id"
	schemeClientSecret = "client_secret"
	schemeStore        = "store_id"
	schemeSession      = "dashboard"
	schemeControl      = "control"
)

func securitySchemes() map[string]any {
	header := func(name, description string) map[string]any {
		return map[string]any{"type": "apiKey", "in": "header", "name": name, "description": description}
	}
	return map[string]any{
		schemeBearer: map[string]any{"type": "http", "scheme": "bearer",
			"description": "An access token of OAuth or of a custom app, or a session token."},
		schemeClientID:     header(api.HeaderClientID, "The app's client id."),
		schemeClientSecret: header(api.HeaderClientSecret, "The app's client secret."),
		schemeStore:        header(api.HeaderStoreID, "The store that client credentials act on."),
		schemeSession:      header(api.HeaderAuthToken, "The session of a signed-in dashboard user."),
		schemeControl:      header(api.HeaderControlKey, "The sandbox's own key."),
	}
}

// security says with what a route is called.
func security(r web.Route) []any {
	scopes := []string{}
	if r.Scope != "" {
		scopes = append(scopes, string(r.Scope))
	}
	none := []string{}
	switch r.Kind {
	case web.KindApp:
		return []any{
			map[string]any{schemeBearer: scopes},
			map[string]any{schemeClientID: none, schemeClientSecret: none, schemeStore: none},
		}
	case web.KindClient:
		return []any{map[string]any{schemeClientID: none, schemeClientSecret: none}}
	case web.KindUser:
		return []any{map[string]any{schemeSession: none}}
	case web.KindControl:
		return []any{map[string]any{schemeControl: none}}
	}
	return nil
}

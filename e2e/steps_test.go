package e2e_test

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"testing"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/e2e/internal/client"
	"github.com/selorax/sandbox/e2e/internal/journey"
	"github.com/selorax/sandbox/e2e/internal/programs"
)

// The stores and people of the demo data.
const (
	florist int64 = 22
	nakshi  int64 = 24

	floristMerchant = "merchant@floristbd.example"
	nakshiMerchant  = "merchant@nakshicrafts.example"

	restock = "restock"
)

// story is a journey with the words that several of them use.
type story struct{ *journey.Journey }

// apiStory is a story without a browser, on a sandbox that is running.
func apiStory(t *testing.T, sandbox *programs.Sandbox) story {
	return story{suite.Quiet(t, sandbox)}
}

// hook is the selector of a test hook.
func hook(id string, data ...string) string { return journey.Hook(id, data...) }

// path is a page of a store in the dashboard.
func path(store int64, rest string) string { return fmt.Sprintf("/%d%s", store, rest) }

// signIn opens a browser, signs a merchant in and leaves them on their first
// store's home.
func (s story) signIn(email string, store int64) *journey.Page {
	p := s.Open(email)
	p.Goto(s.Sandbox.DashboardURL + "/login")
	p.Type(hook("login-email"), email)
	p.Type(hook("login-password"), s.Sandbox.Login(email).Password)
	p.Click(hook("login-submit"))
	p.At(path(store, ""))
	p.See(hook("nav-orders"))
	return p
}

// askForRestock goes from the menu to the consent screen.
func (s story) askForRestock(p *journey.Page, store int64) {
	p.Click(hook("nav-apps"))
	p.At(path(store, "/apps/marketplace"))
	p.Click(hook("app-card-" + restock))
	p.At(path(store, "/apps/marketplace/"+restock))
	p.Click(hook("install-button"))
	p.At("/oauth/consent")
	p.See(hook("consent-install"))
}

// openRestock goes to the app's page by the menu and returns its frame once
// the app has loaded its orders.
func (s story) openRestock(p *journey.Page, store int64) *journey.Page {
	p.Click(hook("nav-app-" + restock))
	return s.restockFrame(p, store)
}

// restockFrame is the app's frame on the page that is open.
func (s story) restockFrame(p *journey.Page, store int64) *journey.Page {
	p.At(path(store, "/apps/e/"+restock))
	p.See(hook("app-frame"))
	f := p.Frame(s.Sandbox.AppURL)
	f.See(hook("app-ready"))
	return f
}

// merchant is a merchant's identity towards the API.
func (s story) merchant(email string) client.Auth {
	as, err := s.API.SignIn(s.Context(), s.Sandbox.Login(email))
	s.Must(err)
	return as
}

// orders lists all orders of a store, newest first; a status narrows it down.
func (s story) orders(as client.Auth, store int64, status string) (all []api.Order) {
	for page := 1; ; page++ {
		query := url.Values{"page": {strconv.Itoa(page)}, "limit": {"250"}}
		if status != "" {
			query.Set("status", status)
		}
		list, err := client.Get[api.List[api.Order]](s.Context(), s.API, as,
			fmt.Sprintf("/stores/%d/orders?%s", store, query.Encode()))
		s.Must(err)
		all = append(all, list.Data...)
		if page >= list.Pagination.TotalPages {
			return all
		}
	}
}

// setStatus changes an order as the merchant, by the API.
func (s story) setStatus(as client.Auth, order api.Order, status string) {
	_, err := client.Put[api.Envelope[api.OrderDetail]](s.Context(), s.API, as,
		orderPath(order)+"/status", api.StatusChange{Status: status})
	s.Must(err)
}

func orderPath(o api.Order) string { return fmt.Sprintf("/stores/%d/orders/%d", o.StoreID, o.OrderID) }

// installation is the app's active installation on a store, or nil.
func (s story) installation(as client.Auth, store int64) *api.InstalledApp {
	list, err := client.Get[api.Envelope[[]api.InstalledApp]](s.Context(), s.API, as,
		fmt.Sprintf("/apps/installations?store_id=%d", store))
	s.Must(err)
	i := slices.IndexFunc(list.Data, func(a api.InstalledApp) bool { return a.App.Slug == restock })
	if i < 0 {
		return nil
	}
	return &list.Data[i]
}

// deliveries lists the webhook deliveries to the app on a store, newest first;
// a topic narrows it down.
func (s story) deliveries(as client.Auth, store int64, topic string) []api.Delivery {
	list, err := client.Get[api.List[api.Delivery]](s.Context(), s.API, as,
		fmt.Sprintf("/apps/webhooks/deliveries?store_id=%d&app_id=%d&limit=250", store, s.Sandbox.App(restock).AppID))
	s.Must(err)
	if topic == "" {
		return list.Data
	}
	return slices.DeleteFunc(list.Data, func(d api.Delivery) bool { return d.EventTopic != topic })
}

// delivered waits until the newest delivery of a topic has arrived.
func (s story) delivered(as client.Auth, store int64, topic string) (newest api.Delivery) {
	s.Await(func() error {
		list := s.deliveries(as, store, topic)
		if len(list) == 0 {
			return fmt.Errorf("no delivery of %s", topic)
		}
		if newest = list[0]; newest.Status != api.DeliveryDelivered {
			return fmt.Errorf("the delivery of %s is %s", topic, newest.Status)
		}
		return nil
	})
	return newest
}

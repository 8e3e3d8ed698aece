package e2e_test

import (
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/e2e/internal/client"
	"github.com/selorax/sandbox/e2e/internal/journey"
)

// Two merchants with the same app never see each other's data: not in the
// dashboard, not in the app, not by the API.
func TestStoresAreApart(t *testing.T) {
	t.Parallel()
	s := begin(t)
	one, other := s.merchant(floristMerchant), s.merchant(nakshiMerchant)
	foreign := s.orders(one, florist, "")[0]
	var p, q *journey.Page
	var k keys
	s.Step("a merchant of store 22 installs Restock", func() { p = s.install(floristMerchant, florist) })
	s.Step("a merchant of store 24 installs Restock", func() { q = s.install(nakshiMerchant, nakshi) })
	s.Step("each sees the own orders in the app", func() {
		s.ownOrdersOnly(t, s.openRestock(p, florist), one, florist)
		s.ownOrdersOnly(t, s.openRestock(q, nakshi), other, nakshi)
	})
	s.Step("the dashboard of store 24 does not open store 22", func() {
		for _, page := range []string{
			path(florist, ""), path(florist, "/orders"), path(florist, "/apps/e/"+restock),
			path(florist, fmt.Sprintf("/orders/%d", foreign.OrderID)),
			path(nakshi, fmt.Sprintf("/orders/%d", foreign.OrderID)),
		} {
			q.Goto(s.Sandbox.DashboardURL + page)
			if q.Has(hook("order-row")) || q.Has(hook("order-status")) || q.Has(hook("app-frame")) {
				t.Errorf("%s shows something to the merchant of store 24", page)
			}
		}
	})
	s.Step("the API of the dashboard does not open store 22", func() {
		for _, route := range []string{
			"/stores/22/orders", "/stores/22/home", "/stores/22/products",
			"/apps/installations?store_id=22", "/apps/webhooks/deliveries?store_id=22",
			fmt.Sprintf("/stores/24/orders/%d", foreign.OrderID),
			"/apps/session/embed-params?app_id=1&store_id=22",
		} {
			notFound(t, s, other, route)
		}
	})
	s.Step("the app's keys of store 24 do not open store 22", func() {
		k = s.takeKeys(other, nakshi)
		for _, as := range []client.Auth{
			client.Bearer(k.tokens.AccessToken), client.Bearer(k.session), client.Credentials(k.app, nakshi),
		} {
			notFound(t, s, as, fmt.Sprintf("/apps/v1/orders/%d", foreign.OrderID))
			list, err := client.Get[api.List[api.Order]](s.Context(), s.API, as, "/apps/v1/orders?limit=250")
			s.Must(err)
			for _, o := range list.Data {
				if o.StoreID != nakshi {
					t.Errorf("order %d is of store %d", o.OrderID, o.StoreID)
				}
			}
		}
	})
	s.Step("client credentials do not open a store without the app", func() {
		_, err := client.Get[api.Envelope[api.Store]](s.Context(), s.API, client.Credentials(k.app, 23), "/apps/v1/store")
		refused(t, "client id and secret on store 23", err, http.StatusUnauthorized)
	})
	s.Step("a change in store 22 is told to store 22 alone", func() {
		s.setStatus(one, s.orders(one, florist, api.OrderPending)[0], api.OrderConfirmed)
		s.delivered(one, florist, api.TopicOrderStatusChanged)
		if sent := s.deliveries(other, nakshi, api.TopicOrderStatusChanged); len(sent) != 0 {
			t.Errorf("store 24 was told %d times", len(sent))
		}
		app := s.openRestock(q, nakshi)
		if app.Has(hook("app-event", "topic", api.TopicOrderStatusChanged)) {
			t.Error("the app shows it on store 24")
		}
	})
}

// install signs a merchant in and installs Restock on their store.
func (s story) install(email string, store int64) *journey.Page {
	p := s.signIn(email, store)
	s.askForRestock(p, store)
	p.Click(hook("consent-install"))
	s.restockFrame(p, store)
	return p
}

// notFound checks that another tenant's thing does not exist for the caller.
func notFound(t *testing.T, s story, as client.Auth, route string) {
	t.Helper()
	_, err := client.Get[any](s.Context(), s.API, as, route)
	var refused *client.Refusal
	if !errors.As(err, &refused) || refused.Status != http.StatusNotFound || refused.Code != api.CodeNotFound {
		t.Errorf("GET %s: %v, want 404 %s", route, err, api.CodeNotFound)
	}
}

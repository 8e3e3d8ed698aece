package custom_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

const (
	florist int64 = 22
	all           = "/api/stores/22/custom-apps"
	one           = all + "/3" // after the two of the demo
)

type fixture struct {
	*platformtest.Platform
	merchant, stranger platformtest.Header
	app                api.CustomAppCreated
}

// start makes a platform with one custom app of FloristBD.
func start(t *testing.T, scopes ...string) fixture {
	t.Helper()
	p := platformtest.Start(t, platformtest.Config{})
	f := fixture{
		Platform: p, merchant: platformtest.User(p.Login(platformtest.FloristMerchant)),
		stranger: platformtest.User(p.Login(platformtest.CraftsMerchant)),
	}
	a := p.Do(http.MethodPost, all, f.merchant, map[string]any{"name": "Stock sheet", "description": "For the office.", "scopes": scopes})
	a.Into(http.StatusCreated, &api.Envelope[api.CustomAppCreated]{})
	if a.Header.Get("Cache-Control") != "no-store" {
		t.Error("the secrets may be stored")
	}
	f.app = platformtest.Data[api.CustomAppCreated](a)
	return f
}

func (f fixture) client(secret string) platformtest.Header {
	return platformtest.Header{api.HeaderClientID: f.app.ClientID, api.HeaderClientSecret: secret, api.HeaderStoreID: "22"}
}

func (f fixture) status(path string, h platformtest.Header) int {
	return f.Do(http.MethodGet, path, h, nil).Status
}

const store, orders = "/api/apps/v1/store", "/api/apps/v1/orders"

func TestCreateInstallsWithCredentialsAtOnce(t *testing.T) {
	t.Parallel()
	f := start(t, "read_store", "write:products")
	if f.app.AppType != "custom" || f.app.StoreID != florist || f.app.Scopes.String() != "write:products,read:store" ||
		!strings.HasPrefix(f.app.AccessToken, api.PrefixAccessToken) || len(f.app.WebhookSigningSecret) != len(api.PrefixWebhookSecret)+64 {
		t.Errorf("got %+v", f.app)
	}
	for name, h := range map[string]platformtest.Header{"token": platformtest.Bearer(f.app.AccessToken), "client": f.client(f.app.ClientSecret)} {
		if f.status(store, h) != http.StatusOK || f.status(orders, h) != http.StatusForbidden {
			t.Errorf("%s: store %d, orders %d", name, f.status(store, h), f.status(orders, h))
		}
	}
	installed := platformtest.Data[[]api.InstalledApp](f.Do(http.MethodGet, "/api/apps/installations?store_id=22", f.merchant, nil))
	if len(installed) != 1 || installed[0].App.AppType != "custom" || installed[0].AppOrigin != "" || installed[0].InstallationID != f.app.InstallationID {
		t.Errorf("installed: %+v", installed)
	}
	again := f.Do(http.MethodGet, one, f.merchant, nil)
	shown := platformtest.Data[api.CustomApp](again)
	if shown.Name != "Stock sheet" || shown.TokenExpiresAt == nil {
		t.Errorf("shown: %+v", shown)
	}
	for _, secret := range []string{f.app.AccessToken, f.app.ClientSecret, f.app.WebhookSigningSecret} {
		if strings.Contains(string(again.Body), secret) {
			t.Error("a secret is shown again")
		}
	}
	f.Advance(366 * 24 * time.Hour)
	if got := f.status(store, platformtest.Bearer(f.app.AccessToken)); got != http.StatusUnauthorized {
		t.Errorf("after a year: %d", got)
	}
	if shown := platformtest.Data[[]api.CustomApp](f.Do(http.MethodGet, all, f.merchant, nil)); len(shown) != 1 || shown[0].TokenExpiresAt != nil {
		t.Errorf("after a year: %+v", shown)
	}
}

func TestScopesChangeAtOnce(t *testing.T) {
	t.Parallel()
	f := start(t, "read:store")
	h := platformtest.Bearer(f.app.AccessToken)
	changed := platformtest.Data[api.CustomApp](f.Do(http.MethodPut, one, f.merchant, map[string]any{"scopes": []string{"read:orders"}}))
	if changed.Scopes.String() != "read:orders" || changed.Name != "Stock sheet" || changed.Description != "For the office." {
		t.Errorf("got %+v", changed)
	}
	if f.status(orders, h) != http.StatusOK || f.status(store, h) != http.StatusForbidden {
		t.Errorf("orders %d, store %d", f.status(orders, h), f.status(store, h))
	}
	renamed := platformtest.Data[api.CustomApp](f.Do(http.MethodPut, one, f.merchant, map[string]any{"name": "Sheet"}))
	if renamed.Name != "Sheet" || renamed.Scopes.String() != "read:orders" || f.status(orders, h) != http.StatusOK {
		t.Errorf("got %+v", renamed)
	}
}

func TestTokenAndSecretAreReplaced(t *testing.T) {
	t.Parallel()
	f := start(t, "read:store")
	token := platformtest.Data[api.CustomAppToken](f.Do(http.MethodPost, one+"/regenerate-token", f.merchant, nil))
	if f.status(store, platformtest.Bearer(f.app.AccessToken)) != http.StatusUnauthorized || f.status(store, platformtest.Bearer(token.AccessToken)) != http.StatusOK {
		t.Error("the token was not replaced")
	}
	secret := platformtest.Data[api.RotatedSecret](f.Do(http.MethodPost, one+"/rotate-secret", f.merchant, nil))
	if f.status(store, f.client(f.app.ClientSecret)) != http.StatusUnauthorized || f.status(store, f.client(secret.ClientSecret)) != http.StatusOK {
		t.Error("the secret was not replaced")
	}
	sub := platformtest.Data[api.SubscriptionWithSecret](f.Do(http.MethodPost, "/api/apps/v1/webhooks", f.client(secret.ClientSecret),
		api.NewSubscription{Topic: api.TopicAppUninstalled, URL: "http://localhost:1/hook"}))
	if sub.SigningSecret != f.app.WebhookSigningSecret {
		t.Error("its deliveries are not signed with the secret that was shown")
	}
	next := platformtest.Data[api.RotatedWebhookSecret](f.Do(http.MethodPost, one+"/rotate-webhook-secret", f.merchant, map[string]any{"immediate": true}))
	sub = platformtest.Data[api.SubscriptionWithSecret](f.Do(http.MethodGet, "/api/apps/v1/webhooks/1", f.client(secret.ClientSecret), nil))
	if sub.SigningSecret != api.MaskSecret(next.WebhookSigningSecret) || next.ActivatesAt != nil {
		t.Error("the webhook secret was not replaced")
	}
}

func TestDeleteEndsEverything(t *testing.T) {
	t.Parallel()
	for name, remove := range map[string]func(fixture) platformtest.Answer{
		"deleted": func(f fixture) platformtest.Answer { return f.Do(http.MethodDelete, one, f.merchant, nil) },
		"uninstalled": func(f fixture) platformtest.Answer {
			return f.Do(http.MethodPost, "/api/apps/installations/1/uninstall", f.merchant, nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := start(t, "read:store")
			gone := platformtest.Data[api.Uninstalled](remove(f))
			if gone.TokensRevoked != 1 || gone.Installation.Status != api.InstallationUninstalled {
				t.Errorf("got %+v", gone)
			}
			if f.status(store, platformtest.Bearer(f.app.AccessToken)) != 401 || f.status(store, f.client(f.app.ClientSecret)) != 401 {
				t.Error("a credential outlived the app")
			}
			if f.status(one, f.merchant) != http.StatusNotFound || f.Do(http.MethodDelete, one, f.merchant, nil).Status != http.StatusNotFound {
				t.Error("the app is still there")
			}
			if got := f.status("/api/apps/installations/1", f.merchant); got != http.StatusOK {
				t.Errorf("what it was: %d", got)
			}
			f.Advance(48 * time.Hour) // shop/redact of an app that is gone
		})
	}
}

func TestCustomAppsAreTheStoresOwn(t *testing.T) {
	t.Parallel()
	f := start(t, "read:store")
	for _, c := range []struct{ method, path string }{
		{http.MethodGet, all}, {http.MethodPost, all}, {http.MethodGet, one}, {http.MethodPut, one}, {http.MethodDelete, one},
		{http.MethodPost, one + "/regenerate-token"}, {http.MethodPost, one + "/rotate-secret"}, {http.MethodPost, one + "/rotate-webhook-secret"},
	} {
		for _, path := range []string{c.path, strings.Replace(c.path, "/22/", "/24/", 1)} {
			if path == "/api/stores/24/custom-apps" {
				continue // the stranger's own
			}
			if a := f.Do(c.method, path, f.stranger, map[string]any{"name": "Mine now"}); a.Status != http.StatusNotFound {
				t.Errorf("%s %s: %d %s", c.method, path, a.Status, a.Body)
			}
		}
		if a := f.Do(c.method, c.path, nil, nil); a.Status != http.StatusUnauthorized {
			t.Errorf("%s %s by nobody: %d", c.method, c.path, a.Status)
		}
	}
	// Not those of the platform either, nor the portal these.
	if got := f.status(all+"/1", f.merchant); got != http.StatusNotFound {
		t.Errorf("the demo app as a custom app: %d", got)
	}
	developer := platformtest.User(f.Login(platformtest.Developer))
	if got := f.status("/api/apps/3", developer); got != http.StatusNotFound {
		t.Errorf("in the portal: %d", got)
	}
	if a := f.Do(http.MethodPost, "/api/apps/installations/direct-install", developer, api.DirectInstall{AppID: 3, StoreID: 24}); a.Status != http.StatusNotFound {
		t.Errorf("on another store: %d %s", a.Status, a.Body)
	}
	h := f.client(f.app.ClientSecret)
	h[api.HeaderStoreID] = "24"
	if got := f.status(store, h); got != http.StatusUnauthorized {
		t.Errorf("its credentials on another store: %d", got)
	}
}

func TestNoOAuthAndNoFrame(t *testing.T) {
	t.Parallel()
	f := start(t, "read:store")
	q := url.Values{"client_id": {f.app.ClientID}, "redirect_uri": {"http://localhost/cb"}, "scope": {"read:store"}, "state": {"s"}, "store_id": {"22"}}
	a := f.Do(http.MethodGet, "/api/apps/oauth/authorize?"+q.Encode(), nil, nil)
	if a.Status != http.StatusBadRequest || a.Header.Get("Location") != "" || !strings.Contains(string(a.Body), "custom app") {
		t.Errorf("authorize: %d %s", a.Status, a.Body)
	}
	if a := f.Do(http.MethodGet, "/api/apps/session/embed-params?app_id=3&store_id=22", f.merchant, nil); a.Code() != api.CodeConflict {
		t.Errorf("frame: %d %s", a.Status, a.Body)
	}
}

func TestCreateRefusals(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	merchant := platformtest.User(p.Login(platformtest.FloristMerchant))
	for name, c := range map[string]struct {
		in    map[string]any
		field string
		says  string
	}{
		"billing":       {map[string]any{"name": "Sheet", "scopes": []string{"read:store", "billing"}}, "scopes", "billing"},
		"no scope":      {map[string]any{"name": "Sheet"}, "scopes", "at least one"},
		"unknown scope": {map[string]any{"name": "Sheet", "scopes": []string{"read:stores"}}, "scopes[0]", "did you mean read:store?"},
		"no name":       {map[string]any{"scopes": []string{"read:store"}}, "name", "3 to 255"},
	} {
		var e api.Error
		p.Do(http.MethodPost, all, merchant, c.in).Into(http.StatusBadRequest, &e)
		if len(e.Errors) != 1 || e.Errors[0].Field != c.field || !strings.Contains(e.Errors[0].Message, c.says) {
			t.Errorf("%s: %+v", name, e)
		}
	}
	if list := platformtest.Data[[]api.CustomApp](p.Do(http.MethodGet, all, merchant, nil)); len(list) != 0 {
		t.Errorf("made: %+v", list)
	}
}

package access_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

const florist int64 = 22

func TestCredentials(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	tokens := p.Install("restock", florist)
	without := func(h platformtest.Header, name string) platformtest.Header {
		copied := platformtest.Header{}
		for k, v := range h {
			if k != name {
				copied[k] = v
			}
		}
		return copied
	}
	with := func(h platformtest.Header, name, value string) platformtest.Header {
		copied := without(h, name)
		copied[name] = value
		return copied
	}
	client := p.Client("restock", florist)
	for name, c := range map[string]struct {
		h      platformtest.Header
		path   string
		status int
		code   string
	}{
		"access token":           {platformtest.Bearer(tokens.AccessToken), "", 200, ""},
		"client credentials":     {client, "", 200, ""},
		"store as parameter":     {without(client, api.HeaderStoreID), "?store_id=22", 200, ""},
		"nothing":                {nil, "", 401, api.CodeMissingToken},
		"no secret":              {without(client, api.HeaderClientSecret), "", 401, api.CodeMissingToken},
		"no id":                  {without(client, api.HeaderClientID), "", 401, api.CodeMissingToken},
		"no store":               {without(client, api.HeaderStoreID), "", 400, api.CodeMissingStoreID},
		"store is text":          {with(client, api.HeaderStoreID, "florist"), "", 400, api.CodeValidation},
		"store with a sign":      {with(client, api.HeaderStoreID, "+22"), "", 400, api.CodeValidation},
		"wrong secret":           {with(client, api.HeaderClientSecret, "sx_secret_x"), "", 401, api.CodeInvalidClient},
		"unknown id":             {with(client, api.HeaderClientID, "sx_app_x"), "", 401, api.CodeInvalidClient},
		"store without the app":  {with(client, api.HeaderStoreID, "24"), "", 401, api.CodeNotInstalled},
		"no such store":          {with(client, api.HeaderStoreID, "999"), "", 401, api.CodeNotInstalled},
		"unknown token":          {platformtest.Bearer("sx_at_x"), "", 401, api.CodeInvalidToken},
		"refresh token":          {platformtest.Bearer(tokens.RefreshToken), "", 401, api.CodeInvalidToken},
		"basic":                  {platformtest.Header{"Authorization": "Basic eA=="}, "", 401, api.CodeMissingToken},
		"empty bearer":           {platformtest.Header{"Authorization": "Bearer "}, "", 401, api.CodeMissingToken},
		"a dashboard session":    {platformtest.User(p.Login(platformtest.FloristMerchant)), "", 401, api.CodeMissingToken},
		"bearer before client":   {with(client, "Authorization", "Bearer sx_at_x"), "", 401, api.CodeInvalidToken},
		"token is not a session": {platformtest.Bearer("a.b.c"), "", 401, api.CodeInvalidToken},
	} {
		a := p.Do(http.MethodGet, "/api/apps/v1/store"+c.path, c.h, nil)
		if a.Status != c.status || a.Code() != c.code {
			t.Errorf("%s: %d %s, want %d %s", name, a.Status, a.Body, c.status, c.code)
		}
	}
}

func TestBadStoreIsNamedWhereItStands(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	h := p.Client("restock", florist)
	delete(h, api.HeaderStoreID)
	if a := p.Do(http.MethodGet, "/api/apps/v1/store?store_id=x", h, nil); !strings.Contains(string(a.Body), `"field":"store_id"`) {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

func TestScopeIsNamedWhenItIsMissing(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	tokens := p.Install("restock", florist) // reads orders only
	a := p.Do(http.MethodPut, "/api/apps/v1/orders/1/status", platformtest.Bearer(tokens.AccessToken), api.StatusChange{Status: "confirmed"})
	if a.Status != http.StatusForbidden || a.Code() != api.CodeInsufficientScope {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

func TestAccessTokenExpiresInBusinessTimeAndClientCredentialsNever(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	tokens := p.Install("restock", florist)
	p.Advance(25 * time.Hour)
	if a := p.Do(http.MethodGet, "/api/apps/v1/store", platformtest.Bearer(tokens.AccessToken), nil); a.Code() != api.CodeInvalidToken {
		t.Errorf("after 25 h: %d %s", a.Status, a.Body)
	}
	if a := p.Do(http.MethodGet, "/api/apps/v1/store", p.Client("restock", florist), nil); a.Status != http.StatusOK {
		t.Errorf("client credentials: %d %s", a.Status, a.Body)
	}
	var fresh api.TokenResponse
	p.Refresh("restock", tokens.RefreshToken).Into(http.StatusOK, &fresh)
	if a := p.Do(http.MethodGet, "/api/apps/v1/store", platformtest.Bearer(fresh.AccessToken), nil); a.Status != http.StatusOK {
		t.Errorf("refreshed: %d %s", a.Status, a.Body)
	}
}

func TestSessionTokenOpensOnlyTheAppAPI(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	p.Install("restock", florist)
	merchant := platformtest.User(p.Login(platformtest.FloristMerchant))
	session := platformtest.Data[api.SessionToken](p.Do(http.MethodPost, "/api/apps/session/session-token", merchant, api.SessionTokenRequest{AppID: 1, StoreID: florist})).SessionToken
	for path, want := range map[string]int{
		"/api/apps/v1/store":                  200,
		"/api/apps/installations?store_id=22": 401,
		"/api/stores/22/orders":               401,
		"/_sandbox/status":                    401,
	} {
		if a := p.Do(http.MethodGet, path, platformtest.Bearer(session), nil); a.Status != want {
			t.Errorf("%s: %d, want %d", path, a.Status, want)
		}
	}
}

package oauth_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

// Two consents are open at once on a store without the app. The later one
// decides, in whatever order their codes come.
func TestTheLatestConsentDecidesTheScopes(t *testing.T) {
	t.Parallel()
	narrow, wide := restock(), restock()
	narrow.Scope, wide.Scope = "read:orders", "read:orders,read:store"
	for name, c := range map[string]struct {
		first, second platformtest.Authorization
		backwards     bool
		granted       string
		older, newer  string // the scopes of what each code gives
	}{
		"narrower, in order":  {wide, narrow, false, "read:orders", "read:orders,read:store", "read:orders"},
		"narrower, backwards": {wide, narrow, true, "read:orders", "read:orders", "read:orders"},
		"wider, in order":     {narrow, wide, false, "read:orders,read:store", "read:orders", "read:orders,read:store"},
		"wider, backwards":    {narrow, wide, true, "read:orders,read:store", "read:orders", "read:orders,read:store"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := platformtest.Start(t, platformtest.Config{})
			merchant := p.Login(platformtest.FloristMerchant)
			older, newer := p.Consent(merchant, c.first).Get("code"), p.Consent(merchant, c.second).Get("code")
			var fromOlder, fromNewer api.TokenResponse
			if c.backwards {
				exchange(p, newer, nil).Into(http.StatusOK, &fromNewer)
				exchange(p, older, nil).Into(http.StatusOK, &fromOlder)
			} else {
				exchange(p, older, nil).Into(http.StatusOK, &fromOlder)
				exchange(p, newer, nil).Into(http.StatusOK, &fromNewer)
			}
			if fromOlder.Scope != c.older || fromNewer.Scope != c.newer {
				t.Errorf("older %s, newer %s", fromOlder.Scope, fromNewer.Scope)
			}
			installed := platformtest.Data[[]api.InstalledApp](p.Do(http.MethodGet, "/api/apps/installations?store_id=22", platformtest.User(merchant), nil))
			if len(installed) != 1 || installed[0].GrantedScopes.String() != c.granted {
				t.Errorf("installed: %+v", installed)
			}
			want := http.StatusOK
			if c.granted == "read:orders" {
				want = http.StatusForbidden
			}
			if a := p.Do(http.MethodGet, "/api/apps/v1/store", p.Client("restock", florist), nil); a.Status != want {
				t.Errorf("client credentials: %d", a.Status)
			}
		})
	}
}

func TestASuspendedAppIsOutEverywhere(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	merchant := p.Login(platformtest.FloristMerchant)
	tokens := p.Install("restock", florist)
	embed := func() platformtest.Answer {
		return p.Do(http.MethodGet, "/api/apps/session/embed-params?app_id=1&store_id=22", platformtest.User(merchant), nil)
	}
	session := platformtest.Data[api.EmbedParams](embed()).SessionToken
	code, waiting := p.Consent(merchant, restock()).Get("code"), p.Request(restock())
	query, authorize := p.Query(restock()), "/api/apps/oauth/authorize?"
	review := func(action string) {
		t.Helper()
		p.Do(http.MethodPost, "/api/apps/1/review", platformtest.User(p.Login(platformtest.Developer)), api.ReviewDecision{Action: action}).
			Into(http.StatusOK, &api.Envelope[api.PortalApp]{})
	}
	review("suspend")
	for name, h := range map[string]platformtest.Header{
		"access token": platformtest.Bearer(tokens.AccessToken), "session token": platformtest.Bearer(session), "client credentials": p.Client("restock", florist),
	} {
		if a := p.Do(http.MethodGet, "/api/apps/v1/store", h, nil); a.Status != http.StatusUnauthorized || a.Code() != api.CodeInvalidClient {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
	}
	body := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {query.Get("redirect_uri")}}
	for name, a := range map[string]platformtest.Answer{
		"refresh": p.Refresh("restock", tokens.RefreshToken), "code": p.Exchange("restock", body),
	} {
		if a.Status != http.StatusUnauthorized {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
	}
	if a := embed(); a.Code() != api.CodeConflict {
		t.Errorf("frame: %d %s", a.Status, a.Body)
	}
	if a := p.Do(http.MethodGet, authorize+query.Encode(), nil, nil); a.Status != http.StatusBadRequest || a.Header.Get("Location") != "" {
		t.Errorf("authorize: %d %s", a.Status, a.Body)
	}
	decide := "/api/apps/oauth/requests/" + waiting + "/decision"
	if a := p.Do(http.MethodPost, decide, platformtest.User(merchant), api.ConsentDecision{Decision: "install"}); a.Code() != api.CodeConflict {
		t.Errorf("a waiting consent: %d %s", a.Status, a.Body)
	}
	review("approve")
	if a := p.Do(http.MethodGet, "/api/apps/v1/store", platformtest.Bearer(tokens.AccessToken), nil); a.Status != http.StatusOK || embed().Status != http.StatusOK {
		t.Errorf("after the suspension: %d %s", a.Status, a.Body)
	}
}

func TestRevokeAcceptsEveryFormOfRequest(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	c := p.Apps["restock"]
	for name, body := range map[string]any{
		"form":          url.Values{"client_id": {c.ClientID}, "client_secret": {c.ClientSecret}, "token_type_hint": {"access_token"}},
		"json":          map[string]any{"client_id": c.ClientID, "client_secret": c.ClientSecret},
		"refresh token": map[string]any{"client_id": c.ClientID, "client_secret": c.ClientSecret, "token_type_hint": "access_token"},
	} {
		tokens := p.Install("restock", florist)
		text := tokens.AccessToken
		if name == "refresh token" { // a wrong hint does no harm
			text = tokens.RefreshToken
		}
		switch b := body.(type) {
		case url.Values:
			b.Set("token", text)
		case map[string]any:
			b["token"] = text
		}
		a := p.Do(http.MethodPost, "/api/apps/oauth/revoke", nil, body)
		if a.Status != http.StatusOK || a.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
		if a := p.Do(http.MethodGet, "/api/apps/v1/store", platformtest.Bearer(tokens.AccessToken), nil); a.Status != http.StatusUnauthorized {
			t.Errorf("%s: the access token still works", name)
		}
	}
	a := p.Do(http.MethodPost, "/api/apps/oauth/revoke", nil, url.Values{"client_id": {c.ClientID}, "client_secret": {c.ClientSecret}})
	if a.Status != http.StatusBadRequest || !strings.Contains(string(a.Body), "token is missing") {
		t.Errorf("no token: %d %s", a.Status, a.Body)
	}
}

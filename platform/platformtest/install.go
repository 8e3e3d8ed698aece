package platformtest

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/selorax/sandbox/platform/api"
)

// Authorization is an authorization request as an app's link makes it.
type Authorization struct {
	Slug    string // of a demo app
	StoreID int64
	Scope   string // comma-separated; what the app registered when empty
	State   string // "state" when empty
	Extra   url.Values
}

// Query returns the parameters of GET /api/apps/oauth/authorize.
func (p *Platform) Query(a Authorization) url.Values {
	p.t.Helper()
	app := p.marketplaceApp(a.Slug)
	if a.Scope == "" {
		for n, s := range app.RequestedScopes {
			if n > 0 {
				a.Scope += ","
			}
			a.Scope += string(s.Scope)
		}
	}
	if a.State == "" {
		a.State = "state"
	}
	q := url.Values{
		"client_id": {p.Apps[a.Slug].ClientID}, "redirect_uri": {app.RedirectURLs[0]}, "scope": {a.Scope},
		"state": {a.State}, "store_id": {strconv.FormatInt(a.StoreID, 10)},
	}
	for name, values := range a.Extra {
		q[name] = values
	}
	return q
}

func (p *Platform) marketplaceApp(slug string) api.MarketplaceApp {
	p.t.Helper()
	return Data[api.MarketplaceApp](p.Do(http.MethodGet, "/api/apps/marketplace/"+slug+"?store_id=22", User(p.Login(Developer)), nil))
}

// Consent lets a user agree to an authorization and returns the parameters
// that the app's redirect URI is called with.
func (p *Platform) Consent(userToken string, a Authorization) url.Values {
	p.t.Helper()
	return p.Decide(userToken, p.Request(a), "install")
}

// Request starts an authorization and returns the id of the request that
// waits for consent.
func (p *Platform) Request(a Authorization) string {
	p.t.Helper()
	answer := p.Do(http.MethodGet, "/api/apps/oauth/authorize?"+p.Query(a).Encode(), nil, nil)
	location, err := url.Parse(answer.Header.Get("Location"))
	if answer.Status != http.StatusFound || err != nil || location.Query().Get("request") == "" {
		p.t.Fatalf("authorize answered %d %s: %s", answer.Status, answer.Header.Get("Location"), answer.Body)
	}
	return location.Query().Get("request")
}

// Decide answers a waiting request with "install" or "cancel".
func (p *Platform) Decide(userToken, requestID, decision string) url.Values {
	p.t.Helper()
	out := Data[api.ConsentOutcome](p.Do(http.MethodPost, "/api/apps/oauth/requests/"+requestID+"/decision",
		User(userToken), api.ConsentDecision{Decision: decision}))
	target, err := url.Parse(out.RedirectTo)
	if err != nil {
		p.t.Fatal(err)
	}
	return target.Query()
}

// Exchange asks for tokens as a demo app. Parameters in extra win.
func (p *Platform) Exchange(slug string, extra url.Values) Answer {
	p.t.Helper()
	c := p.Apps[slug]
	body := url.Values{"client_id": {c.ClientID}, "client_secret": {c.ClientSecret}}
	for name, values := range extra {
		body[name] = values
	}
	return p.Do(http.MethodPost, "/api/apps/oauth/token", nil, body)
}

// Install runs the whole OAuth flow of a demo app and returns its tokens.
func (p *Platform) Install(slug string, storeID int64) api.TokenData {
	p.t.Helper()
	a := Authorization{Slug: slug, StoreID: storeID}
	code := p.Consent(p.Login(Developer), a).Get("code")
	var out api.TokenResponse
	p.Exchange(slug, url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {p.Query(a).Get("redirect_uri")},
	}).Into(http.StatusOK, &out)
	return out.Data
}

// Refresh exchanges a refresh token.
func (p *Platform) Refresh(slug, refreshToken string) Answer {
	p.t.Helper()
	return p.Exchange(slug, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {refreshToken}})
}

// Uninstall removes an installation as a user.
func (p *Platform) Uninstall(userToken string, installationID int64) api.Uninstalled {
	p.t.Helper()
	return Data[api.Uninstalled](p.Do(http.MethodPost,
		"/api/apps/installations/"+strconv.FormatInt(installationID, 10)+"/uninstall", User(userToken), nil))
}

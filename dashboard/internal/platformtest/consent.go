package platformtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/selorax/sandbox/platform/api"
)

// consent is an authorization request that waits for the merchant.
type consent struct {
	request     api.ConsentRequest
	scopes      api.ScopeSet
	redirectURI string
	state       string
	used        bool
}

// Ask makes an authorization request and returns its id.
func (p *Platform) Ask(slug string, storeID int64, scopes ...api.Scope) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	app := p.app(slug)
	return p.ask(app, storeID, scopes, app.RedirectURLs[0], "state")
}

func (p *Platform) ask(app *api.App, storeID int64, scopes api.ScopeSet, redirectURI, state string) string {
	id := fmt.Sprintf("req%d", len(p.consents)+1)
	r := api.ConsentRequest{RequestID: id, App: card(app), StoreID: storeID, Removed: []api.ScopeInfo{}, ExpiresAt: api.Time{Time: today}}
	for _, a := range accounts {
		for _, s := range a.Stores {
			if s.StoreID == storeID {
				r.StoreName = s.Name
			}
		}
	}
	i := p.active(app.AppID, storeID)
	r.AlreadyInstalled = i != nil
	for _, info := range infos(scopes) {
		r.Scopes = append(r.Scopes, api.ConsentScope{ScopeInfo: info, New: api.Flag(i != nil && !slices.Contains(i.GrantedScopes, info.Scope))})
	}
	if i != nil {
		r.Removed = append(r.Removed, slices.DeleteFunc(infos(i.GrantedScopes), func(s api.ScopeInfo) bool { return slices.Contains(scopes, s.Scope) })...)
	}
	p.consents[id] = &consent{request: r, scopes: scopes, redirectURI: redirectURI, state: state}
	return id
}

func (p *Platform) authorize(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	q := r.URL.Query()
	n := slices.IndexFunc(p.apps, func(a api.App) bool { return a.ClientID == q.Get("client_id") })
	if n < 0 || !slices.Contains(p.apps[n].RedirectURLs, q.Get("redirect_uri")) {
		http.Error(w, "bad client or redirect", http.StatusBadRequest)
		return
	}
	scopes, _ := api.ParseScopes(q.Get("scope"))
	var storeID int64
	_, _ = fmt.Sscan(q.Get("store_id"), &storeID)
	id := p.ask(&p.apps[n], storeID, scopes, q.Get("redirect_uri"), q.Get("state"))
	http.Redirect(w, r, p.dashboardURL+"/oauth/consent?request="+id, http.StatusFound)
}

func (p *Platform) waiting(c call) (*consent, error) {
	w := p.consents[c.PathValue("request")]
	if w == nil || !slices.ContainsFunc(c.account.Stores, func(s api.StoreRef) bool { return s.StoreID == w.request.StoreID }) {
		return nil, notFound("No such request.")
	}
	if w.used {
		return nil, refuse(http.StatusConflict, api.CodeConflict, "This request has been answered.")
	}
	return w, nil
}

func (p *Platform) consentRequest(c call) (any, error) {
	w, err := p.waiting(c)
	if err != nil {
		return nil, err
	}
	return w.request, nil
}

func (p *Platform) decide(c call) (any, error) {
	w, err := p.waiting(c)
	if err != nil {
		return nil, err
	}
	var in api.ConsentDecision
	_ = json.NewDecoder(c.Body).Decode(&in)
	result := url.Values{"state": {w.state}}
	switch in.Decision {
	case "install":
		result.Set("code", "sx_ac_test")
		p.install(p.appByID(w.request.App.AppID), w.request.StoreID, w.scopes)
	case "cancel":
		result.Set("error", "access_denied")
	default:
		return nil, refuse(http.StatusBadRequest, api.CodeValidation, "decision must be install or cancel")
	}
	w.used = true
	return api.ConsentOutcome{RedirectTo: w.redirectURI + "?" + result.Encode()}, nil
}

package platformtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/selorax/sandbox/platform/api"
)

// SetAppURL moves an app to another address.
func (p *Platform) SetAppURL(slug, base string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	app := p.app(slug)
	app.AppURL, app.RedirectURLs = base+"/app", []string{base + "/oauth/callback"}
}

// Install installs an app without asking, with some webhooks behind it.
func (p *Platform) Install(slug string, storeID int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.install(p.app(slug), storeID, p.app(slug).RequestedScopes)
}

func (p *Platform) app(slug string) *api.App {
	for n := range p.apps {
		if p.apps[n].Slug == slug {
			return &p.apps[n]
		}
	}
	return nil
}

func (p *Platform) appByID(id int64) *api.App { return &p.apps[id-1] }

func (p *Platform) active(appID, storeID int64) *api.Installation {
	for n := range p.installations {
		if i := &p.installations[n]; i.AppID == appID && i.StoreID == storeID && i.Status == api.InstallationActive {
			return i
		}
	}
	return nil
}

func (p *Platform) install(app *api.App, storeID int64, scopes api.ScopeSet) {
	at := api.Time{Time: today}
	if i := p.active(app.AppID, storeID); i != nil {
		i.GrantedScopes, i.ReinstalledAt = scopes, &at
		return
	}
	p.installations = append(p.installations, api.Installation{
		InstallationID: int64(len(p.installations) + 1), AppID: app.AppID, StoreID: storeID, Status: api.InstallationActive,
		GrantedScopes: scopes, InstalledBy: 1, InstalledAt: at, UpdatedAt: at,
	})
	if app.WebhookReceiveURL != nil {
		p.subscribe(app, storeID)
	}
	p.live.tell(storeID, api.TopicAppInstalled)
}

// Grant changes what an installed app may do.
func (p *Platform) Grant(slug string, storeID int64, scopes ...api.Scope) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.active(p.app(slug).AppID, storeID).GrantedScopes = scopes
}

func card(a *api.App) api.AppCard {
	return api.AppCard{AppID: a.AppID, AppType: a.AppType, Name: a.Name, Slug: a.Slug, Icon: a.Icon, ShortDescription: a.ShortDescription,
		DeveloperName: a.DeveloperName, Category: a.Category, PricingType: a.PricingType}
}

func infos(set api.ScopeSet) []api.ScopeInfo {
	return slices.DeleteFunc(api.Scopes(), func(i api.ScopeInfo) bool { return !slices.Contains(set, i.Scope) })
}

func (p *Platform) marketplace(c call) (any, error) {
	list := []api.MarketplaceApp{}
	for n := range p.apps {
		if p.apps[n].IsListed {
			list = append(list, p.listed(&p.apps[n], c.storeID))
		}
	}
	return list, nil
}

func (p *Platform) listed(a *api.App, storeID int64) api.MarketplaceApp {
	m := api.MarketplaceApp{AppCard: card(a), Description: a.Description, ClientID: a.ClientID, RedirectURLs: a.RedirectURLs, RequestedScopes: infos(a.RequestedScopes)}
	if i := p.active(a.AppID, storeID); i != nil {
		m.InstallationID = &i.InstallationID
	}
	return m
}

func (p *Platform) marketplaceApp(c call) (any, error) {
	if a := p.app(c.PathValue("slug")); a != nil && bool(a.IsListed) {
		return p.listed(a, c.storeID), nil
	}
	return nil, notFound("The marketplace has no app %q.", c.PathValue("slug"))
}

func (p *Platform) installed(i api.Installation) api.InstalledApp {
	a := p.appByID(i.AppID)
	origin := ""
	if u, err := url.Parse(a.AppURL); err == nil && u.Host != "" {
		origin = u.Scheme + "://" + u.Host
	}
	return api.InstalledApp{Installation: i, App: card(a), AppOrigin: origin, Scopes: infos(i.GrantedScopes)}
}

func (p *Platform) listInstallations(c call) (any, error) {
	list := []api.InstalledApp{}
	for _, i := range p.installations {
		if i.StoreID == c.storeID && i.Status == api.InstallationActive {
			list = append(list, p.installed(i))
		}
	}
	return list, nil
}

func (p *Platform) owned(c call) (*api.Installation, error) {
	for n := range p.installations {
		i := &p.installations[n]
		own := slices.ContainsFunc(c.account.Stores, func(s api.StoreRef) bool { return s.StoreID == i.StoreID })
		if i.InstallationID == c.id("id") && own {
			return i, nil
		}
	}
	return nil, notFound("No installation %s.", c.PathValue("id"))
}

func (p *Platform) getInstallation(c call) (any, error) {
	i, err := p.owned(c)
	if err != nil {
		return nil, err
	}
	return p.installed(*i), nil
}

func (p *Platform) uninstall(c call) (any, error) {
	i, err := p.owned(c)
	if err != nil {
		return nil, err
	}
	if i.Status != api.InstallationActive {
		return nil, refuse(http.StatusConflict, api.CodeConflict, "The app is not installed.")
	}
	at := api.Time{Time: today}
	i.Status, i.UninstalledAt = api.InstallationUninstalled, &at
	before := len(p.subscriptions)
	p.subscriptions = slices.DeleteFunc(p.subscriptions, func(s api.Subscription) bool { return s.AppID != nil && *s.AppID == i.AppID && s.StoreID == i.StoreID })
	p.cancelCharges(i.AppID, i.StoreID)
	p.live.tell(i.StoreID, api.TopicAppUninstalled)
	return api.Uninstalled{Installation: *i, TokensRevoked: 2, SubscriptionsRemoved: before - len(p.subscriptions)}, nil
}

func (p *Platform) embedParams(c call) (any, error) {
	id := int64(c.number("app_id", 0))
	if id == 0 || int(id) > len(p.apps) || p.active(id, c.storeID) == nil {
		return nil, refuse(http.StatusUnauthorized, api.CodeNotInstalled, "The app is not installed on store %d.", c.storeID)
	}
	q := url.Values{"store_id": {fmt.Sprint(c.storeID)}, "host": {"aG9zdA"}, "timestamp": {"1769848200"}, "hmac": {"5f2b"}}
	return api.EmbedParams{IframeURL: p.appByID(id).AppURL + "?" + q.Encode(), SessionToken: "token.first", ExpiresIn: 600, AppName: p.appByID(id).Name}, nil
}

func (p *Platform) sessionToken(c call) (any, error) {
	var in api.SessionTokenRequest
	_ = json.NewDecoder(c.Body).Decode(&in)
	if in.AppID == 0 || p.active(in.AppID, in.StoreID) == nil {
		return nil, refuse(http.StatusUnauthorized, api.CodeNotInstalled, "The app is not installed on store %d.", in.StoreID)
	}
	return api.SessionToken{SessionToken: "token.fresh", ExpiresIn: 600}, nil
}

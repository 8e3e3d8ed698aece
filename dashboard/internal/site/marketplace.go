package site

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
)

func (v *visit) marketplace() error {
	apps, err := v.session.Marketplace(v.r.Context(), v.store.StoreID)
	if err != nil {
		return err
	}
	return v.show("shell/marketplace", "Apps", "apps", apps, policy{})
}

// listing is an app's page in the marketplace.
type listing struct {
	api.MarketplaceApp
	Groups []page.ScopeGroup
	Back   string
}

func (v *visit) marketplaceApp() error {
	app, err := v.session.MarketplaceApp(v.r.Context(), v.store.StoreID, v.text("slug"))
	if err != nil {
		return err
	}
	data := listing{MarketplaceApp: app, Groups: page.GroupScopes(app.RequestedScopes), Back: v.path("/apps/marketplace")}
	// The button's POST is answered by redirects to the platform and back.
	return v.show("shell/listing", app.Name, "apps", data, policy{form: []string{v.PlatformPublicURL}})
}

// install begins the app's authorization as the app itself would.
func (v *visit) install() error {
	app, err := v.session.MarketplaceApp(v.r.Context(), v.store.StoreID, v.text("slug"))
	if err != nil {
		return err
	}
	if len(app.RedirectURLs) == 0 {
		return v.done("danger", app.Name+" cannot be installed: its developer has registered no redirect URL.", v.path("/apps/marketplace/"+url.PathEscape(app.Slug)))
	}
	scopes := make([]string, len(app.RequestedScopes))
	for i, s := range app.RequestedScopes {
		scopes[i] = string(s.Scope)
	}
	return v.authorize(app.ClientID, app.RedirectURLs[0], scopes)
}

// authorize sends the browser to where an app is installed.
func (v *visit) authorize(clientID, redirect string, scopes []string) error {
	query := url.Values{
		"client_id":    {clientID},
		"redirect_uri": {redirect},
		"scope":        {strings.Join(scopes, ",")},
		"state":        {rand.Text()},
		"store_id":     {strconv.FormatInt(v.store.StoreID, 10)},
	}
	http.Redirect(v.w, v.r, v.PlatformPublicURL+"/api/apps/oauth/authorize?"+query.Encode(), http.StatusSeeOther)
	return nil
}

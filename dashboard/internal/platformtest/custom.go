package platformtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
)

// CreateCustomApp makes a custom app of a store, and returns it.
func (p *Platform) CreateCustomApp(storeID int64, name string, scopes ...api.Scope) api.CustomApp {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.makeCustom(storeID, api.App{Name: name, RequestedScopes: scopes}).CustomApp
}

// EndToken lets the access token of a custom app end.
func (p *Platform) EndToken(appID int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tokens[appID] = nil
}

func (p *Platform) makeCustom(storeID int64, a api.App) api.CustomAppCreated {
	a.AppID, a.AppType = int64(len(p.apps)+1), api.AppCustom
	a.Slug = strings.ToLower(strings.ReplaceAll(a.Name, " ", "-"))
	a.ClientID = fmt.Sprintf("sx_app_%d", a.AppID)
	p.apps = append(p.apps, a)
	p.install(&a, storeID, a.RequestedScopes)
	ends := api.Time{Time: today.AddDate(1, 0, 0)}
	p.tokens[a.AppID] = &ends
	return api.CustomAppCreated{CustomApp: p.describe(&a, storeID), AccessToken: p.secret("sx_at_"), ClientSecret: p.secret("sx_secret_"), WebhookSigningSecret: p.secret("whsec_")}
}

// secret is another one each time.
func (p *Platform) secret(prefix string) string {
	p.secrets++
	return fmt.Sprintf("%s%032d", prefix, p.secrets)
}

func (p *Platform) describe(a *api.App, storeID int64) api.CustomApp {
	i := p.active(a.AppID, storeID)
	return api.CustomApp{
		AppID: a.AppID, AppType: a.AppType, StoreID: storeID, InstallationID: i.InstallationID, Name: a.Name, Slug: a.Slug, Description: a.Description,
		Scopes: i.GrantedScopes, ClientID: a.ClientID, TokenExpiresAt: p.tokens[a.AppID], CreatedAt: i.InstalledAt, UpdatedAt: i.UpdatedAt,
	}
}

func (p *Platform) listCustom(c call) (any, error) {
	var list []api.CustomApp
	for n := range p.apps {
		if a := &p.apps[n]; a.AppType == api.AppCustom && p.active(a.AppID, c.storeID) != nil {
			list = append(list, p.describe(a, c.storeID))
		}
	}
	return page(c, list)
}

// custom is the app that the path names.
func (p *Platform) custom(c call) (*api.App, error) {
	id := c.id("app_id")
	if id < 1 || int(id) > len(p.apps) || p.appByID(id).AppType != api.AppCustom || p.active(id, c.storeID) == nil {
		return nil, notFound("No custom app %s.", c.PathValue("app_id"))
	}
	return p.appByID(id), nil
}

func (p *Platform) getCustom(c call) (any, error) {
	a, err := p.custom(c)
	if err != nil {
		return nil, err
	}
	return p.describe(a, c.storeID), nil
}

// write reads the input into an app, or refuses it as the platform does.
func write(c call, a *api.App) error {
	var in api.CustomAppInput
	if err := json.NewDecoder(c.Body).Decode(&in); err != nil {
		return err
	}
	var names []string
	in.Name.Into(&a.Name)
	in.Description.Into(&a.Description)
	in.Scopes.Into(&names)
	var unknown []string
	a.RequestedScopes, unknown = api.NewScopeSet(names)
	r := &refusal{Status: http.StatusBadRequest, Code: api.CodeValidation, Message: "The input is not valid.", RequestID: "req_test"}
	if n := utf8.RuneCountInString(a.Name); n < 3 || n > 255 {
		r.Errors = append(r.Errors, api.FieldError{Field: "name", Message: "must have 3 to 255 characters"})
	}
	if utf8.RuneCountInString(a.Description) > 10_000 {
		r.Errors = append(r.Errors, api.FieldError{Field: "description", Message: "must have at most 10000 characters"})
	}
	switch {
	case len(unknown) > 0:
		r.Errors = append(r.Errors, api.FieldError{Field: "scopes", Message: "must be known scopes"})
	case len(names) == 0:
		r.Errors = append(r.Errors, api.FieldError{Field: "scopes", Message: "must name at least one scope, such as read:orders"})
	case slices.Contains(a.RequestedScopes, api.Billing):
		r.Errors = append(r.Errors, api.FieldError{Field: "scopes", Message: "must not have billing: a custom app charges nobody"})
	}
	if r.Errors != nil {
		return r
	}
	return nil
}

func (p *Platform) createCustom(c call) (any, error) {
	var a api.App
	if err := write(c, &a); err != nil {
		return nil, err
	}
	return p.makeCustom(c.storeID, a), nil
}

func (p *Platform) updateCustom(c call) (any, error) {
	a, err := p.custom(c)
	if err != nil {
		return nil, err
	}
	changed := *a
	if err := write(c, &changed); err != nil {
		return nil, err
	}
	*a = changed
	p.active(a.AppID, c.storeID).GrantedScopes = a.RequestedScopes
	return p.describe(a, c.storeID), nil
}

func (p *Platform) regenerateToken(c call) (any, error) {
	a, err := p.custom(c)
	if err != nil {
		return nil, err
	}
	ends := api.Time{Time: today.AddDate(1, 0, 0)}
	p.tokens[a.AppID] = &ends
	return api.CustomAppToken{AccessToken: p.secret("sx_at_"), ExpiresAt: ends}, nil
}

func (p *Platform) rotateSecret(c call) (any, error) {
	a, err := p.custom(c)
	if err != nil {
		return nil, err
	}
	return api.RotatedSecret{ClientID: a.ClientID, ClientSecret: p.secret("sx_secret_")}, nil
}

func (p *Platform) deleteCustom(c call) (any, error) {
	a, err := p.custom(c)
	if err != nil {
		return nil, err
	}
	c.SetPathValue("id", fmt.Sprint(p.active(a.AppID, c.storeID).InstallationID))
	return p.uninstall(c)
}

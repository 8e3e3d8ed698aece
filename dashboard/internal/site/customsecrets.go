package site

import (
	"cmp"
	"fmt"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
)

// secrets is the page that shows an app's secrets, this once.
type secrets struct {
	Title   string
	Intro   string
	Rows    []secret
	Example string // a call with the secrets, "" where no scope reads
	Env     string // the secrets as the lines of an .env file, "" where no program reads them so
	Section string // of the navigation
	Back    string
	Name    string
}

// secret is one row; the id is its hook and its place on the page.
type secret struct {
	ID, Label, Value, Note string
	Until                  *api.Time
}

func (v *visit) newSecrets(c api.CustomAppCreated) secrets {
	return secrets{
		Title: c.Name + " is created", Intro: "It is installed on " + v.store.Name + " and may be used at once.",
		Name: c.Name, Back: v.customPath(c.AppID), Example: v.bearerCall(c.CustomApp, c.AccessToken),
		Rows: []secret{
			{"access-token", "Access token", c.AccessToken, "Send it as a Bearer token. It is valid for one year.", c.TokenExpiresAt},
			{"client-id", "Client id", c.ClientID, "Not a secret. It goes with the client secret.", nil},
			{"client-secret", "Client secret", c.ClientSecret, "Calls the API without a token, as X-Client-Secret. It does not expire.", nil},
			{"webhook-secret", "Webhook secret", c.WebhookSigningSecret, "Verifies that a webhook comes from the platform.", nil},
		},
	}
}

func (v *visit) regenerateToken() error {
	return v.replace(func(app api.CustomApp) (secrets, error) {
		t, err := v.session.RegenerateToken(v.r.Context(), v.store.StoreID, app.AppID)
		return secrets{
			Title: "New access token", Intro: "The token before it has ended. Calls with it are refused.",
			Rows:    []secret{{"access-token", "Access token", t.AccessToken, "Send it as a Bearer token. It is valid for one year.", &t.ExpiresAt}},
			Example: v.bearerCall(app, t.AccessToken),
		}, err
	})
}

func (v *visit) rotateSecret() error {
	return v.replace(func(app api.CustomApp) (secrets, error) {
		c, err := v.session.RotateSecret(v.r.Context(), v.store.StoreID, app.AppID)
		return secrets{
			Title: "New client secret", Intro: "The secret before it has ended. Calls with it are refused. Access tokens go on.",
			Rows: []secret{
				{"client-id", "Client id", c.ClientID, "Not a secret. It is the same as before.", nil},
				{"client-secret", "Client secret", c.ClientSecret, "Calls the API without a token, as X-Client-Secret. It does not expire.", nil},
			},
			Example: v.call(app, fmt.Sprintf("-H 'X-Client-Id: %s' \\\n  -H 'X-Client-Secret: %s' \\\n  -H 'X-Store-Id: %d'", c.ClientID, c.ClientSecret, v.store.StoreID)),
		}, err
	})
}

// replace shows what follows a secret, unless the form is sent a second time:
// that would end the secret which was just saved.
func (v *visit) replace(next func(api.CustomApp) (secrets, error)) error {
	app, err := v.findCustom()
	if err != nil {
		return err
	}
	if !v.cookies.IsOnce(v.r, v.r.PostFormValue("once")) {
		return v.done("info", "Nothing was replaced: the form was sent already, and what it made was shown once.", v.customPath(app.AppID))
	}
	made, err := next(app)
	if err != nil {
		return err
	}
	made.Name, made.Back = app.Name, v.customPath(app.AppID)
	return v.showSecrets(made)
}

func (v *visit) showSecrets(s secrets) error {
	v.cookies.UseOnce(v.w)
	return v.answer(http.StatusOK, "shell/custom-secrets", s.Title, cmp.Or(s.Section, "settings"), s, policy{})
}

func (v *visit) bearerCall(app api.CustomApp, token string) string {
	return v.call(app, "-H 'Authorization: Bearer "+token+"'")
}

// readable are the lists that a scope opens, what people know best first.
var readable = []struct {
	scope api.Scope
	path  string
}{
	{api.ReadOrders, "orders"}, {api.ReadProducts, "products"}, {api.ReadCustomers, "customers"}, {api.ReadInventory, "inventory"}, {api.ReadDiscounts, "discounts"},
}

// call is a command that reads something the app may see.
func (v *visit) call(app api.CustomApp, headers string) string {
	for _, list := range readable {
		if app.Scopes.Allows(list.scope) {
			return fmt.Sprintf("curl '%s/api/apps/v1/%s?limit=1' \\\n  %s", v.PlatformPublicURL, list.path, headers)
		}
	}
	return ""
}

package site

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// Variables that apps read their credentials from, here as in production.
const (
	envAPI           = "SELORAX_API_URL"
	envClientID      = "SELORAX_CLIENT_ID"
	envClientSecret  = "SELORAX_CLIENT_SECRET"
	envSigningKey    = "SESSION_SIGNING_KEY"
	envWebhookSecret = "WEBHOOK_SIGNING_SECRET"
)

// env writes the lines of an .env file of names and values in turn.
func env(pairs ...string) string {
	var b strings.Builder
	for n := 0; n+1 < len(pairs); n += 2 {
		b.WriteString(pairs[n] + "=" + pairs[n+1] + "\n")
	}
	return b.String()
}

// programsURL is where programs of this machine reach the platform's API. Most
// languages do not resolve names below localhost, which browsers do.
func (s *site) programsURL() string {
	u, err := url.Parse(s.PlatformPublicURL)
	if err != nil || !strings.HasSuffix(u.Hostname(), ".localhost") {
		return s.PlatformPublicURL + "/api"
	}
	u.Host = strings.TrimSuffix("localhost:"+u.Port(), ":")
	return u.String() + "/api"
}

func (v *visit) registered(a api.RegisteredApp) secrets {
	return secrets{
		Title: a.Name + " is created", Intro: "It is a draft: you may install it on any store by its own address, and submit it for review when it works.",
		Name: a.Name, Back: v.portalPath(a.AppID), Section: "portal",
		Env: env(envAPI, v.programsURL(), envClientID, a.ClientID, envClientSecret, a.ClientSecret,
			envSigningKey, a.SessionSigningKey, envWebhookSecret, a.WebhookSigningSecret),
		Rows: []secret{
			{"client-id", "Client id", a.ClientID, "Not a secret. It names the app in every call.", nil},
			{"client-secret", "Client secret", a.ClientSecret, "Trades the code of an installation for tokens, and calls the API by itself. It does not expire.", nil},
			{"signing-key", "Session signing key", a.SessionSigningKey, "Verifies session tokens and the address of the frame. Use its 64 characters as they stand.", nil},
			{"webhook-secret", "Webhook secret", a.WebhookSigningSecret, "Verifies that a delivery comes from the platform.", nil},
		},
	}
}

// credentials shows what an app identifies itself by, without its secrets.
func (v *visit) credentials() error {
	app, err := v.ownApp()
	if err != nil {
		return err
	}
	d := v.portalData(app, "/credentials")
	d.Once = v.cookies.Once(v.w, v.r)
	return v.show("shell/portal-credentials", app.Name, "portal", d, policy{})
}

func (v *visit) rotateClientSecret() error {
	return v.rotated(func(app api.PortalApp) (secrets, error) {
		c, err := v.session.RotateClientSecret(v.r.Context(), app.AppID)
		return secrets{
			Title: "New client secret", Intro: "The secret before it has ended, with no time in between: calls with it are refused. Access tokens go on.",
			Rows: []secret{
				{"client-id", "Client id", c.ClientID, "Not a secret. It is the same as before.", nil},
				{"client-secret", "Client secret", c.ClientSecret, "Trades the code of an installation for tokens, and calls the API by itself. It does not expire.", nil},
			},
			Env: env(envClientSecret, c.ClientSecret),
		}, err
	})
}

func (v *visit) generateKey() error {
	return v.rotated(func(app api.PortalApp) (secrets, error) {
		k, err := v.session.GenerateSigningKey(v.r.Context(), app.AppID)
		return secrets{
			Title: "New session signing key", Intro: "The key before it has ended, with no time in between: frames that are open have to be loaded again.",
			Rows: []secret{{"signing-key", "Session signing key", k.SessionSigningKey, "Verifies session tokens and the address of the frame. Use its 64 characters as they stand.", nil}},
			Env:  env(envSigningKey, k.SessionSigningKey),
		}, err
	})
}

func (v *visit) rotateAppWebhook() error {
	return v.rotated(func(app api.PortalApp) (secrets, error) {
		next, err := v.session.RotateAppWebhookSecret(v.r.Context(), app.AppID, v.r.PostFormValue("immediate") != "")
		s := secrets{
			Title: "New webhook secret", Intro: "The secret before it has ended. Deliveries are signed with this one from now on.",
			Rows: []secret{{"webhook-secret", "Webhook secret", next.WebhookSigningSecret, "Verifies that a delivery comes from the platform.", nil}},
			Env:  env(envWebhookSecret, next.WebhookSigningSecret),
		}
		if next.ActivatesAt != nil {
			s.Env = "" // a program that knows it alone takes the deliveries until then for forged
			s.Intro = "It becomes the current secret on " + page.Instant(*next.ActivatesAt) + ". Until then every delivery carries two signatures: " +
				"X-SeloraX-Signature of the current secret, and X-SeloraX-Signature-Next of this one."
		}
		return s, err
	})
}

// rotated shows what follows a secret, unless the form is sent a second time:
// that would end the secret which was just saved.
func (v *visit) rotated(next func(api.PortalApp) (secrets, error)) error {
	app, err := v.ownApp()
	if err != nil {
		return err
	}
	back := v.portalPath(app.AppID) + "/credentials"
	if !v.cookies.IsOnce(v.r, v.r.PostFormValue("once")) {
		return v.done("info", "Nothing was replaced: the form was sent already, and what it made was shown once.", back)
	}
	made, err := next(app)
	if err != nil {
		return err
	}
	made.Name, made.Back, made.Section = app.Name, back, "portal"
	return v.showSecrets(made)
}

// activateAppWebhook makes the next webhook secret the current one before its
// time.
func (v *visit) activateAppWebhook() error {
	app, err := v.ownApp()
	if err != nil {
		return err
	}
	back := v.portalPath(app.AppID) + "/credentials"
	_, err = v.session.ActivateAppWebhookSecret(v.r.Context(), app.AppID)
	switch {
	case platform.IsStatus(err, http.StatusConflict):
		return v.done("info", "No webhook secret waits: the next one is the current one already.", back)
	case err != nil:
		return err
	}
	return v.done("success", "The next webhook secret is the current one. The one before it has ended.", back)
}

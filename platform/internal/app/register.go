package app

import (
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/id"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/secret"
)

// Registration is an app that a developer asks for.
type Registration struct {
	OwnerID       *int64
	DeveloperName string // when the input names none
	Input         api.AppInput
	Approved      bool // without a review
}

// Register adds an app and returns it with its credentials, which are in plain
// text this once.
func (a Apps) Register(tx *db.Tx, in Registration) (app api.App, c Credentials, err error) {
	app = defaults()
	if app.DeveloperName = in.DeveloperName; in.Approved {
		app.ReviewStatus = api.ReviewApproved
	}
	if app.Slug, err = registeredSlug(tx, in.Input); err != nil {
		return app, c, err
	}
	a.change(&app, in.Input)
	if err := check(app, in.Input); err != nil {
		return app, c, err
	}
	c = NewCredentials()
	appID, err := Insert(tx, a.Box, New{App: app, OwnerID: in.OwnerID, Credentials: c})
	if err != nil {
		return app, c, err
	}
	app, err = a.Get(tx, appID)
	return app, c, err
}

// registeredSlug is the slug that was asked for, or else one made of the name.
func registeredSlug(tx *db.Tx, in api.AppInput) (string, error) {
	slug := valueOf(in.Slug)
	switch {
	case slug == "":
		return freeSlug(tx, slugOf(valueOf(in.Name)))
	case !slugs.MatchString(slug):
		return "", problem.Invalid("slug", "must have 2 to 63 lower-case letters and digits, with hyphens between them")
	case slices.Contains(reservedSlugs, slug):
		return "", problem.Invalid("slug", "must not be one of the platform's own words: %s", strings.Join(reservedSlugs, ", "))
	}
	return slug, claimSlug(tx, slug)
}

// NewCredentials makes the credentials of an app.
func NewCredentials() Credentials {
	return Credentials{
		ClientID: api.PrefixClientID + id.Hex(16), ClientSecret: secret.New(api.PrefixClientSecret),
		SessionSigningKey: id.Hex(32), WebhookSecret: secret.New(api.PrefixWebhookSecret),
	}
}

// Secrets are the credentials as they are answered, beside the client id.
func (c Credentials) Secrets() api.AppSecrets {
	return api.AppSecrets{ClientSecret: c.ClientSecret, SessionSigningKey: c.SessionSigningKey, WebhookSigningSecret: c.WebhookSecret}
}

package app

import (
	"net/url"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/secret"
)

// Apps answers questions about apps within a caller's transaction.
type Apps struct {
	Box *secret.Box
	// PublicURL is put in front of icons that are paths.
	PublicURL string
}

// Purposes under which an app's keys are sealed.
const (
	sealSigningKey    = "app.signing_key"
	sealWebhookSecret = "app.webhook_secret"
)

// Credentials are an app's secrets in plain text, as its developer holds them.
type Credentials struct {
	ClientID          string
	ClientSecret      string
	SessionSigningKey string
	WebhookSecret     string
}

// New is an app to register. Its identity and times are set by Insert.
type New struct {
	App         api.App
	OwnerID     *int64 // nil: the platform's own
	StoreID     *int64 // the one store of a custom app
	Credentials Credentials
}

// Insert registers an app and returns its id.
func Insert(tx *db.Tx, box *secret.Box, in New) (int64, error) {
	return insert(tx, in, secret.Hash(in.Credentials.ClientSecret),
		box.Seal(sealSigningKey, in.Credentials.SessionSigningKey), box.Seal(sealWebhookSecret, in.Credentials.WebhookSecret))
}

// Get returns an app that has not been deleted, or db.ErrNoRows.
func (a Apps) Get(tx *db.Tx, id int64) (api.App, error) {
	return a.shown(byID(tx, id))
}

// Record returns an app whether or not it has been deleted, for what outlives
// it: its last deliveries, installations that have ended.
func (a Apps) Record(tx *db.Tx, id int64) (api.App, error) {
	return a.shown(anyByID(tx, id))
}

// ByClientID returns an app that has not been deleted, or db.ErrNoRows.
func (a Apps) ByClientID(tx *db.Tx, clientID string) (api.App, error) {
	return a.shown(byClientID(tx, clientID))
}

// BySlug returns an app of the platform that has not been deleted, or
// db.ErrNoRows.
func (a Apps) BySlug(tx *db.Tx, slug string) (api.App, error) {
	return a.shown(bySlug(tx, slug))
}

// All returns every app that has not been deleted, by id, without those that
// merchants made.
func (a Apps) All(tx *db.Tx) ([]api.App, error) {
	return a.shownAll(all(tx))
}

// Listed returns the apps of the marketplace by name.
func (a Apps) Listed(tx *db.Tx) ([]api.App, error) {
	return a.shownAll(listed(tx))
}

func (a Apps) shownAll(apps []api.App, err error) ([]api.App, error) {
	for i := range apps {
		apps[i], _ = a.shown(apps[i], nil)
	}
	return apps, err
}

// shown is a record as it is answered: with the URL of its icon, and listed
// only while it is approved.
func (a Apps) shown(app api.App, err error) (api.App, error) {
	app.Icon = a.absolute(app.Icon)
	app.IsListed = app.IsListed && app.ReviewStatus == api.ReviewApproved
	return app, err
}

func (a Apps) absolute(icon string) string {
	if strings.HasPrefix(icon, "/") {
		return a.PublicURL + icon
	}
	return icon
}

// SecretMatches reports whether a client secret is the app's, in constant
// time.
func SecretMatches(tx *db.Tx, appID int64, clientSecret string) (bool, error) {
	hash, err := clientSecretHash(tx, appID)
	return err == nil && secret.Matches(clientSecret, hash), err
}

// SigningKey returns the key of an app's session tokens and frame URLs: 64
// characters, used as they are, not decoded.
func SigningKey(tx *db.Tx, box *secret.Box, appID int64) (string, error) {
	sealed, err := sealedKey(tx, appID, "signing_key")
	if err != nil {
		return "", err
	}
	return box.Open(sealSigningKey, sealed)
}

// WebhookSecret returns the secret that signs deliveries of the subscriptions
// made by or for the app, in every store.
func WebhookSecret(tx *db.Tx, box *secret.Box, appID int64) (string, error) {
	sealed, err := sealedKey(tx, appID, "webhook_secret")
	if err != nil {
		return "", err
	}
	return box.Open(sealWebhookSecret, sealed)
}

// CheckKey reports whether the box opens what is stored, so that a key file of
// another database is noticed at start and not at the first signature.
func CheckKey(tx *db.Tx, box *secret.Box) error {
	sealed, err := anySigningKey(tx)
	if db.IsNone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = box.Open(sealSigningKey, sealed)
	return err
}

// Card returns what a merchant sees of an app.
func Card(a api.App) api.AppCard {
	return api.AppCard{
		AppID: a.AppID, AppType: a.AppType, Name: a.Name, Slug: a.Slug, Icon: a.Icon, ShortDescription: a.ShortDescription,
		DeveloperName: a.DeveloperName, Category: a.Category, PricingType: a.PricingType,
	}
}

// Origin returns the origin of the app's pages, the only one the dashboard
// takes messages from; empty for an app without pages.
func Origin(a api.App) string {
	u, err := url.Parse(a.AppURL)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// ScopeInfos describes scopes to a merchant.
func ScopeInfos(set api.ScopeSet) []api.ScopeInfo {
	infos := []api.ScopeInfo{}
	for _, info := range api.Scopes() {
		for _, s := range set {
			if s == info.Scope {
				infos = append(infos, info)
			}
		}
	}
	return infos
}

// Package apptest gives tests a store, an account and apps to work with.
package apptest

import (
	"fmt"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/id"
	"github.com/selorax/sandbox/platform/internal/secret"
)

// Ids of the records that Seed makes.
const (
	StoreID   int64 = 22
	OtherID   int64 = 24 // another merchant's store
	AccountID int64 = 1
)

// Box returns a box of a fixed key.
func Box(t testing.TB) *secret.Box {
	t.Helper()
	box, err := secret.NewBox(make([]byte, secret.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	return box
}

// Seed makes two stores and an account.
func Seed(t testing.TB, d *db.DB) {
	t.Helper()
	for storeID, name := range map[int64]string{StoreID: "FloristBD", OtherID: "Nakshi Crafts"} {
		dbtest.Exec(t, d, `INSERT INTO store (id, name, email, phone, currency, domain, language, created_ms, updated_ms)
			VALUES ($1, $2, 's@example.com', '01700000000', 'BDT', $3, 'en', 1, 1)`, storeID, name, fmt.Sprintf("%d.example", storeID))
	}
	dbtest.Exec(t, d, `INSERT INTO account (id, name, email, password_hash, roles, created_ms)
		VALUES ($1, 'Merchant', 'm@example.com', 'x', 'merchant', 1)`, AccountID)
}

// Register registers an app that asks for the scopes and receives webhooks at
// receiveURL, which may be empty. It returns the app with its credentials.
func Register(t testing.TB, d *db.DB, slug, receiveURL string, scopes ...api.Scope) (api.App, app.Credentials) {
	t.Helper()
	credentials := app.Credentials{
		ClientID: api.PrefixClientID + id.Hex(16), ClientSecret: secret.New(api.PrefixClientSecret),
		SessionSigningKey: id.Hex(32), WebhookSecret: secret.New(api.PrefixWebhookSecret),
	}
	a := api.App{
		AppType: "platform", Name: "App " + slug, Slug: slug, Icon: "/media/apps/" + slug + ".svg",
		AppURL: "http://" + slug + ".localhost:5010/app", RedirectURLs: []string{"http://" + slug + ".localhost:5010/oauth/callback"},
		RequestedScopes: scopes, WebhookTopics: []string{api.TopicOrderStatusChanged, api.TopicAppUninstalled},
		PricingType: "free", FeePayer: "developer", CommissionRate: 0.2, ReviewStatus: "approved", IsListed: true, IsActive: true,
	}
	if receiveURL != "" {
		a.WebhookReceiveURL = &receiveURL
	}
	err := d.Write(t.Context(), func(tx *db.Tx) (err error) {
		box := Box(t)
		if a.AppID, err = app.Insert(tx, box, app.New{App: a, Credentials: credentials}); err != nil {
			return err
		}
		a, err = app.Apps{Box: box, PublicURL: "http://api.selorax.localhost"}.Get(tx, a.AppID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return a, credentials
}

// Install makes an active installation with the scopes and returns its id.
func Install(t testing.TB, d *db.DB, appID, storeID int64, scopes ...api.Scope) int64 {
	t.Helper()
	var installationID int64
	err := d.Write(t.Context(), func(tx *db.Tx) (err error) {
		installationID, err = db.One(tx, db.Value[int64], `INSERT INTO installation
			(app_id, store_id, status, granted_scopes, installed_by, installed_ms, updated_ms)
			VALUES ($1, $2, 'active', $3, $4, 1, 1) RETURNING id`, appID, storeID, api.ScopeSet(scopes).String(), AccountID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return installationID
}

package app

import (
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

// CustomScopes are those that a custom app may have: all but billing, which
// needs a developer to be paid.
func CustomScopes() api.ScopeSet {
	var set api.ScopeSet
	for _, info := range api.Scopes() {
		if info.Scope != api.Billing {
			set = append(set, info.Scope)
		}
	}
	return set
}

// RegisterCustom adds a custom app of a store and returns it with its
// credentials, which are in plain text this once.
func (a Apps) RegisterCustom(tx *db.Tx, storeID int64, in api.CustomAppInput) (app api.App, c Credentials, err error) {
	app = defaults()
	app.AppType, app.ReviewStatus, app.Category = api.AppCustom, api.ReviewApproved, "Custom"
	if err := a.changeCustom(&app, in); err != nil {
		return app, c, err
	}
	if app.Slug, err = freeSlug(tx, slugOf(app.Name)); err != nil {
		return app, c, err
	}
	a.settleIcon(&app)
	c = NewCredentials()
	appID, err := Insert(tx, a.Box, New{App: app, StoreID: &storeID, Credentials: c})
	if err != nil {
		return app, c, err
	}
	app, err = a.Get(tx, appID)
	return app, c, err
}

// UpdateCustom changes the fields that were given of a custom app.
func (a Apps) UpdateCustom(tx *db.Tx, storeID, appID int64, in api.CustomAppInput) (api.App, error) {
	app, err := customByID(tx, storeID, appID)
	if err != nil {
		return app, err
	}
	if err := a.changeCustom(&app, in); err != nil {
		return app, err
	}
	if err := update(tx, app); err != nil {
		return app, err
	}
	return a.Get(tx, appID)
}

// Custom returns a custom app of a store, or db.ErrNoRows.
func (a Apps) Custom(tx *db.Tx, storeID, appID int64) (api.App, error) {
	return a.shown(customByID(tx, storeID, appID))
}

// CustomOf returns the custom apps of a store by name.
func (a Apps) CustomOf(tx *db.Tx, storeID int64) ([]api.App, error) {
	return a.shownAll(customOf(tx, storeID))
}

func (a Apps) changeCustom(app *api.App, in api.CustomAppInput) error {
	in.Name.Into(&app.Name)
	in.Description.Into(&app.Description)
	app.Name, app.Description = strings.TrimSpace(app.Name), strings.TrimSpace(app.Description)
	if in.Scopes.Given {
		app.RequestedScopes, _ = api.NewScopeSet(valueOf(in.Scopes))
	}
	var c complaints
	c.texts(*app)
	c.unknownScopes("scopes", valueOf(in.Scopes))
	c.Require(!slices.Contains(app.RequestedScopes, api.Billing), "scopes", "must not have billing: a custom app charges nobody")
	c.Require(len(app.RequestedScopes) > 0 || len(valueOf(in.Scopes)) > 0, "scopes", "must name at least one scope, such as read:orders")
	return c.Err()
}

func customByID(tx *db.Tx, storeID, appID int64) (api.App, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM app
		WHERE id = $1 AND store_id = $2 AND app_type = 'custom' AND deleted_ms IS NULL`, appID, storeID)
}

func customOf(tx *db.Tx, storeID int64) ([]api.App, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM app
		WHERE store_id = $1 AND app_type = 'custom' AND deleted_ms IS NULL ORDER BY name, id`, storeID)
}

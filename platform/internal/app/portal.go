package app

import (
	"fmt"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/timer"
)

// Portal serves the developer portal: developers register apps, change them
// and take them through review. In the sandbox every developer may review.
type Portal struct {
	DB     *db.DB
	Apps   Apps
	Writes idempotency.Writes
	Timer  *timer.Timer
}

// Hold keeps others from changing, deleting or installing an app until the
// transaction ends. Whoever installs holds it first and then looks at it.
func Hold(tx *db.Tx, appID int64) error { return tx.Exclusive(fmt.Sprintf("app %d", appID)) }

// Held holds an app and returns it, or db.ErrNoRows when it has been deleted.
func (a Apps) Held(tx *db.Tx, appID int64) (api.App, error) {
	if err := Hold(tx, appID); err != nil {
		return api.App{}, err
	}
	return a.Get(tx, appID)
}

// visible returns an app that the user may see: their own, and whatever has
// been submitted for review once.
func (p *Portal) visible(tx *db.Tx, userID, appID int64) (api.PortalApp, error) {
	row, err := portalApp(tx, appID)
	if db.IsNone(err) || err == nil && !row.ownedBy(userID) && row.app.ReviewStatus == api.ReviewDraft {
		return api.PortalApp{}, notFound(appID)
	}
	if err != nil {
		return api.PortalApp{}, err
	}
	return p.show(row, userID), nil
}

// own returns an app of the user's, as it is stored, and holds it.
func (p *Portal) own(tx *db.Tx, userID, appID int64) (portalRow, error) {
	if err := Hold(tx, appID); err != nil {
		return portalRow{}, err
	}
	row, err := portalApp(tx, appID)
	if db.IsNone(err) || err == nil && !row.ownedBy(userID) {
		return row, notFound(appID)
	}
	return row, err
}

func notFound(appID int64) error {
	return problem.New(http.StatusNotFound, api.CodeNotFound, "No app %d that you may see.", appID)
}

// show is a row as it is answered to a user.
func (p *Portal) show(row portalRow, userID int64) api.PortalApp {
	out := api.PortalApp{
		Owned: api.Flag(row.ownedBy(userID)), Installations: row.installations, SubmittedAt: api.AtOrNil(row.submittedMS),
		ReviewedAt: api.AtOrNil(row.reviewedMS), WebhookSecretChangesAt: api.AtOrNil(row.nextWebhookMS),
	}
	out.App, _ = p.Apps.shown(row.app, nil)
	if row.note != "" {
		out.ReviewNote = &row.note
	}
	return out
}

// Own returns an app of the user's. Of others there is none.
func Own(tx *db.Tx, userID, appID int64) (api.App, error) {
	row, err := portalApp(tx, appID)
	if db.IsNone(err) || err == nil && !row.ownedBy(userID) {
		return api.App{}, notFound(appID)
	}
	return row.app, err
}

package app

import (
	"fmt"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// create registers an app of the user's.
func (p *Portal) create(tx *db.Tx, caller web.Caller, in api.AppInput) (out api.RegisteredApp, err error) {
	a, c, err := p.Apps.Register(tx, Registration{OwnerID: &caller.UserID, DeveloperName: caller.Name, Input: in})
	if err != nil {
		return out, err
	}
	out.AppSecrets = c.Secrets()
	out.PortalApp, err = p.visible(tx, caller.UserID, a.AppID)
	return out, err
}

// update changes the fields that were given. Topics and addresses hold from
// the next install on; a granted scope stays granted until the merchant
// consents again.
func (p *Portal) update(tx *db.Tx, userID, appID int64, in api.AppInput) (api.PortalApp, error) {
	row, err := p.own(tx, userID, appID)
	if err != nil {
		return api.PortalApp{}, err
	}
	if slug := valueOf(in.Slug); in.Slug.Given && slug != row.app.Slug {
		return api.PortalApp{}, problem.Invalid("slug", "cannot be changed: it stays %s", row.app.Slug)
	}
	p.Apps.change(&row.app, in)
	if err := check(row.app, in); err != nil {
		return api.PortalApp{}, err
	}
	if err := update(tx, row.app); err != nil {
		return api.PortalApp{}, err
	}
	return p.visible(tx, userID, appID)
}

// remove deletes an app that no store has. Its row stays, since events and
// installations that have ended name it, and so does its slug.
func (p *Portal) remove(tx *db.Tx, userID, appID int64) (api.Deleted, error) {
	row, err := p.own(tx, userID, appID)
	if err != nil {
		return api.Deleted{}, err
	}
	if row.installations > 0 {
		return api.Deleted{}, problem.Conflict("The app is installed on %s; it can be deleted once it is uninstalled there.", stores(row.installations))
	}
	return api.Deleted{ID: appID}, markDeleted(tx, appID)
}

// submit puts an app of the user's into the review queue.
func (p *Portal) submit(tx *db.Tx, userID, appID int64) (api.PortalApp, error) {
	row, err := p.own(tx, userID, appID)
	if err != nil {
		return api.PortalApp{}, err
	}
	return p.move(tx, userID, row, api.ReviewInReview, row.note)
}

// review records what a reviewer decided. They see every app but the drafts of
// others.
func (p *Portal) review(tx *db.Tx, userID, appID int64, in api.ReviewDecision) (api.PortalApp, error) {
	to, err := target(in)
	if err != nil {
		return api.PortalApp{}, err
	}
	if _, err := p.visible(tx, userID, appID); err != nil {
		return api.PortalApp{}, err
	}
	row, err := portalApp(tx, appID)
	if err != nil {
		return api.PortalApp{}, err
	}
	return p.move(tx, userID, row, to, in.Note)
}

// move takes the review of an app to another state. A suspended app is not
// active: its credentials answer 401 and its frame is closed.
func (p *Portal) move(tx *db.Tx, userID int64, row portalRow, to, note string) (api.PortalApp, error) {
	if err := checkMove(row.app.ReviewStatus, to); err != nil {
		return api.PortalApp{}, err
	}
	moved, err := moveReview(tx, row.app.AppID, row.app.ReviewStatus, to, note)
	if err == nil && !moved {
		err = problem.Conflict("Somebody else moved the review of this app just now. Look at it again.")
	}
	if err != nil {
		return api.PortalApp{}, err
	}
	return p.visible(tx, userID, row.app.AppID)
}

// stores is a number of stores in words.
func stores(n int) string {
	if n == 1 {
		return "1 store"
	}
	return fmt.Sprintf("%d stores", n)
}

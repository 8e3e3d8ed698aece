package app

import (
	"net/http"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Routes registers the portal. It comes after everything below /api/apps, whose
// words {app_id} would take for an id. Answers with secrets are never kept, so
// an Idempotency-Key does not repeat them.
func (p *Portal) Routes(r *web.Router) {
	const one = "/api/apps/{app_id}"
	for _, route := range []struct {
		method, path string
		handler      web.Handler
	}{
		{http.MethodGet, "/api/apps", p.serveList(everyone)},
		{http.MethodGet, "/api/apps/development", p.serveList(mine)},
		{http.MethodGet, "/api/apps/review", p.serveList(queued)},
		{http.MethodPost, "/api/apps", p.serveCreate},
		{http.MethodGet, one, p.serveGet},
		{http.MethodPut, one, p.serveUpdate},
		{http.MethodDelete, one, p.serveRemove},
		{http.MethodPost, one + "/submit-for-review", p.serveSubmit},
		{http.MethodPost, one + "/review", p.serveReview},
		{http.MethodPost, one + "/rotate-secret", p.serveRotateSecret},
		{http.MethodPost, one + "/generate-signing-key", p.serveRotateKey},
		{http.MethodPost, one + "/rotate-webhook-secret", p.serveRotateWebhookSecret},
		{http.MethodPost, one + "/activate-webhook-secret", p.serveActivateWebhookSecret},
	} {
		r.ForUser(route.method, route.path, web.ForDeveloper("The developer portal is", route.handler))
	}
}

// everyone adds the condition of what a user may come across: listed apps and
// their own.
func everyone(w *db.Where, userID int64) {
	w.And("(owner_id = ? OR review_status = 'approved' AND is_listed = 1 AND is_active = 1)", userID)
}

// mine adds the condition of the user's own apps.
func mine(w *db.Where, userID int64) { w.And("owner_id = ?", userID) }

// queued adds the condition of apps that wait for a reviewer.
func queued(w *db.Where, _ int64) { w.And("review_status = 'in_review'") }

func (p *Portal) serveList(which func(*db.Where, int64)) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		q := web.QueryOf(r)
		page, category, search := q.Page(), q.Text("category"), strings.ToLower(q.Text("search"))
		if err := q.Err(); err != nil {
			return err
		}
		userID := web.CallerOf(r).UserID
		var where db.Where
		where.And(inPortal)
		which(&where, userID)
		if category != "" {
			where.And("LOWER(category) = ?", strings.ToLower(category))
		}
		if search != "" {
			where.AndContains(search, "LOWER(name)", "slug", "LOWER(short_description)", "LOWER(developer_name)")
		}
		apps, total := []api.PortalApp{}, 0
		err := p.DB.Read(r.Context(), func(tx *db.Tx) error {
			rows, n, err := portalPage(tx, &where, db.Page{Sort: "name", Limit: page.Limit, Offset: page.Offset()})
			for _, row := range rows {
				apps = append(apps, p.show(row, userID))
			}
			total = n
			return err
		})
		if err != nil {
			return err
		}
		return web.List(w, "Apps fetched.", apps, page, total)
	}
}

func (p *Portal) serveGet(w http.ResponseWriter, r *http.Request) error {
	appID, err := web.PathID(r, "app_id")
	if err != nil {
		return err
	}
	var out api.PortalApp
	err = p.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		out, err = p.visible(tx, web.CallerOf(r).UserID, appID)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "App fetched.", out)
}

func (p *Portal) serveCreate(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.AppInput](w, r)
	if err != nil {
		return err
	}
	var out api.RegisteredApp
	err = p.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		out, err = p.create(tx, web.CallerOf(r), in)
		return err
	})
	if err != nil {
		return err
	}
	return web.Created(w, "App created. Save its secrets: they are not shown again.", out)
}

func (p *Portal) serveUpdate(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.AppInput](w, r)
	if err != nil {
		return err
	}
	return p.change(w, r, in, "App updated.", func(tx *db.Tx, userID, appID int64) (any, error) {
		return p.update(tx, userID, appID, in)
	})
}

func (p *Portal) serveRemove(w http.ResponseWriter, r *http.Request) error {
	return p.change(w, r, nil, "App deleted.", func(tx *db.Tx, userID, appID int64) (any, error) {
		return p.remove(tx, userID, appID)
	})
}

func (p *Portal) serveSubmit(w http.ResponseWriter, r *http.Request) error {
	return p.change(w, r, nil, "App submitted for review.", func(tx *db.Tx, userID, appID int64) (any, error) {
		return p.submit(tx, userID, appID)
	})
}

func (p *Portal) serveReview(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.ReviewDecision](w, r)
	if err != nil {
		return err
	}
	return p.change(w, r, in, "Review recorded.", func(tx *db.Tx, userID, appID int64) (any, error) {
		return p.review(tx, userID, appID, in)
	})
}

// change makes a write whose answer holds no secret.
func (p *Portal) change(w http.ResponseWriter, r *http.Request, in any, message string, do func(tx *db.Tx, userID, appID int64) (any, error)) error {
	appID, err := web.PathID(r, "app_id")
	if err != nil {
		return err
	}
	return p.Writes.OK(w, r, in, message, func(tx *db.Tx) (any, error) { return do(tx, web.CallerOf(r).UserID, appID) })
}

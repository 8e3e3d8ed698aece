package earnings

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Routes registers the books for developers.
func (s *Service) Routes(r *web.Router) {
	r.ForUser(http.MethodGet, "/api/apps/revenue", s.serveRevenue)
	r.ForUser(http.MethodGet, "/api/apps/{app_id}/earnings", s.serveEarnings)
	r.ForUser(http.MethodGet, "/api/apps/{app_id}/statement", s.serveStatement)
	r.ForUser(http.MethodGet, "/api/apps/{app_id}/statement.csv", s.serveExport)
}

// developer refuses users without the developer role.
func developer(r *http.Request) error {
	if !web.CallerOf(r).IsDeveloper() {
		return problem.Forbidden("Earnings are for users with the role %s.", api.RoleDeveloper)
	}
	return nil
}

// read runs a query about an app of the user's.
func (s *Service) read(r *http.Request, do func(tx *db.Tx, a api.App) error) error {
	if err := developer(r); err != nil {
		return err
	}
	appID, err := web.PathID(r, "app_id")
	if err != nil {
		return err
	}
	return s.DB.Read(r.Context(), func(tx *db.Tx) error {
		a, err := app.Own(tx, web.CallerOf(r).UserID, appID)
		if err != nil {
			return err
		}
		return do(tx, a)
	})
}

func (s *Service) serveEarnings(w http.ResponseWriter, r *http.Request) error {
	q := web.QueryOf(r)
	from, to := q.Time("from"), q.Time("to")
	if err := q.Err(); err != nil {
		return err
	}
	var out api.Earnings
	err := s.read(r, func(tx *db.Tx, a api.App) error {
		days, err := spanOf(tx, from, to)
		if err == nil {
			out, err = ofApp(tx, a.AppID, days)
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Earnings fetched.", out)
}

func (s *Service) serveStatement(w http.ResponseWriter, r *http.Request) error {
	q := web.QueryOf(r)
	p := q.Page()
	if err := q.Err(); err != nil {
		return err
	}
	var list []api.StatementEntry
	var total int
	err := s.read(r, func(tx *db.Tx, a api.App) (err error) {
		list, total, err = page(tx, a.AppID, p)
		return err
	})
	if err != nil {
		return err
	}
	return web.List(w, "Statement fetched.", list, p, total)
}

func (s *Service) serveExport(w http.ResponseWriter, r *http.Request) error {
	var entries []api.StatementEntry
	var slug string
	err := s.read(r, func(tx *db.Tx, a api.App) (err error) {
		slug = a.Slug
		entries, err = oldest(tx, a.AppID)
		return err
	})
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if err := export(&body, entries); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s-statement.csv"`, slug))
	h.Set("Content-Length", strconv.Itoa(body.Len()))
	h.Set("Cache-Control", "no-store")
	_, _ = body.WriteTo(w) // the caller has gone: nobody is left to tell
	return nil
}

func (s *Service) serveRevenue(w http.ResponseWriter, r *http.Request) error {
	if err := developer(r); err != nil {
		return err
	}
	q := web.QueryOf(r)
	from, to := q.Time("from"), q.Time("to")
	if err := q.Err(); err != nil {
		return err
	}
	var out api.PlatformRevenue
	err := s.DB.Read(r.Context(), func(tx *db.Tx) error {
		days, err := spanOf(tx, from, to)
		if err == nil {
			out, err = s.ofPlatform(tx, days)
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Revenue fetched.", out)
}

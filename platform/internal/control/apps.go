package control

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

func (s *Service) appRoutes(r *web.Router) {
	r.ForControl(http.MethodGet, "/_sandbox/apps", s.serveApps)
	r.ForControl(http.MethodPost, "/_sandbox/apps", s.serveRegister)
	r.ForControl(http.MethodGet, "/_sandbox/apps/{slug}", s.serveApp)
	r.ForControl(http.MethodPost, "/_sandbox/apps/{slug}/rotate-secret", s.serveRotate)
}

func (s *Service) serveApps(w http.ResponseWriter, r *http.Request) error {
	var apps []api.App
	err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		apps, err = s.Apps.All(tx)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Apps fetched.", apps)
}

func (s *Service) serveApp(w http.ResponseWriter, r *http.Request) error {
	var a api.App
	err := s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		a, err = s.bySlug(tx, web.PathText(r, "slug"))
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "App fetched.", a)
}

// serveRegister registers an app of the sandbox's developer.
func (s *Service) serveRegister(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.SandboxAppInput](w, r)
	if err != nil {
		return err
	}
	if !in.IsListed.Given {
		in.IsListed = api.To(api.Flag(true))
	}
	var out api.SandboxRegistered
	err = s.DB.Write(r.Context(), func(tx *db.Tx) error {
		owner, err := developer(tx)
		if err != nil {
			return err
		}
		a, c, err := s.Apps.Register(tx, app.Registration{OwnerID: owner, DeveloperName: "You", Input: in.AppInput, Approved: !in.Draft})
		out = api.SandboxRegistered{App: a, AppSecrets: c.Secrets()}
		return err
	})
	if err != nil {
		return err
	}
	return web.Created(w, "App registered. Save its secrets: they are not shown again.", out)
}

func (s *Service) serveRotate(w http.ResponseWriter, r *http.Request) error {
	var out api.RotatedSecret
	err := s.DB.Write(r.Context(), func(tx *db.Tx) error {
		a, err := s.bySlug(tx, web.PathText(r, "slug"))
		if err != nil {
			return err
		}
		out, err = app.RotateSecret(tx, a)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Client secret rotated. Save it: it is not shown again.", out)
}

func (s *Service) bySlug(tx *db.Tx, slug string) (api.App, error) {
	a, err := s.Apps.BySlug(tx, slug)
	if db.IsNone(err) {
		err = problem.New(http.StatusNotFound, api.CodeNotFound, "There is no app %q.", slug)
	}
	return a, err
}

// developer returns the first account with the developer role, or nil.
func developer(tx *db.Tx) (*int64, error) {
	id, err := db.One(tx, db.Value[int64], `SELECT id FROM account WHERE roles LIKE '%developer%' ORDER BY id LIMIT 1`)
	if db.IsNone(err) {
		return nil, nil
	}
	return &id, err
}

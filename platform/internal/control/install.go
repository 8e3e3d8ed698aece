package control

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
	"github.com/selorax/sandbox/platform/internal/web"
)

func (s *Service) installRoutes(r *web.Router) {
	r.ForControl(http.MethodPost, "/_sandbox/apps/{slug}/install", s.serveInstall)
	r.ForControl(http.MethodPost, "/_sandbox/apps/{slug}/uninstall", s.serveUninstall)
}

// storeOf is the store that a request names, or the first of the demo.
func storeOf(named int64) int64 {
	if named == 0 {
		return demo.Stores()[0].StoreID
	}
	return named
}

// serveInstall installs an app with all it asks for, without its redirect.
func (s *Service) serveInstall(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.SandboxInstall](w, r)
	if err != nil {
		return err
	}
	installed, err := s.install(r.Context(), web.PathText(r, "slug"), storeOf(in.StoreID))
	if err != nil {
		return err
	}
	return web.OK(w, installed.App.Name+" is installed.", installed)
}

func (s *Service) install(ctx context.Context, slug string, storeID int64) (out api.InstalledApp, err error) {
	var a api.App
	err = s.DB.Read(ctx, func(tx *db.Tx) (err error) {
		a, err = s.bySlug(tx, slug)
		return err
	})
	if err != nil {
		return out, err
	}
	err = s.asMerchant(ctx, storeID, func(m actor) error {
		out, err = call[api.InstalledApp](ctx, m, http.MethodPost, "/api/apps/installations/direct-install",
			api.DirectInstall{AppID: a.AppID, StoreID: storeID})
		return err
	})
	return out, err
}

// serveUninstall ends the installation of an app, with all that follows.
func (s *Service) serveUninstall(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.SandboxInstall](w, r)
	if err != nil {
		return err
	}
	gone, err := s.uninstall(r.Context(), web.PathText(r, "slug"), storeOf(in.StoreID))
	if err != nil {
		return err
	}
	return web.OK(w, "The app is uninstalled.", gone)
}

func (s *Service) uninstall(ctx context.Context, slug string, storeID int64) (out api.Uninstalled, err error) {
	i, err := s.installed(ctx, slug, storeID)
	if err != nil {
		return out, err
	}
	err = s.asMerchant(ctx, storeID, func(m actor) error {
		out, err = call[api.Uninstalled](ctx, m, http.MethodPost, fmt.Sprintf("/api/apps/installations/%d/uninstall", i.id), nil)
		return err
	})
	return out, err
}

// asMerchant acts for a store until do returns.
func (s *Service) asMerchant(ctx context.Context, storeID int64, do func(actor) error) error {
	m, err := s.merchantOf(ctx, storeID)
	if err != nil {
		return err
	}
	err = do(m)
	if ended := m.end(context.WithoutCancel(ctx)); err == nil {
		err = ended
	}
	return err
}

// installation is an app on a store.
type installation struct {
	id     int64
	slug   string
	name   string
	scopes api.ScopeSet
}

// installed returns the installation of an app on a store, or without a slug
// the first that has the scopes.
func (s *Service) installed(ctx context.Context, slug string, storeID int64, scopes ...api.Scope) (installation, error) {
	var all []installation
	err := s.DB.Read(ctx, func(tx *db.Tx) (err error) {
		if slug != "" {
			if _, err := s.bySlug(tx, slug); err != nil {
				return err
			}
		}
		all, err = activeInstallations(tx, storeID)
		return err
	})
	if err != nil {
		return installation{}, err
	}
	for _, i := range all {
		lacks := slices.ContainsFunc(scopes, func(scope api.Scope) bool { return !i.scopes.Allows(scope) })
		if slug == i.slug && lacks {
			return i, problem.Conflict("%s is installed on store %d without %s. Install it again with that permission.", i.name, storeID, scopes)
		}
		if (slug == "" || slug == i.slug) && !lacks {
			return i, nil
		}
	}
	if slug != "" {
		return installation{}, problem.Conflict("%s is not installed on store %d. Install it first: sx install %s --store %d", slug, storeID, slug, storeID)
	}
	needed := ""
	if len(scopes) > 0 {
		needed = fmt.Sprintf(" with %s", scopes[0])
	}
	return installation{}, problem.Conflict("Store %d has no app installed%s. Install one first: sx install %s --store %d", storeID, needed, demo.MyApp, storeID)
}

func activeInstallations(tx *db.Tx, storeID int64) ([]installation, error) {
	return db.All(tx, func(r db.Row) (i installation, err error) {
		var scopes string
		err = r.Scan(&i.id, &i.slug, &i.name, &scopes)
		i.scopes, _ = api.ParseScopes(scopes)
		return i, err
	}, `SELECT i.id, a.slug, a.name, i.granted_scopes FROM installation i JOIN app a ON a.id = i.app_id
		WHERE i.store_id = $1 AND i.status = 'active' ORDER BY i.id`, storeID)
}

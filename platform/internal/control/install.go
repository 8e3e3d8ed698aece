package control

import (
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

// serveInstall installs an app with all it asks for, without its redirect.
func (s *Service) serveInstall(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.SandboxInstall](w, r)
	if err != nil {
		return err
	}
	var out api.InstalledApp
	var created bool
	err = s.DB.Write(r.Context(), func(tx *db.Tx) error {
		store, err := s.of(tx, in.StoreID)
		if err != nil {
			return err
		}
		out, created, err = store.install(web.PathText(r, "slug"))
		return err
	})
	if err != nil {
		return err
	}
	if created {
		return web.Created(w, out.App.Name+" is installed.", out)
	}
	return web.OK(w, out.App.Name+" was installed already; it has the permissions it asks for now.", out)
}

func (o owned) install(slug string) (out api.InstalledApp, created bool, err error) {
	a, err := o.bySlug(o.tx, slug)
	if err != nil {
		return out, false, err
	}
	return o.Installs.DirectAny(o.tx, o.owner, api.DirectInstall{AppID: a.AppID, StoreID: o.storeID})
}

// serveUninstall ends the installation of an app, with all that follows.
func (s *Service) serveUninstall(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.SandboxInstall](w, r)
	if err != nil {
		return err
	}
	var i installation
	var out api.Uninstalled
	err = s.DB.Write(r.Context(), func(tx *db.Tx) error {
		store, err := s.of(tx, in.StoreID)
		if err != nil {
			return err
		}
		if i, err = store.installed(web.PathText(r, "slug")); err != nil {
			return err
		}
		out, err = s.Installs.Uninstall(tx, store.owner, i.id)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, i.name+" is uninstalled.", out)
}

// installation is an app on a store.
type installation struct {
	id, appID int64
	slug      string
	name      string
	scopes    api.ScopeSet
}

// caller is the app as it calls on its store.
func (i installation) caller(storeID int64) web.Caller {
	return web.Caller{Name: i.name, StoreID: storeID, AppID: i.appID, InstallationID: i.id, Scopes: i.scopes}
}

// installed returns the installation of an app, or without a slug the first
// that has the scopes.
func (o owned) installed(slug string, scopes ...api.Scope) (installation, error) {
	if slug != "" {
		if _, err := o.bySlug(o.tx, slug); err != nil {
			return installation{}, err
		}
	}
	all, err := activeInstallations(o.tx, o.storeID)
	if err != nil {
		return installation{}, err
	}
	for _, i := range all {
		lacks := slices.ContainsFunc(scopes, func(scope api.Scope) bool { return !i.scopes.Allows(scope) })
		if slug == i.slug && lacks {
			return i, problem.Conflict("%s is installed on store %d without %s. Install it again with that permission.", i.name, o.storeID, scopes)
		}
		if (slug == "" || slug == i.slug) && !lacks {
			return i, nil
		}
	}
	if slug != "" {
		return installation{}, problem.Conflict("%s is not installed on store %d. Install it first: sx install %[1]s --store %[2]d", slug, o.storeID)
	}
	needed := ""
	if len(scopes) > 0 {
		needed = fmt.Sprintf(" with %s", scopes[0])
	}
	return installation{}, problem.Conflict("Store %d has no app installed%s. Install one first: sx install %s --store %[1]d", o.storeID, needed, demo.MyApp)
}

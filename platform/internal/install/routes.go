package install

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Routes registers the marketplace and the installations of a store.
func (s *Service) Routes(r *web.Router) {
	r.ForUser(http.MethodGet, "/api/apps/marketplace", s.listMarketplace)
	r.ForUser(http.MethodGet, "/api/apps/marketplace/{slug}", s.getMarketplaceApp)
	r.ForUser(http.MethodGet, "/api/apps/installations", s.listInstallations)
	r.ForUser(http.MethodGet, "/api/apps/installations/{installation_id}", s.getInstallation)
	r.ForUser(http.MethodPost, "/api/apps/installations/direct-install", s.serveDirect)
	r.ForUser(http.MethodPost, "/api/apps/installations/{installation_id}/uninstall", s.uninstall)
}

func (s *Service) listMarketplace(w http.ResponseWriter, r *http.Request) error {
	apps, err := s.marketplace(r)
	if err != nil {
		return err
	}
	return web.OK(w, "Apps fetched.", apps)
}

func (s *Service) getMarketplaceApp(w http.ResponseWriter, r *http.Request) error {
	apps, err := s.marketplace(r)
	if err != nil {
		return err
	}
	slug := web.PathText(r, "slug")
	for _, a := range apps {
		if a.Slug == slug {
			return web.OK(w, "App fetched.", a)
		}
	}
	return problem.New(http.StatusNotFound, api.CodeNotFound, "The marketplace has no app %q.", slug)
}

// marketplace returns every listed app as the request's store sees it.
func (s *Service) marketplace(r *http.Request) (list []api.MarketplaceApp, err error) {
	storeID, err := web.NeedStore(r)
	if err != nil {
		return nil, err
	}
	return list, s.DB.Read(r.Context(), func(tx *db.Tx) error {
		apps, err := s.Apps.Listed(tx)
		if err != nil {
			return err
		}
		installed, err := activeOfStore(tx, storeID)
		if err != nil {
			return err
		}
		list = make([]api.MarketplaceApp, len(apps))
		for n, a := range apps {
			list[n] = marketplaceApp(a, installed)
		}
		return nil
	})
}

func marketplaceApp(a api.App, installed []api.Installation) api.MarketplaceApp {
	m := api.MarketplaceApp{
		AppCard: app.Card(a), Description: a.Description, ClientID: a.ClientID, RedirectURLs: a.RedirectURLs,
		RequestedScopes: app.ScopeInfos(a.RequestedScopes),
	}
	for _, i := range installed {
		if i.AppID == a.AppID {
			m.InstallationID = &i.InstallationID
		}
	}
	return m
}

func (s *Service) listInstallations(w http.ResponseWriter, r *http.Request) error {
	storeID, err := web.NeedStore(r)
	if err != nil {
		return err
	}
	list := []api.InstalledApp{}
	err = s.DB.Read(r.Context(), func(tx *db.Tx) error {
		installed, err := activeOfStore(tx, storeID)
		if err != nil {
			return err
		}
		for _, i := range installed {
			one, err := s.describe(tx, i)
			if err != nil {
				return err
			}
			list = append(list, one)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Installations fetched.", list)
}

// describe joins an installation with its app.
func (s *Service) describe(tx *db.Tx, i api.Installation) (api.InstalledApp, error) {
	a, err := s.Apps.Record(tx, i.AppID)
	return api.InstalledApp{Installation: i, App: app.Card(a), AppOrigin: app.Origin(a), Scopes: app.ScopeInfos(i.GrantedScopes)}, err
}

func (s *Service) getInstallation(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "installation_id")
	if err != nil {
		return err
	}
	var one api.InstalledApp
	err = s.DB.Read(r.Context(), func(tx *db.Tx) error {
		i, err := s.owned(tx, web.CallerOf(r), id)
		if err != nil {
			return err
		}
		one, err = s.describe(tx, i)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Installation fetched.", one)
}

func (s *Service) uninstall(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "installation_id")
	if err != nil {
		return err
	}
	var out api.Uninstalled
	err = s.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		out, err = s.Uninstall(tx, web.CallerOf(r), id)
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "App uninstalled.", out)
}

package extension

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// own is the caller's app that the path names: a developer sees and changes the
// versions of own apps alone.
func own(tx *db.Tx, r *http.Request) (api.App, error) {
	caller := web.CallerOf(r)
	if !caller.IsDeveloper() {
		return api.App{}, problem.Forbidden("Versions of extensions are for users with the role %s.", api.RoleDeveloper)
	}
	appID, err := web.PathID(r, "app_id")
	if err != nil {
		return api.App{}, err
	}
	return app.Own(tx, caller.UserID, appID)
}

func (s *Service) listOwnVersions(w http.ResponseWriter, r *http.Request) error {
	var list []api.ExtensionVersion
	err := s.DB.Read(r.Context(), func(tx *db.Tx) error {
		a, err := own(tx, r)
		if err == nil {
			list, err = versions(tx, a.AppID)
		}
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, "Versions fetched.", list)
}

func (s *Service) rollbackOwn(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.RollbackRequest](w, r)
	if err != nil {
		return err
	}
	var a api.App
	err = s.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		a, err = own(tx, r)
		return err
	})
	if err != nil {
		return err
	}
	d, err := s.Rollback(r.Context(), a.AppID, in.Version)
	if err != nil {
		return err
	}
	return web.OK(w, "Rolled back.", d)
}

package install

import (
	"net/http"
	"slices"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// direct installs an app without a redirect: an approved app of the platform
// itself, or one of the caller's own.
func (s *Service) direct(tx *db.Tx, caller web.Caller, in api.DirectInstall) (out api.InstalledApp, created bool, err error) {
	if err := caller.CheckStore(in.StoreID); err != nil {
		return out, false, err
	}
	a, err := s.installable(tx, caller, in.AppID)
	if err != nil {
		return out, false, err
	}
	return s.grantAll(tx, caller, a, in.StoreID)
}

// DirectAny installs any approved app without a redirect, another developer's
// too: whoever runs the platform answers for it. created is false for an app
// that was installed already.
func (s *Service) DirectAny(tx *db.Tx, caller web.Caller, in api.DirectInstall) (out api.InstalledApp, created bool, err error) {
	a, err := s.Apps.Held(tx, in.AppID)
	if err != nil && !db.IsNone(err) {
		return out, false, err
	}
	if err != nil || a.AppType == api.AppCustom || !bool(a.IsActive) || a.ReviewStatus != api.ReviewApproved {
		return s.direct(tx, caller, in)
	}
	return s.grantAll(tx, caller, a, in.StoreID)
}

// grantAll installs an app and grants what it registered.
func (s *Service) grantAll(tx *db.Tx, caller web.Caller, a api.App, storeID int64) (out api.InstalledApp, created bool, err error) {
	before, err := byAppAndStore(tx, a.AppID, storeID)
	if err != nil && !db.IsNone(err) {
		return out, false, err
	}
	created = err != nil || before.Status != api.InstallationActive
	i, err := s.Activate(tx, Activation{App: a, StoreID: storeID, AccountID: caller.UserID, Scopes: a.RequestedScopes})
	if err != nil {
		return out, false, err
	}
	if err := Regrant(tx, Consent{AppID: a.AppID, StoreID: storeID, Scopes: a.RequestedScopes, At: clock.Machine()}); err != nil {
		return out, false, err
	}
	if i, err = byID(tx, i.InstallationID); err != nil {
		return out, false, err
	}
	out, err = s.describe(tx, i)
	return out, created, err
}

// installable holds an app that the caller may install directly.
func (s *Service) installable(tx *db.Tx, caller web.Caller, appID int64) (api.App, error) {
	a, err := s.Apps.Held(tx, appID)
	if db.IsNone(err) || err == nil && a.AppType == api.AppCustom {
		return a, noApp(appID)
	}
	if err != nil {
		return a, err
	}
	owner, err := app.OwnerID(tx, appID)
	if err != nil {
		return a, err
	}
	own := owner != nil && *owner == caller.UserID && slices.Contains(caller.Roles, api.RoleDeveloper)
	switch {
	case !own && a.ReviewStatus == api.ReviewDraft:
		return a, noApp(appID)
	case !bool(a.IsActive):
		return a, problem.Conflict("%s is suspended and cannot be installed now.", a.Name)
	case own, owner == nil && a.ReviewStatus == api.ReviewApproved:
		return a, nil
	case owner == nil:
		return a, problem.Conflict("%s cannot be installed before it is approved; its review is %s.", a.Name, a.ReviewStatus)
	}
	return a, problem.Forbidden("%s is another developer's app: install it from the marketplace, where you see what it asks for.", a.Name)
}

func noApp(appID int64) error {
	return problem.New(http.StatusNotFound, api.CodeNotFound, "No app %d that you may install.", appID)
}

func (s *Service) serveDirect(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.DirectInstall](w, r)
	if err != nil {
		return err
	}
	if err := checkDirect(in); err != nil {
		return err
	}
	var out api.InstalledApp
	var created bool
	err = s.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		out, created, err = s.direct(tx, web.CallerOf(r), in)
		return err
	})
	if err != nil {
		return err
	}
	if created {
		return web.Created(w, "App installed.", out)
	}
	return web.OK(w, "The app was installed already; it has the permissions it asks for now.", out)
}

func checkDirect(in api.DirectInstall) error {
	var bad []api.FieldError
	if in.AppID < 1 {
		bad = append(bad, api.FieldError{Field: "app_id", Message: "is required: an id, a whole number of at least 1"})
	}
	if in.StoreID < 1 {
		bad = append(bad, api.FieldError{Field: "store_id", Message: "is required: an id, a whole number of at least 1"})
	}
	if bad != nil {
		return problem.Validation(bad...)
	}
	return nil
}

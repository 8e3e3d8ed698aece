package install

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/timer"
	"github.com/selorax/sandbox/platform/internal/webhook"
)

// Service installs and uninstalls apps.
type Service struct {
	DB       *db.DB
	Apps     app.Apps
	Events   *event.Log
	Webhooks *webhook.Service
	Timer    *timer.Timer
}

// NotInstalled is how every credential of an app answers on a store that does
// not have it.
func NotInstalled() error {
	return problem.New(http.StatusUnauthorized, api.CodeNotInstalled, "App is not installed for this store.")
}

// Active returns the active installation of an app on a store, or the
// not_installed problem.
func Active(tx *db.Tx, appID, storeID int64) (api.Installation, error) {
	return onlyActive(byAppAndStore(tx, appID, storeID))
}

// ActiveByID returns an active installation, or the not_installed problem.
func ActiveByID(tx *db.Tx, installationID int64) (api.Installation, error) {
	return onlyActive(byID(tx, installationID))
}

// Generation says how often an installation has begun. What was signed in an
// earlier one, and cannot be revoked by a row, is void.
func Generation(tx *db.Tx, installationID int64) (int64, error) {
	return generation(tx, installationID)
}

func onlyActive(i api.Installation, err error) (api.Installation, error) {
	if db.IsNone(err) || err == nil && i.Status != api.InstallationActive {
		return i, NotInstalled()
	}
	return i, err
}

// payload is the data of app.installed and app.uninstalled.
func payload(i api.Installation, storeName string) api.AppEvent {
	return api.AppEvent{
		InstallationID: i.InstallationID, AppID: i.AppID, StoreID: i.StoreID, StoreName: storeName, Status: i.Status,
		GrantedScopes: i.GrantedScopes, InstalledAt: i.InstalledAt, UninstalledAt: i.UninstalledAt, ReinstalledAt: i.ReinstalledAt,
	}
}

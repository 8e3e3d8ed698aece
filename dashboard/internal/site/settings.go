package site

import (
	"fmt"
	"net/http"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// How many deliveries and charges an app's settings show.
const (
	lastDeliveries = 25
	lastCharges    = 10
)

func (v *visit) installed() error {
	return v.show("shell/installed", "Installed apps", "settings", v.apps, policy{})
}

// appSettings is one installed app: what it may do, what it is told, and the
// way out.
type appSettings struct {
	api.InstalledApp
	Groups        []page.ScopeGroup
	Subscriptions []api.Subscription
	Deliveries    []api.Delivery
	Total         int
	Charges       []api.StoreCharge
	ChargesTotal  int
	Waiting       int               // charges that an uninstallation would cancel
	Going         []api.StoreCharge // subscriptions that it would end
	Wallet        *api.StoreWallet  // nil: there is none
	Forms         []extensionForm
	Back          string
}

func (v *visit) appSettings() error {
	app, err := v.app()
	if err != nil {
		return err
	}
	if app.App.AppType == api.AppCustom {
		http.Redirect(v.w, v.r, v.customPath(app.AppID), http.StatusSeeOther)
		return nil
	}
	forms, err := v.extensionForms(app)
	if err != nil {
		return err
	}
	return v.showApp(http.StatusOK, app, forms)
}

func (v *visit) showApp(status int, app api.InstalledApp, forms []extensionForm) (err error) {
	ctx := v.r.Context()
	data := appSettings{InstalledApp: app, Groups: page.GroupScopes(app.Scopes), Forms: forms, Back: v.path("/settings/apps")}
	if err := v.slots(pageContext{}); err != nil {
		return err
	}
	if data.Subscriptions, err = v.session.Subscriptions(ctx, v.store.StoreID, app.AppID); err != nil {
		return err
	}
	deliveries, err := v.session.Deliveries(ctx, v.store.StoreID, platform.DeliveryQuery{AppID: app.AppID, Limit: lastDeliveries})
	if err != nil {
		return err
	}
	data.Deliveries, data.Total = deliveries.Data, deliveries.Pagination.Total
	if err := v.addCharges(&data); err != nil {
		return err
	}
	return v.answer(status, "shell/app", app.App.Name, "settings", data, policy{})
}

// addCharges reads the last charges, and what an uninstallation would end.
func (v *visit) addCharges(data *appSettings) error {
	ctx := v.r.Context()
	read := func(q platform.ChargeQuery) (api.List[api.StoreCharge], error) {
		q.AppID = data.AppID
		return v.session.Charges(ctx, v.store.StoreID, q)
	}
	last, err := read(platform.ChargeQuery{Limit: lastCharges})
	if err != nil {
		return err
	}
	waiting, err := read(platform.ChargeQuery{Status: api.ChargePending, Limit: 1})
	if err != nil {
		return err
	}
	for _, state := range []string{api.ChargeFrozen, api.ChargeActive} {
		going, err := read(platform.ChargeQuery{Status: state, Type: api.ChargeRecurring, Limit: lastCharges})
		if err != nil {
			return err
		}
		data.Going = append(data.Going, going.Data...)
	}
	data.Charges, data.ChargesTotal, data.Waiting = last.Data, last.Pagination.Total, waiting.Pagination.Total
	data.Wallet, err = v.walletOf(data.AppID)
	return err
}

func (v *visit) uninstall() error {
	app, err := v.app()
	if err != nil {
		return v.done("danger", "This app is not installed any more.", v.path("/settings/apps"))
	}
	gone, err := v.session.Uninstall(v.r.Context(), app.InstallationID)
	refused, ok := platform.Refusal(err)
	switch {
	case ok && (refused.Status == http.StatusNotFound || refused.Status == http.StatusConflict):
		return v.done("danger", app.App.Name+" is not installed any more.", v.path("/settings/apps"))
	case err != nil:
		return err
	}
	said := fmt.Sprintf("%s is uninstalled. %s revoked, %s removed.", app.App.Name,
		page.Count(gone.TokensRevoked, "token"), page.Count(gone.SubscriptionsRemoved, "webhook subscription"))
	return v.done("success", said, v.path("/settings/apps"))
}

package site

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// maxCustomApps is how many custom apps the list shows.
const maxCustomApps = 250

// customData is the page of one custom app.
type customData struct {
	api.CustomApp
	Form  customForm
	Place string
}

func (v *visit) customApps() error {
	list, err := v.session.CustomApps(v.r.Context(), v.store.StoreID, 1, maxCustomApps)
	if err != nil {
		return err
	}
	return v.show("shell/custom-list", "Custom apps", "settings", list, policy{})
}

func (v *visit) newCustomApp() error { return v.showNew(http.StatusOK, customForm{}) }

func (v *visit) showNew(status int, form customForm) error {
	form.Once = v.cookies.Once(v.w, v.r)
	return v.answer(status, "shell/custom-new", "Create custom app", "settings", form, policy{})
}

// createCustomApp answers with the secrets: they are in no cookie and no
// address. A reload sends the form again, which then is refused.
func (v *visit) createCustomApp() error {
	form := sentForm(v.r)
	if !v.cookies.IsOnce(v.r, v.r.PostFormValue("once")) {
		form.Again = true
		return v.showNew(http.StatusConflict, form)
	}
	created, err := v.session.CreateCustomApp(v.r.Context(), v.store.StoreID, form.input())
	if form.complain(err) {
		return v.showNew(http.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return v.showSecrets(v.newSecrets(created))
}

func (v *visit) customApp() error {
	app, err := v.findCustom()
	if err != nil {
		return err
	}
	form := customForm{Name: app.Name, Description: app.Description}
	for _, s := range app.Scopes {
		form.Scopes = append(form.Scopes, string(s))
	}
	return v.showCustom(http.StatusOK, app, form)
}

func (v *visit) showCustom(status int, app api.CustomApp, form customForm) error {
	form.Once = v.cookies.Once(v.w, v.r)
	return v.answer(status, "shell/custom-app", app.Name, "settings", customData{app, form, v.customPath(app.AppID)}, policy{})
}

func (v *visit) updateCustomApp() error {
	app, err := v.findCustom()
	if err != nil {
		return err
	}
	form := sentForm(v.r)
	changed, err := v.session.UpdateCustomApp(v.r.Context(), v.store.StoreID, app.AppID, form.input())
	if form.complain(err) {
		return v.showCustom(http.StatusUnprocessableEntity, app, form)
	}
	if err != nil {
		return err
	}
	return v.done("success", changed.Name+" is changed. What it may do holds from now on.", v.customPath(app.AppID))
}

func (v *visit) deleteCustomApp() error {
	app, err := v.findCustom()
	if platform.IsStatus(err, http.StatusNotFound) {
		return v.done("danger", "There is no such custom app. Perhaps it is deleted already.", v.path("/settings/apps/custom"))
	}
	if err != nil {
		return err
	}
	gone, err := v.session.DeleteCustomApp(v.r.Context(), v.store.StoreID, app.AppID)
	if platform.IsStatus(err, http.StatusNotFound) {
		return v.done("danger", app.Name+" is deleted already.", v.path("/settings/apps/custom"))
	}
	if err != nil {
		return err
	}
	said := fmt.Sprintf("%s is deleted. %s revoked, %s removed.", app.Name,
		page.Count(gone.TokensRevoked, "token"), page.Count(gone.SubscriptionsRemoved, "webhook subscription"))
	return v.done("success", said, v.path("/settings/apps/custom"))
}

// findCustom is the custom app that the path names.
func (v *visit) findCustom() (api.CustomApp, error) {
	return v.session.CustomApp(v.r.Context(), v.store.StoreID, v.number("app"))
}

func (v *visit) customPath(appID int64) string {
	return v.path("/settings/apps/custom/" + strconv.FormatInt(appID, 10))
}

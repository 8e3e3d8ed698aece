package site

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
)

func (v *visit) newPortalApp() error { return v.showNewPortalApp(http.StatusOK, v.newPortalForm()) }

func (v *visit) showNewPortalApp(status int, form portalForm) error {
	form.Once = v.cookies.Once(v.w, v.r)
	return v.answer(status, "shell/portal-new", "Create app", "portal", form, policy{})
}

// createPortalApp answers with the secrets: they are in no cookie and no
// address. A reload sends the form again, which then is refused.
func (v *visit) createPortalApp() error {
	form := sentPortal(v.r)
	form.New = true
	if !v.cookies.IsOnce(v.r, v.r.PostFormValue("once")) {
		form.Again = true
		return v.showNewPortalApp(http.StatusConflict, form)
	}
	if form.Errors != nil {
		return v.showNewPortalApp(http.StatusUnprocessableEntity, form)
	}
	made, err := v.session.RegisterApp(v.r.Context(), form.input())
	if form.complain(err) {
		return v.showNewPortalApp(http.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return v.showSecrets(v.registered(made))
}

func (v *visit) editPortalApp() error {
	app, err := v.ownApp()
	if err != nil {
		return err
	}
	return v.showEditApp(http.StatusOK, app, v.portalFormOf(app.App))
}

func (v *visit) showEditApp(status int, app api.PortalApp, form portalForm) error {
	d := v.portalData(app, "/edit")
	d.Form = form
	return v.answer(status, "shell/portal-edit", app.Name, "portal", d, policy{})
}

func (v *visit) updatePortalApp() error {
	app, err := v.ownApp()
	if err != nil {
		return err
	}
	form := sentPortal(v.r)
	form.Text["slug"] = app.Slug
	if form.Errors != nil {
		return v.showEditApp(http.StatusUnprocessableEntity, app, form)
	}
	changed, err := v.session.UpdateApp(v.r.Context(), app.AppID, form.input())
	if form.complain(err) {
		return v.showEditApp(http.StatusUnprocessableEntity, app, form)
	}
	if err != nil {
		return err
	}
	said := changed.Name + " is changed."
	if changed.Installations > 0 {
		said += " It is installed on " + page.Count(changed.Installations, "store") + ": permissions, events and their address change there with the next installation."
	}
	return v.done("success", said, v.portalPath(app.AppID))
}

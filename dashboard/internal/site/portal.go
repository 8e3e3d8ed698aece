package site

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
)

func portalRoutes(get, post func(path string, h func(*visit) error)) {
	const all, one = "/developer/apps", "/developer/apps/{app:[0-9]+}"
	for path, h := range map[string]func(*visit) error{
		all: (*visit).portalApps, all + "/new": (*visit).newPortalApp, one: (*visit).portalApp, one + "/edit": (*visit).editPortalApp,
		one + "/credentials": (*visit).credentials, "/developer/review": (*visit).reviewQueue, "/developer/review/{app:[0-9]+}": (*visit).reviewedApp,
	} {
		get(path, forDeveloper(h))
	}
	for path, h := range map[string]func(*visit) error{
		all + "/new": (*visit).createPortalApp, one + "/edit": (*visit).updatePortalApp, one + "/install": (*visit).installOwn, one + "/delete": (*visit).deletePortalApp,
		one + "/rotate-secret": (*visit).rotateClientSecret, one + "/signing-key": (*visit).generateKey,
		one + "/webhook-secret": (*visit).rotateAppWebhook, one + "/webhook-secret/activate": (*visit).activateAppWebhook,
		one + "/submit": (*visit).submitApp, one + "/listing": (*visit).switchListing, "/developer/review/{app:[0-9]+}": (*visit).decideReview,
	} {
		post(path, forDeveloper(h))
	}
}

// portalList is the list of the user's apps.
type portalList struct {
	Apps     []api.PortalApp
	InReview int // apps of everybody that wait for a reviewer
}

func (v *visit) portalApps() error {
	own, err := v.session.OwnApps(v.r.Context())
	if err != nil {
		return err
	}
	queue, err := v.session.InReview(v.r.Context())
	if err != nil {
		return err
	}
	return v.show("shell/portal-list", "Your apps", "portal", portalList{own.Data, queue.Pagination.Total}, policy{})
}

// portalData is a page of one of the user's apps.
type portalData struct {
	api.PortalApp
	Place     string
	Tabs      []page.Tab
	Checks    []page.Check
	Groups    []page.ScopeGroup
	Installed bool // on the store that is open
	Form      portalForm
	Once      string
	Typed     string // to delete the app
	Complaint string // about it
}

// Missing are the checks that are not done.
func (d portalData) Missing() []page.Check {
	return slices.DeleteFunc(slices.Clone(d.Checks), func(c page.Check) bool { return c.Done })
}

// MaySubmit reports whether the app may go before a reviewer.
func (d portalData) MaySubmit() bool {
	return d.ReviewStatus == api.ReviewDraft || d.ReviewStatus == api.ReviewRejected
}

// scopeGroups are the permissions that an app asks for.
func scopeGroups(a api.App) []page.ScopeGroup {
	return page.GroupScopes(slices.DeleteFunc(api.Scopes(), func(i api.ScopeInfo) bool { return !slices.Contains(a.RequestedScopes, i.Scope) }))
}

func (v *visit) portalPath(appID int64) string {
	return v.path("/developer/apps/" + strconv.FormatInt(appID, 10))
}

// portalData fills what every page of an app has; tab is the end of its path.
func (v *visit) portalData(app api.PortalApp, tab string) portalData {
	d := portalData{PortalApp: app, Place: v.portalPath(app.AppID), Checks: page.ReviewChecks(app.App), Groups: scopeGroups(app.App)}
	for _, t := range []page.Tab{{Label: "Overview"}, {URL: "/edit", Label: "Settings"}, {URL: "/credentials", Label: "Credentials"}} {
		d.Tabs = append(d.Tabs, page.Tab{URL: d.Place + t.URL, Label: t.Label, Current: t.URL == tab})
	}
	d.Installed = slices.ContainsFunc(v.apps, func(i api.InstalledApp) bool { return i.AppID == app.AppID })
	return d
}

func (v *visit) portalApp() error {
	app, err := v.ownApp()
	if err != nil {
		return err
	}
	return v.showPortalApp(http.StatusOK, v.portalData(app, ""))
}

func (v *visit) showPortalApp(status int, d portalData) error {
	// The answer to the form that installs the app leads to the platform and back.
	return v.answer(status, "shell/portal-app", d.Name, "portal", d, policy{form: []string{v.PlatformPublicURL}})
}

// installOwn installs an app of the user's, in whatever state its review is.
func (v *visit) installOwn() error {
	app, err := v.ownApp()
	if err != nil {
		return err
	}
	var scopes []string
	for _, s := range app.RequestedScopes {
		scopes = append(scopes, string(s))
	}
	return v.authorize(app.ClientID, app.RedirectURLs[0], scopes)
}

// deletePortalApp deletes an app whose name was typed.
func (v *visit) deletePortalApp() error {
	app, err := v.ownApp()
	if platform.IsStatus(err, http.StatusNotFound) {
		return v.done("danger", "There is no such app. Perhaps it is deleted already.", v.path("/developer/apps"))
	}
	if err != nil {
		return err
	}
	d := v.portalData(app, "")
	if d.Typed = v.r.PostFormValue("name"); d.Typed != app.Name {
		d.Complaint = "Nothing was deleted. Write the name as it stands above: " + app.Name + "."
		return v.showPortalApp(http.StatusUnprocessableEntity, d)
	}
	err = v.session.DeleteApp(v.r.Context(), app.AppID)
	if refused, ok := platform.Refusal(err); ok && refused.Status == http.StatusConflict {
		d.Complaint = "Nothing was deleted. " + refused.Message
		return v.showPortalApp(http.StatusUnprocessableEntity, d)
	}
	if err != nil {
		return err
	}
	return v.done("success", app.Name+" is deleted. Its credentials have ended, and no app will be called "+app.Slug+" again.", v.path("/developer/apps"))
}

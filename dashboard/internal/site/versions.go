package site

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
	"github.com/selorax/sandbox/dashboard/internal/session"
)

// versionsData are the versions of the extensions of the user's apps.
type versionsData struct {
	Apps []appVersions
}

// appVersions are those of one app, the newest first.
type appVersions struct {
	App      api.PortalApp
	Live     []liveExtension
	Versions []version
}

// liveExtension is what stores show now.
type liveExtension struct {
	api.Extension
	Shown bool // some page of the sandbox has a place for it
}

// version is one deployed set, and what going back to it would change.
type version struct {
	api.ExtensionVersion
	Comes, Goes []string // titles
	Dialog      string   // id of its question
	Action      string
}

// versions shows what the user's apps have deployed.
func (v *visit) versions() error {
	apps, err := v.session.OwnApps(v.r.Context())
	if err != nil {
		return err
	}
	var data versionsData
	for _, a := range apps.Data {
		all, err := v.session.Versions(v.r.Context(), a.AppID)
		if err != nil {
			return err
		}
		data.Apps = append(data.Apps, v.versionsOf(a, all))
	}
	return v.show("shell/versions", "Extensions", "versions", data, policy{})
}

func (v *visit) versionsOf(a api.PortalApp, all []api.ExtensionVersion) appVersions {
	out := appVersions{App: a}
	var live []api.Extension
	if i := slices.IndexFunc(all, func(one api.ExtensionVersion) bool { return bool(one.Active) }); i >= 0 {
		live = all[i].Extensions
	}
	for _, e := range live {
		out.Live = append(out.Live, liveExtension{e, slices.Contains(api.TargetsShown, e.Target)})
	}
	for _, one := range slices.Backward(all) {
		out.Versions = append(out.Versions, version{
			one, without(one.Extensions, live), without(live, one.Extensions), fmt.Sprintf("rollback-%d-%d", a.AppID, one.Version),
			v.path(fmt.Sprintf("/developer/extensions/%d/rollback", a.AppID)),
		})
	}
	return out
}

// without are the titles of extensions that are not among the others.
func without(list, others []api.Extension) (titles []string) {
	for _, e := range list {
		if !slices.ContainsFunc(others, func(o api.Extension) bool { return o.ExtensionID == e.ExtensionID }) {
			titles = append(titles, e.Title)
		}
	}
	return titles
}

// rollback makes an earlier version the one that stores show.
func (v *visit) rollback() error {
	wanted, _ := strconv.Atoi(v.r.PostFormValue("version"))
	d, err := v.session.Rollback(v.r.Context(), v.number("app"), wanted)
	flash := session.Flash{Tone: "success", Text: fmt.Sprintf("Version %d is live again: %s on %s.", d.Version, page.Count(d.Deployed, "extension"), page.Count(d.InstallationsUpdated, "store"))}
	if refused, ok := platform.Refusal(err); ok && refused.Status == http.StatusBadRequest {
		flash, err = session.Flash{Tone: "danger", Text: "There is no such version any more. Nothing was changed."}, nil
	}
	if err != nil {
		return err
	}
	v.cookies.SetFlash(v.w, flash)
	http.Redirect(v.w, v.r, v.path("/developer/extensions"), http.StatusSeeOther)
	return nil
}

package site

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/frame"
	"github.com/selorax/sandbox/dashboard/internal/platform"
	"github.com/selorax/sandbox/dashboard/internal/session"
)

// frameData is the page that holds an app.
type frameData struct {
	api.InstalledApp
	Deep string // the place inside the app, escaped; "" for its front page
}

// frame shows an installed app. Who follows a link to an app that is not
// installed is led to where it can be.
func (v *visit) frame() error {
	app, err := v.app()
	if err != nil {
		if _, listed := v.session.MarketplaceApp(v.r.Context(), v.store.StoreID, v.text("slug")); listed == nil {
			http.Redirect(v.w, v.r, v.path("/apps/marketplace/"+v.text("slug")), http.StatusSeeOther)
			return nil
		}
		return err
	}
	if app.App.AppType == api.AppCustom { // it has no page to frame
		http.Redirect(v.w, v.r, v.customPath(app.AppID), http.StatusSeeOther)
		return nil
	}
	deep := v.text("deep")
	if !frame.DeepPath(deep) {
		return missing
	}
	if deep != "" {
		deep = "/" + deep
	}
	var p policy
	if from, web := frame.Origin(app.AppOrigin); web {
		p.frame = []string{from}
	}
	return v.show("shell/frame", app.App.Name, "app:"+app.App.Slug, frameData{app, deep}, p)
}

// resolveFrame finds the address of an app's frame for the probe: only of an
// app on a store of the user's, which the platform decides.
func (s *site) resolveFrame(r *http.Request, storeID, appID int64) (string, error) {
	token := session.Token(r)
	if token == "" {
		return "", frame.ErrSignedOut
	}
	params, err := s.platform.As(token).EmbedParams(r.Context(), appID, storeID)
	refused, ok := platform.Refusal(err)
	switch {
	case platform.IsSignedOut(err):
		return "", frame.ErrSignedOut
	case ok && (refused.Status == http.StatusNotFound || refused.Code == api.CodeNotInstalled):
		return "", frame.ErrNotInstalled
	}
	return params.IframeURL, err
}

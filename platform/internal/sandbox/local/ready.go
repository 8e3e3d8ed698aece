package local

import (
	"maps"
	"slices"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/sandbox/credentials"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
)

// ready describes the sandbox to the outside; ReadyMS is left to the caller.
func (s sockets) ready(secrets credentials.File) api.SandboxReady {
	line := api.SandboxReady{
		PlatformURL:  s.platformURL(),
		APIURL:       s.serverURL() + "/api",
		DashboardURL: s.dashboardURL(),
		AppURL:       s.appURL(),
		ControlURL:   s.serverURL() + "/_sandbox",
		ControlKey:   secrets.ControlKey,
	}
	for _, st := range demo.Stores() {
		line.Stores = append(line.Stores, api.SandboxStore{StoreID: st.StoreID, Name: st.Name})
	}
	for _, l := range demo.Logins() {
		line.Logins = append(line.Logins, api.SandboxLogin{
			Email: l.Email, Password: demo.Password, StoreIDs: l.StoreIDs, Roles: l.Roles})
	}
	line.Apps = Apps(secrets)
	return line
}

// Apps lists the apps whose credentials are known: those of the demo, then the
// developer's own by slug.
func Apps(secrets credentials.File) (list []api.SandboxApp) {
	demoID := map[string]int64{}
	for _, a := range demo.Apps() {
		demoID[a.Slug] = a.AppID
		list = append(list, known(a.Slug, a.AppID, secrets.Apps[a.Slug]))
	}
	for _, slug := range slices.Sorted(maps.Keys(secrets.Apps)) {
		if demoID[slug] == 0 {
			list = append(list, known(slug, secrets.Apps[slug].AppID, secrets.Apps[slug]))
		}
	}
	return list
}

func known(slug string, appID int64, own credentials.App) api.SandboxApp {
	return api.SandboxApp{
		AppID: appID, Slug: slug, ClientID: own.ClientID, ClientSecret: own.ClientSecret,
		SessionSigningKey: own.SessionSigningKey, WebhookSecret: own.WebhookSecret,
	}
}

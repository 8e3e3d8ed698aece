package local

import (
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
	for _, a := range demo.Apps() {
		own := secrets.Apps[a.Slug]
		line.Apps = append(line.Apps, api.SandboxApp{
			AppID: a.AppID, Slug: a.Slug, ClientID: own.ClientID, ClientSecret: own.ClientSecret,
			SessionSigningKey: own.SessionSigningKey, WebhookSecret: own.WebhookSecret})
	}
	return line
}

package main

import (
	"fmt"
	"net/http"
	"net/url"

	"github.com/selorax/sandbox/platform/api"
)

type installCmd struct {
	App   string `arg:"" help:"Slug of the app."`
	Store int64  `help:"Store to install it on; the first demo store when left out." placeholder:"N"`
	sandboxFlags
}

// Help shows how the command is used.
func (installCmd) Help() string {
	return `The app is installed with all that it asks for, as if the store's merchant had
agreed.

Examples:
  sx install my-app
  sx install my-app --store 23`
}

// Run installs an app on a store.
func (c installCmd) Run(term console) error {
	return ask(c.sandboxFlags, term, http.MethodPost, appPath(c.App)+"/install", api.SandboxInstall{StoreID: c.Store}, func(got api.InstalledApp) error {
		_, err := fmt.Fprintf(term.err, "%s is installed on store %d as installation %d. It may: %s\n",
			got.App.Name, got.StoreID, got.InstallationID, got.GrantedScopes)
		return err
	})
}

type uninstallCmd struct {
	App   string `arg:"" help:"Slug of the app."`
	Store int64  `help:"Store to take it from; the first demo store when left out." placeholder:"N"`
	sandboxFlags
}

// Help shows how the command is used.
func (uninstallCmd) Help() string {
	return `Its tokens end at once and its subscriptions go, as when the merchant uninstalls.

Example:
  sx uninstall my-app --store 23`
}

// Run uninstalls an app from a store.
func (c uninstallCmd) Run(term console) error {
	return ask(c.sandboxFlags, term, http.MethodPost, appPath(c.App)+"/uninstall", api.SandboxInstall{StoreID: c.Store}, func(got api.Uninstalled) error {
		_, err := fmt.Fprintf(term.err, "%s is uninstalled from store %d: %s revoked, %s removed, %s cancelled, %s cancelled.\n",
			c.App, got.Installation.StoreID, count(got.TokensRevoked, "token"), count(got.SubscriptionsRemoved, "subscription"),
			count(got.DeliveriesCancelled, "delivery"), count(got.ChargesCancelled, "pending charge"))
		return err
	})
}

// appPath is an app in the control API.
func appPath(slug string) string { return "/apps/" + url.PathEscape(slug) }

// Package install keeps the installations: which app a store has, with which
// scopes.
//
// There is one row per app and store, for good. It becomes active when the app
// exchanges its first code (Activate) or is installed directly (direct.go),
// ends with Uninstall and comes back with the same id after the full OAuth
// flow. Its scopes are those of the latest consent (consent.go). Uninstall is one transaction that
// leaves nothing half removed; read uninstall.go from top to bottom. Events:
// app.installed, app.uninstalled, and shop/redact 48 hours after.
package install

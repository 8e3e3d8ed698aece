// Package extension keeps what apps show inside the dashboard, and carries the
// calls from there to the apps.
//
// An app deploys its whole set at once with its client credentials (deploy.go).
// The set is checked from end to end (check.go, tree.go) and becomes the next
// version, or nothing changes and every mistake is named with its place. The
// active set deployed again is no new version. One version is active; a
// rollback makes an earlier one active again and keeps the later ones. A store
// shows the active sets of the apps installed on it (place.go): an uninstalled
// app shows nothing from that moment on.
//
// An extension calls its app through Call (call.go): the platform vouches for
// the store with a session token, stays on the origin of the app's app_url,
// follows no redirects and hands on a JSON object of bounded size. Trees and
// templates are drawn by the dashboard; nothing of them runs here.
//
// An extension of mode sandbox is a script of the app. Its page (frame.go) runs
// it without an origin, beside the platform's ui.js and nothing else; it asks
// the dashboard for what it needs, and the dashboard asks the API for it with
// the scopes of the installation (api.go).
package extension

// Package frame finds out why an app does not appear in its frame.
//
// The browser tells a page next to nothing about a frame of another site: a
// server that is down, a page that forbids framing and an app that forgot to
// say it is ready all look alike. [Prober] asks the app's address from the
// server and names the cause; [Handler] lets the signed-in user's page do so
// for the apps of their own stores. The browser side and the protocol of the
// frame are in internal/static/bridge.
package frame

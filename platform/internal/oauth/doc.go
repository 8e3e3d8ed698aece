// Package oauth is the install flow's protocol: authorize, consent, token,
// revoke (RFC 6749, 7009, 7636).
//
// GET authorize checks the app and stores the request for ten minutes; the
// merchant decides on it in the dashboard, once; the decision sends the
// browser back to the app with a code or with access_denied. A bad client or
// redirect is an error page, never a redirect. The first code an app exchanges
// installs it; see package install. All instants here are machine time.
package oauth

// Package session opens an app's frame in the dashboard and lets the app know
// who looks: the signed frame URL and the session token.
//
// A session token is a JWT (HS256, 10 minutes of machine time) under the app's
// session signing key, the 64 characters as given. It ends with its
// installation: a reinstall does not bring it back. The frame URL carries an
// HMAC over all its query parameters under the same key.
package session

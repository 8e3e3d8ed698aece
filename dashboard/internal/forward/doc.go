// Package forward passes the browser's calls on to the platform: /api/* and
// the live feed. The session token is added on the way, from the cookie; the
// browser's own credentials of any other kind are taken off, so that a page of
// the dashboard can do what its user may do, and nothing else.
//
// Routes that hand out or take credentials are not passed on: sign-in, whose
// answer holds the session token, and what apps call.
package forward

// Package session is what the dashboard keeps in the browser: the session
// token in an HttpOnly cookie, the message to show once after a redirect, and
// the chosen colours. It also decides where a sign-in may return to.
package session

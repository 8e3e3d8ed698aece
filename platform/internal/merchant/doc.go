// Package merchant keeps the people who sign in to the dashboard: their
// accounts, the stores they may open and their sessions.
//
// A session is a signed token for 90 days and a row that holds its hash. The
// token alone opens nothing: once the row has ended, its token is answered
// session_required. Rows that have expired are deleted at a sign-in. All times of a session are machine time, so that moving
// the business clock signs nobody out.
//
// Signing in tells nobody which emails exist: an unknown one costs the same
// time and gets the same answer as a wrong password. After ten failures within
// a minute from one address an email has to wait; read throttle.go.
package merchant

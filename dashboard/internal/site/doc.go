// Package site is the dashboard's pages: routes, handlers, and what surrounds
// every request.
//
// A handler returns an error and never writes one: an ended session leads to
// the sign-in and back, anything else to a page that says what happened and
// what to do. Store pages run as a visit, which has the user, the store and
// its apps; a store that is not the user's does not exist. Forms are plain
// POSTs answered by a redirect, so that Back and reload work.
package site

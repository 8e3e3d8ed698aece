// Package credentials keeps the plain credentials of the demo apps, and of
// those made by `sx app create`, and the control key of one data directory:
// random for each directory, in one file that only its owner may read, never
// served by the platform.
//
// Whoever starts first makes the file; several programs may start at once.
// `sx` reads it for `sx env` and for the ready line, the platform to register
// the demo apps.
package credentials

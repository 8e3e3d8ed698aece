// Package app keeps the record of every app: its URLs, what it asks for and
// its credentials.
//
// The client secret is kept as a hash. The session signing key and the webhook
// secret, which the platform itself signs with, are sealed. An app is listed
// in the marketplace while it is approved, listed and active.
package app

// Package container runs a sandbox as three containers of the images that
// `make images` builds. It is the only package that knows testcontainers.
//
// The containers share a network of their own. There the dashboard and the app
// reach the platform as platform:5001, and the platform reaches the app under
// the name that browsers use too, restock.localhost, which is an alias of the
// app's container: the one address that an app registers is good for both. So
// the app listens on the port that this machine sees. The file systems of the
// containers are read-only but for their volumes.
package container

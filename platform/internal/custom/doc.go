// Package custom serves the apps that a merchant makes for one store.
//
// A custom app is installed on its store from the beginning and has its
// credentials at once: an access token of a year, a client id and secret, and a
// webhook secret. There is no OAuth, no frame, no listing and no billing. Its
// token carries every scope a custom app may have, so that the installation
// alone decides what it may do, and a change of the scopes holds at once. The
// app goes with its installation: deleting it is uninstalling it, with the
// events of package install.
package custom

// Package sdk holds the scripts that apps load from the platform, as they are
// served.
package sdk

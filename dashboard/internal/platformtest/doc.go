// Package platformtest is a platform for the dashboard's tests: the whole HTTP
// surface that the dashboard uses, in memory, with the stores, people and apps
// of the demo. It is not the platform: it signs nothing and delivers nothing.
// Its answers have the platform's shapes because both use package api.
//
// A Platform notes every request it gets. It can be told to fail or to end
// sessions, to tell its live feed of a change, and to let charges of apps be
// answered elsewhere.
package platformtest

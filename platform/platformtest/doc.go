// Package platformtest runs a whole platform inside a test: a temporary
// database with the demo seed, a free port, and a business clock that the test
// moves. It is for the tests of the dashboard, of journeys and of apps.
package platformtest

// Package e2e holds the journeys: stories of merchants and apps, told through
// the real programs and a real browser. One file holds the journeys of one
// theme. The command line has scripts of its own in testdata/cli, without the
// browser.
//
// Run them with `make e2e`. CHROMIUM names a browser, SELORAX_BIN a directory
// of programs that are already built. What a machine lacks skips the journeys
// that need it: Chromium (unless REQUIRE_BROWSER is set), a PostgreSQL server in
// TEST_DATABASE_URL (`make test-postgres`), a Docker daemon with the images
// (unless REQUIRE_DOCKER is set; `make test-containers`).
package e2e

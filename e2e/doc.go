// Package e2e holds the journeys: stories of merchants and apps, told through
// the real programs and a real browser. One file holds the journeys of one
// theme.
//
// Run them with `make e2e`. CHROMIUM names a browser, SELORAX_BIN a directory
// of programs that are already built, and with REQUIRE_BROWSER a missing
// browser fails the journeys instead of skipping them.
package e2e

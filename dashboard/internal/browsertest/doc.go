// Package browsertest drives a headless Chromium in tests. Without one a test
// is skipped, with the reason; REQUIRE_BROWSER makes it fail instead.
package browsertest

package platformtest

import "testing"

// At speaks to a platform that the test runs by other means, as a program of
// its own, on a data directory.
func At(t testing.TB, url, dir string) *Platform {
	t.Helper()
	p := &Platform{URL: url, t: t}
	p.readCredentials(dir)
	return p
}

// Package sandboxtest runs an app's tests against a real platform: a SeloraX
// sandbox of their own, started by sx and gone with the test.
//
//	SELORAX_SX=/path/to/sx go test ./...
//
// Without that variable such tests are skipped and say so. A test starts a
// sandbox, registers the app at the address where the test serves it, installs
// it as a merchant's browser would, and then makes things happen: real changes
// with their webhooks, time that passes, calls that fail.
//
// It is a client of the sx command line alone, so it goes along with any app.
package sandboxtest

package main

import (
	"testing"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"
)

func parse(t *testing.T, args ...string) serve {
	t.Helper()
	var c cli
	parser, err := kong.New(&c, kong.DefaultEnvars("DASHBOARD"), kong.Vars{"version": "test"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(append([]string{"serve"}, args...)); err != nil {
		t.Fatal(err)
	}
	return c.Serve
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	want := serve{
		Addr: "127.0.0.1:5080", PublicURL: "http://admin.selorax.localhost:5080", PlatformURL: "http://localhost:5001",
		PlatformPublicURL: "http://api.selorax.localhost:5001", LogFormat: "text",
	}
	if diff := cmp.Diff(want, parse(t)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A flag wins over the environment, the environment over the default. The
// environment belongs to the whole process, so this test runs alone.
func TestFlagsWinOverTheEnvironment(t *testing.T) {
	t.Setenv("DASHBOARD_ADDR", "127.0.0.1:1")
	t.Setenv("DASHBOARD_LOG_FORMAT", "json")
	got := parse(t, "--addr", "127.0.0.1:2", "--listen-fd", "3")
	if got.Addr != "127.0.0.1:2" || got.LogFormat != "json" || got.ListenFD != 3 {
		t.Errorf("got %+v", got)
	}
}

func TestURLsMustBeOrigins(t *testing.T) {
	t.Parallel()
	for text, good := range map[string]bool{
		"http://admin.selorax.localhost:5080": true, "https://admin.example.com": true,
		"http://admin.selorax.localhost:5080/": false, "admin.selorax.localhost:5080": false, "": false,
		"ftp://a.example": false, "http://user@a.example": false, "http://a.example/?x": false, "http://%zz": false,
	} {
		if err := checkOrigin("--public-url", text); (err == nil) != good {
			t.Errorf("%q: %v", text, err)
		}
	}
}

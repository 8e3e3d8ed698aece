package extension

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/dial"
	"github.com/selorax/sandbox/platform/internal/problem"
)

func TestResolveStaysOnTheOrigin(t *testing.T) {
	t.Parallel()
	app, err := url.Parse("http://restock.localhost:5010/app")
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]string{
		"/x":                                "http://restock.localhost:5010/x",
		"x/y?a=1#frag":                      "http://restock.localhost:5010/x/y?a=1",
		"../x":                              "http://restock.localhost:5010/x",
		"http://restock.localhost:5010/x":   "http://restock.localhost:5010/x",
		"":                                  "http://restock.localhost:5010/app",
		"http://restock.localhost:5011/x":   "",
		"https://restock.localhost:5010/x":  "",
		"//evil.example/x":                  "",
		`/\evil.example`:                    "",
		"http://a@restock.localhost:5010/x": "",
		"javascript:alert(1)":               "",
		"/a b":                              "",
		"%zz":                               "",
	} {
		got, err := resolve(app, address)
		if (err == nil) != (want != "") || err == nil && got.String() != want {
			t.Errorf("%q leads to %v, %v; want %q", address, got, err, want)
		}
	}
}

// An app that does not answer in time, and one whose address is private.
func TestNoAnswer(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	defer slow.Close()
	defer close(release)
	s := &Service{Client: dial.Dialer{}.Client(50 * time.Millisecond), Log: slog.New(slog.DiscardHandler)}
	for target, want := range map[string]string{slow.URL: api.CodeAppTimeout, "http://10.0.0.1": api.CodeAppUnreachable} {
		to, err := url.Parse(target + "/x?secret=1")
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = s.exchange(t.Context(), call{to: to, method: http.MethodPost}, api.ExtensionActionRequest{StoreID: 22}, "token")
		if !problem.Is(err, want) {
			t.Errorf("%s: %v, want %s", target, err, want)
		}
	}
}

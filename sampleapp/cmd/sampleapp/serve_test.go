package main

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"
)

var complete = map[string]string{
	"SELORAX_CLIENT_ID": "sx_app_1", "SELORAX_CLIENT_SECRET": "sx_secret_1",
	"SESSION_SIGNING_KEY": "key", "WEBHOOK_SIGNING_SECRET": "whsec_1",
}

func TestCredentials(t *testing.T) {
	t.Parallel()
	got, err := readCredentials(func(name string) string { return complete[name] })
	want := credentials{ClientID: "sx_app_1", ClientSecret: "sx_secret_1", SigningKey: "key", WebhookSecret: "whsec_1"}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	got, err = readCredentials(func(name string) string { return complete[strings.TrimSuffix(name, "_BEFORE")] })
	if want.Previous = []string{"sx_secret_1"}; err != nil || cmp.Diff(want, got) != "" {
		t.Errorf("with the secret before: %v, %+v", err, got)
	}
}

func TestMissingCredentials(t *testing.T) {
	t.Parallel()
	for missing := range complete {
		_, err := readCredentials(func(name string) string {
			if name == missing {
				return "  "
			}
			return complete[name]
		})
		if err == nil {
			t.Errorf("starts without %s", missing)
			continue
		}
		for name, value := range complete {
			if strings.Contains(err.Error(), name) != (name == missing) || name != missing && strings.Contains(err.Error(), value) && value != "key" {
				t.Errorf("without %s it says %q", missing, err)
			}
		}
		if !strings.Contains(err.Error(), "sx env --app restock") {
			t.Errorf("does not say where to get %s: %q", missing, err)
		}
	}
	_, err := readCredentials(func(string) string { return "" })
	if err == nil || strings.Count(err.Error(), "\n  ") != len(complete) {
		t.Errorf("with nothing set it says %v", err)
	}
}

func TestOrigin(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"http://restock.localhost:5010":   "http://restock.localhost:5010",
		"https://app.example.com/":        "https://app.example.com",
		"https://app.example.com/path":    "",
		"https://app.example.com?x=1":     "",
		"https://me@app.example.com":      "",
		"app.example.com":                 "",
		"ftp://app.example.com":           "",
		"https://":                        "",
		"https://a.example; script-src *": "",
		"":                                "",
	} {
		got, err := origin("PUBLIC_URL", text)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q is %q, %v; want %q", text, got, err, want)
		}
		if err != nil && !strings.Contains(err.Error(), "PUBLIC_URL") {
			t.Errorf("%q: the error does not name the setting: %v", text, err)
		}
	}
}

// flags parses a command line with an empty environment but for env.
func flags(t *testing.T, env map[string]string, args ...string) serve {
	t.Helper()
	var c cli
	parser, err := kong.New(&c, kong.Vars{"version": "test"}, kong.Exit(func(int) { t.Fatal("exits") }))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range env {
		t.Setenv(name, value)
	}
	if _, err := parser.Parse(append([]string{"serve"}, args...)); err != nil {
		t.Fatal(err)
	}
	return c.Serve
}

func TestFlags(t *testing.T) {
	for _, name := range []string{"ADDR", "PUBLIC_URL", "DASHBOARD_URL", "SELORAX_API_URL", "DATABASE_PATH", "LOG_FORMAT"} {
		t.Setenv(name, "") // kong takes an empty variable for a value
	}
	want := serve{
		Addr: "127.0.0.1:1", PublicURL: "http://p", DashboardURL: "http://d", APIURL: "http://a/api", Database: "b.db", Deploy: true, LogFormat: "json",
	}
	got := flags(t, map[string]string{
		"ADDR": "127.0.0.1:1", "PUBLIC_URL": "http://p", "DASHBOARD_URL": "http://d", "SELORAX_API_URL": "http://a/api",
		"DATABASE_PATH": "b.db", "LOG_FORMAT": "json",
	})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("from the environment (-want +got):\n%s", diff)
	}
	if got := flags(t, map[string]string{"ADDR": "127.0.0.1:1"}, "--addr", "127.0.0.1:2"); got.Addr != "127.0.0.1:2" {
		t.Errorf("the flag does not win: %s", got.Addr)
	}
	if got := flags(t, nil, "--no-deploy"); got.Deploy {
		t.Error("--no-deploy deploys")
	}
}

// The program from flags to a clean stop.
func TestServes(t *testing.T) {
	t.Parallel()
	s := serve{
		PublicURL: "http://restock.localhost:5010", DashboardURL: "http://admin.selorax.localhost:5080/", APIURL: "http://localhost:1/api/",
		Database: filepath.Join(t.TempDir(), "new", "restock.db"),
	}
	app, err := s.app(t.Context(), credentials{ClientID: "sx_app_1", ClientSecret: "sx_secret_1", SigningKey: "key", WebhookSecret: "whsec_1"})
	if err != nil {
		t.Fatal(err)
	}
	defer app.DB.Close()
	handler, err := app.Handler()
	if err != nil {
		t.Fatal(err)
	}
	l, err := listen("127.0.0.1:0", 0)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- run(ctx, l, handler, slog.New(slog.NewTextHandler(t.Output(), nil))) }()
	silent, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	for _, path := range []string{"/healthz", "/readyz", "/"} {
		resp, err := http.Get("http://" + l.Addr().String() + path)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			t.Errorf("%s answers %d", path, resp.StatusCode)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestListenOnNothing(t *testing.T) {
	t.Parallel()
	if _, err := listen("", 987); err == nil {
		t.Error("listens on a descriptor that is not open")
	}
}

package journey_test

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/selorax/sandbox/e2e/internal/browser"
	"github.com/selorax/sandbox/e2e/internal/journey"
)

// A shop with a list that fills itself and an app in a frame of another site.
func shop(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
		_, port, _ := strings.Cut(r.Host, ":")
		fmt.Fprintf(w, `<!doctype html><link rel="icon" href="data:"><title>Shop</title>
			<ul id="list"></ul><p data-testid="hidden" hidden>secret</p>
			<iframe src="http://app.localhost:%s/app"></iframe>
			<script>setTimeout(() => { list.innerHTML =
				'<li data-testid="row" data-id="1">one</li><li data-testid="row" data-id="2"> two </li>' }, 50)</script>`, port)
	})
	mux.HandleFunc("/app", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<!doctype html><button data-testid="go" onclick="this.remove()">go</button>`)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return strings.Replace(server.URL, "127.0.0.1", "shop.localhost", 1)
}

// begin starts a journey on a sandbox that is a shell script.
func begin(t *testing.T, url string, steps *bytes.Buffer) (*journey.Journey, string) {
	t.Helper()
	path, err := browser.Find()
	if errors.Is(err, browser.ErrMissing) && os.Getenv("REQUIRE_BROWSER") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	b, err := browser.Start(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	bin, artifacts := t.TempDir(), t.TempDir()
	script := fmt.Sprintf("#!/bin/sh\ntrap 'exit 0' TERM\necho '{\"dashboard_url\":\"%s\"}'\nwhile :; do sleep 0.01; done\n", url)
	if err := os.WriteFile(filepath.Join(bin, "sx"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	suite := &journey.Suite{Browser: b, Bin: bin, Artifacts: artifacts, Steps: steps}
	return suite.Begin(t, suite.Programs(t)), filepath.Join(artifacts, t.Name())
}

func TestJourney(t *testing.T) {
	t.Parallel()
	var steps bytes.Buffer
	j, dir := begin(t, shop(t), &steps)
	p := j.Open("a merchant")
	j.Step("the page fills itself", func() {
		p.Goto(j.Sandbox.DashboardURL + "/")
		p.At("/")
		p.See(journey.Hook("row", "id", "2"))
		if ids := p.All(journey.Hook("row"), "id"); len(ids) != 2 || ids[0] != "1" {
			t.Errorf("ids are %v, want 1 and 2", ids)
		}
		if text := p.Text(journey.Hook("row", "id", "2")); text != "two" {
			t.Errorf("text is %q, want two", text)
		}
		if !p.Has(journey.Hook("hidden")) || p.Has(journey.Hook("row", "id", "3")) {
			t.Error("Has is wrong")
		}
	})
	j.Step("the button in the app's frame works", func() {
		app := p.Frame("http://app.localhost:")
		app.Click(journey.Hook("go"))
		app.Gone(journey.Hook("go"))
		if at := p.Visited("/app"); at.Hostname() != "app.localhost" {
			t.Errorf("visited %s", at)
		}
	})
	lines := regexp.MustCompile(`(?m)^ok +\d+\.\d s  (.+)$`).FindAllStringSubmatch(steps.String(), -1)
	if len(lines) != 3 || lines[2][1] != "the button in the app's frame works" {
		t.Errorf("step lines are\n%s", steps.String())
	}
	for _, name := range []string{"02-the-page-fills-itself.png", "03-the-button-in-the-app-s-frame-works.png"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() < 1000 {
			t.Errorf("screenshot %s: %v", name, err)
		}
	}
}

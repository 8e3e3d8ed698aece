package browser_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/selorax/sandbox/e2e/internal/browser"
	"github.com/selorax/sandbox/e2e/internal/wait"
)

// site serves a page with a button that is covered at first, a field, and a
// frame of another site.
func site(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "seen", Value: "yes"})
		_, port, _ := strings.Cut(r.Host, ":")
		_, err := r.Cookie("seen")
		fmt.Fprintf(w, `<!doctype html><link rel="icon" href="data:"><title>Shop</title>
			<p id="before">%t</p>
			<button id="buy" onclick="done.textContent += who.value">Buy</button>
			<div id="cover" style="position:fixed;inset:0">wait</div>
			<input id="who" value="old"><p id="done"></p>
			<iframe src="http://other.localhost:%s/frame"></iframe>
			<script>setTimeout(() => cover.remove(), 200)</script>`, err == nil, port)
	})
	mux.HandleFunc("/frame", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<!doctype html><button id="in" onclick="this.textContent='clicked'">inside</button>`)
	})
	mux.HandleFunc("/away", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/?there", http.StatusFound) })
	mux.HandleFunc("/walk", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<!doctype html><link rel="icon" href="data:"><form method="post"><button id="on">On</button></form>`)
	})
	mux.HandleFunc("/broken", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<!doctype html><link rel="icon" href="data:"><script>missing.call()</script>`)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return strings.Replace(server.URL, "127.0.0.1", "shop.localhost", 1)
}

func start(t *testing.T) *browser.Browser {
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
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error("close the browser: ", err)
		}
	})
	return b
}

func open(t *testing.T, b *browser.Browser, url string) *browser.Page {
	t.Helper()
	p, err := b.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	if err := p.Goto(url); err != nil {
		t.Fatal(err)
	}
	return p
}

func text(t *testing.T, p *browser.Page, css string) string {
	t.Helper()
	s, err := browser.Eval[string](p, fmt.Sprintf("document.querySelector(%q).textContent", css))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestBrowser(t *testing.T) {
	t.Parallel()
	b := start(t)
	url := site(t)

	t.Run("types and clicks what a person could", func(t *testing.T) {
		t.Parallel()
		p := open(t, b, url)
		if err := p.Type("#who", "new"); err != nil {
			t.Fatal(err)
		}
		if err := p.Click("#buy"); err != nil {
			t.Fatal(err)
		}
		if got := text(t, p, "#done"); got != "new" {
			t.Errorf("the page got %q, want what was typed", got)
		}
	})
	t.Run("each tab has its own cookies", func(t *testing.T) {
		t.Parallel()
		first := open(t, b, url)
		if err := first.Goto(url); err != nil {
			t.Fatal(err)
		}
		second := open(t, b, url)
		if a, b := text(t, first, "#before"), text(t, second, "#before"); a != "true" || b != "false" {
			t.Errorf("cookie seen by the same tab %s, by another %s; want true, false", a, b)
		}
	})
	t.Run("reaches into a frame of another site", func(t *testing.T) {
		t.Parallel()
		p := open(t, b, url)
		var f *browser.Page
		if err := wait.Until(t.Context(), func() (err error) {
			f, err = p.Frame("http://other.localhost:")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := f.Click("#in"); err != nil {
			t.Fatal(err)
		}
		if got := text(t, f, "#in"); got != "clicked" {
			t.Errorf("button in the frame says %q", got)
		}
		if _, err := p.Frame("http://nowhere.localhost"); err == nil {
			t.Error("found a frame that does not exist")
		}
	})
	t.Run("shows a page that a click is leaving", func(t *testing.T) {
		t.Parallel()
		p := open(t, b, url+"/walk")
		began := time.Now()
		for range 5 {
			if err := p.Click("#on"); err != nil {
				t.Fatal(err)
			}
			if shot, err := p.Screenshot(); err != nil || len(shot) == 0 {
				t.Errorf("screenshot has %d bytes after %v, error %v", len(shot), time.Since(began), err)
			}
		}
	})
	t.Run("remembers redirects and problems", func(t *testing.T) {
		t.Parallel()
		p := open(t, b, url+"/away")
		if got := p.Visited(); !slices.Contains(got, url+"/away") || !slices.Contains(got, url+"/?there") {
			t.Errorf("visited %v, want both hops", got)
		}
		if err := p.Goto(url + "/broken"); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(p.Problems(), "\n"); !strings.Contains(got, "missing is not defined") {
			t.Errorf("problems are %q, want the exception", got)
		}
		if shot, err := p.Screenshot(); err != nil || !strings.HasPrefix(string(shot), "\x89PNG") {
			t.Errorf("screenshot has %d bytes, error %v", len(shot), err)
		}
	})
}

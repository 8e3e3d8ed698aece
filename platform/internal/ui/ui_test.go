package ui_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/ui"
	"github.com/selorax/sandbox/platform/internal/web"
)

// ask sends a request to a platform that has nothing but pages; /refused shows
// an error page.
func ask(line string) *httptest.ResponseRecorder {
	pages := &ui.Pages{DashboardURL: "http://admin.selorax.localhost:5080"}
	r := web.NewRouter(slog.New(slog.DiscardHandler))
	pages.Routes(r)
	r.Public(http.MethodGet, "/refused", func(w http.ResponseWriter, r *http.Request) error {
		return pages.Error(w, r, http.StatusBadRequest, "This app <cannot> be installed", `It names "redirects" & more.`, "Ask its developer.")
	})
	method, target, _ := strings.Cut(line, " ")
	w := httptest.NewRecorder()
	r.Handler().ServeHTTP(w, httptest.NewRequest(method, target, nil))
	return w
}

func TestErrorPageSaysWhatAndWhatNow(t *testing.T) {
	t.Parallel()
	w := ask("GET /refused")
	for _, want := range []string{
		"<h1>This app &lt;cannot&gt; be installed</h1>", "It names &#34;redirects&#34; &amp; more.", "Ask its developer.",
		"<code>" + w.Header().Get(api.HeaderRequestID) + "</code>", `href="http://admin.selorax.localhost:5080"`,
	} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("no %s in\n%s", want, w.Body)
		}
	}
	if w.Code != http.StatusBadRequest {
		t.Errorf("answered %d", w.Code)
	}
}

func TestFrontPageLeadsToTheDashboard(t *testing.T) {
	t.Parallel()
	w := ask("GET /")
	if w.Code != 200 || !strings.Contains(w.Body.String(), `href="http://admin.selorax.localhost:5080"`) || strings.Contains(w.Body.String(), "Request id") {
		t.Errorf("%d\n%s", w.Code, w.Body)
	}
}

func TestPagesAllowNothingInline(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"GET /", "GET /refused", "HEAD /"} {
		w := ask(line)
		policy := w.Header().Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "frame-ancestors 'none'", "form-action 'none'", "base-uri 'none'"} {
			if !strings.Contains(policy, want) {
				t.Errorf("%s: policy %q lacks %s", line, policy, want)
			}
		}
		if strings.Contains(policy, "unsafe") || w.Header().Get("Content-Type") != "text/html; charset=utf-8" || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", line, w.Header())
		}
		if inline := regexp.MustCompile(`<style|<script|\sstyle=|\son[a-z]+=`).FindString(w.Body.String()); inline != "" {
			t.Errorf("%s has %s", line, inline)
		}
	}
}

func TestAssetsOfAPageAreThereForEver(t *testing.T) {
	t.Parallel()
	found := regexp.MustCompile(`"(/assets/[a-z]+-[0-9a-f]{12}\.(css|svg))"`).FindAllStringSubmatch(ask("GET /").Body.String(), -1)
	if len(found) != 3 { // the icon, the stylesheet, the picture
		t.Fatalf("the page names %v", found)
	}
	types := map[string]string{"css": "text/css; charset=utf-8", "svg": "image/svg+xml"}
	for _, f := range found {
		w := ask("GET " + f[1])
		if w.Code != 200 || w.Body.Len() == 0 || w.Header().Get("Content-Type") != types[f[2]] || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d %v", f[1], w.Code, w.Header())
		}
	}
	if w := ask("GET /assets/page-000000000000.css"); w.Code != http.StatusNotFound || strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("an old hash: %d %v", w.Code, w.Header())
	}
}

func TestEveryClassIsStyled(t *testing.T) {
	t.Parallel()
	pages := ask("GET /").Body.String() + ask("GET /refused").Body.String()
	css := ask("GET " + regexp.MustCompile(`/assets/page[^"]*`).FindString(pages)).Body.String()
	for _, list := range regexp.MustCompile(`class="([^"]*)"`).FindAllStringSubmatch(pages, -1) {
		for _, class := range strings.Fields(list[1]) {
			if !regexp.MustCompile(`\.` + class + `[\s,{:.]`).MatchString(css) {
				t.Errorf("class %s has no rule", class)
			}
		}
	}
	for _, name := range regexp.MustCompile(`var\((--[a-z-]+)\)`).FindAllStringSubmatch(css, -1) {
		if !strings.Contains(css, name[1]+":") {
			t.Errorf("property %s has no value", name[1])
		}
	}
}

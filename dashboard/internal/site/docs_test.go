package site_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

// guides are the paths of all guides: of the files there are, so that none is
// forgotten.
func guides(t *testing.T) (paths []string) {
	t.Helper()
	for _, pattern := range []string{"../../docs/*.md", "../static/*/*.md"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, file := range files {
			name := strings.ToLower(strings.TrimSuffix(filepath.Base(file), ".md"))
			paths = append(paths, strings.TrimSuffix("/docs/"+name, "/readme"))
		}
	}
	return paths
}

// Guides need no sign-in and no platform, and look the same with both.
func TestGuidesAreForEverybody(t *testing.T) {
	t.Parallel()
	d := start(t)
	d.Fail(func(*http.Request) int { return 1 })
	for _, path := range guides(t) {
		a := d.see(path)
		if n := a.Count("h1"); n != 1 {
			t.Errorf("%s has %d headings", path, n)
		}
		if title := a.One("head > title").Text(); title != a.One("h1").Text()+" · SeloraX Sandbox" {
			t.Errorf("%s has the title %q", path, title)
		}
		if got := a.Attrs(`.docs-side [aria-current="page"]`, "href"); !slices.Equal(got, []string{path}) {
			t.Errorf("%s: %v is current", path, got)
		}
		if n := a.Count(`.docs-pick a[aria-current="page"]`); n != 1 {
			t.Errorf("%s: %d are current in the list above", path, n)
		}
		for _, complaint := range complaints(a) {
			t.Errorf("%s: %s", path, complaint)
		}
		if n := a.Count("pre.code"); n != a.Count(".code-box > pre.code") || a.Count("[data-copy]") != a.Count(".code-box:not(.code-printed)") {
			t.Errorf("%s: not every block of %d can be copied", path, n)
		}
		for _, id := range a.Attrs("[data-copy]", "data-copy") {
			a.One("pre#" + id)
		}
		if got := policyOf(a); got["style-src"] != "'self'" || got["frame-ancestors"] != "'none'" {
			t.Errorf("%s: %v", path, got)
		}
	}
	if n := len(d.Requests("/")); n != 0 {
		t.Errorf("the platform was asked %d times", n)
	}
}

// No link within the guides is dead, and no anchor.
func TestGuidesLinkToWhatIsThere(t *testing.T) {
	t.Parallel()
	d := start(t)
	pages := map[string]answer{}
	for _, path := range guides(t) {
		pages[path] = d.see(path)
	}
	for path, a := range pages {
		for _, href := range a.Attrs("a[href]", "href") {
			u, err := url.Parse(href)
			switch {
			case err != nil:
				t.Errorf("%s: %v", path, err)
			case u.Scheme != "" || href == "/":
				continue
			case u.Path == "":
				u.Path = path
			}
			to, known := pages[u.Path]
			if !known {
				t.Errorf("%s links to %s, which is no guide", path, href)
			} else if u.Fragment != "" && to.Count(`[id="`+u.Fragment+`"]`) != 1 {
				t.Errorf("%s links to %s, where that place is not", path, href)
			}
		}
	}
}

// Links of the guides lead to files that are there, on a forge too.
func TestGuidesLinkToFiles(t *testing.T) {
	t.Parallel()
	for dir, pattern := range map[string]string{"../../docs": "*.md", "../static": "*/*.md"} {
		files, _ := filepath.Glob(filepath.Join(dir, pattern))
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, part := range strings.Split(string(text), "](")[1:] {
				link, _, _ := strings.Cut(part, ")")
				link, _, _ = strings.Cut(link, "#")
				if link == "" || strings.Contains(link, "://") {
					continue
				}
				if _, err := os.Stat(filepath.Join(filepath.Dir(file), link)); err != nil {
					t.Errorf("%s: %v", file, err)
				}
			}
		}
	}
}

// The guides follow each other in the order of the index.
func TestGuidesAreReadInOrder(t *testing.T) {
	t.Parallel()
	d := start(t)
	a := d.see("/docs")
	read := []string{"/docs"}
	for a.Count(hook("guide-next")) == 1 {
		next := a.One(hook("guide-next")).Attr("href")
		a = d.see(next)
		if back := a.One(hook("guide-previous")).Attr("href"); back != read[len(read)-1] {
			t.Errorf("back from %s leads to %s", next, back)
		}
		read = append(read, next)
	}
	if want := a.Attrs(".docs-side .nav-item", "href"); !slices.Equal(read, want) {
		t.Errorf("read in the order %v, listed as %v", read, want)
	}
	if len(read) != len(guides(t)) {
		t.Errorf("%d of %d guides are in the reading order", len(read), len(guides(t)))
	}
}

func TestGuidesThatAreNotThere(t *testing.T) {
	t.Parallel()
	d := start(t)
	for path, listed := range map[string]bool{
		"/docs/nothing": true, "/docs/first-app.md": true, "/docs/README": true, "/docs/%2e%2e": true, "/docs/<b>": true, "/docs/first-app/more": false,
	} {
		a := d.get(path)
		if got := a.Count(hook("docs-nav")) == 1; got != listed {
			t.Errorf("%s: the guides are listed: %t", path, got)
		}
		if a.StatusCode != http.StatusNotFound || a.One(hook("problem")).Attr("data-status") != "404" {
			t.Errorf("%s: %s", path, a.Status)
		}
	}
	if a := d.get("/docs/"); a.StatusCode != http.StatusMovedPermanently || a.Header.Get("Location") != "/docs" {
		t.Errorf("/docs/: %s to %s", a.Status, a.Header.Get("Location"))
	}
	if a := d.post("/docs/first-app", nil); a.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("a form: %s", a.Status)
	}
}

// People find the guides from a store and from the sign-in.
func TestGuidesAreFound(t *testing.T) {
	t.Parallel()
	d := start(t)
	if to := d.see("/login").One(hook("login-docs")).Attr("href"); to != "/docs" {
		t.Errorf("the sign-in leads to %s", to)
	}
	if to := d.as(platformtest.Merchant).see("/22").One(hook("nav-docs")).Attr("href"); to != "/docs" {
		t.Errorf("the navigation leads to %s", to)
	}
}

// guideIsCopied copies a command, picks a guide on a phone, and goes to a
// heading that the bar must not hide.
func guideIsCopied(t *testing.T, b browsertest.Browser) {
	d := start(t)
	p := b.Open(t, phone)
	p.Goto(d.URL + "/docs")
	p.Click(hook("docs-pick") + " summary")
	p.Click(hook("docs-pick") + ` a[href="/docs/ten-steps"]`)
	at(p, "/docs/ten-steps")
	p.Click(`[data-copy]`)
	p.Until(`['Copied', 'Selected'].includes(document.querySelector('[data-copy] span').textContent)`)
	browsertest.Eval[any](p, `location.hash = '#3-take-the-credentials'`)
	p.Until(`document.querySelector(':target').getBoundingClientRect().top >= document.querySelector('.topbar').getBoundingClientRect().bottom`)
	for _, path := range guides(t) {
		p.Goto(d.URL + path)
		if wide := browsertest.Eval[int](p, "document.documentElement.scrollWidth"); wide > int(phone.Width) {
			t.Errorf("%s is %d wide on a screen of %d", path, wide, phone.Width)
		}
	}
}

// guideShots are the pages that are drawn.
var guideShots = []shot{
	{"docs", "/docs", "signed-out"}, {"docs-first-app", "/docs/first-app", "signed-out"}, {"docs-existing-app", "/docs/existing-app", "signed-out"},
	{"docs-custom-apps", "/docs/custom-apps", "signed-out"}, {"docs-uninstall", "/docs/uninstall", "signed-out"}, {"docs-extensions", "/docs/extensions", "signed-out"},
	{"docs-pick", "/docs/first-app", `document.querySelector('.docs-pick').open = true`}, {"docs-missing", "/docs/nothing", "signed-out"},
}

package static_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/selorax/sandbox/dashboard/internal/static"
)

func load(t *testing.T) *static.Assets {
	t.Helper()
	a, err := static.Load()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func get(a *static.Assets, url string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	a.ServeHTTP(w, httptest.NewRequest(http.MethodGet, url, nil))
	return w
}

func imports(t *testing.T, a *static.Assets) map[string]string {
	t.Helper()
	var parsed struct{ Imports map[string]string }
	if err := json.Unmarshal([]byte(a.ImportMap()), &parsed); err != nil {
		t.Fatal(err)
	}
	return parsed.Imports
}

func TestFilesAreKeptForEver(t *testing.T) {
	t.Parallel()
	a := load(t)
	for name, kind := range map[string]string{
		"dashboard.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml", "js/main.js": "text/javascript; charset=utf-8", "bridge/app-frame.js": "text/javascript; charset=utf-8",
	} {
		url, err := a.URL(name)
		if err != nil || !regexp.MustCompile(`^/static/[a-z/-]+\.[0-9a-f]{10}\.[a-z]+$`).MatchString(url) {
			t.Fatalf("%s is at %q, %v", name, url, err)
		}
		w := get(a, url)
		h := w.Header()
		if w.Code != 200 || w.Body.Len() == 0 || h.Get("Content-Type") != kind || !strings.Contains(h.Get("Cache-Control"), "immutable") || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d %v", url, w.Code, h)
		}
	}
}

func TestOnlyHashedNamesAreServed(t *testing.T) {
	t.Parallel()
	a := load(t)
	for _, url := range []string{"/static/", "/static/js/main.js", "/static/js/main.0000000000.js", "/static/../static.go", "/static/bridge/PROTOCOL.md", "/static/ext/EXTENSIONS.md"} {
		if w := get(a, url); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", url, w.Code)
		}
	}
	if url, err := a.URL("js/nothing.js"); err == nil {
		t.Errorf("a file that is not there is at %s", url)
	}
}

// Every import of every module leads to a file, by way of the import map.
func TestImportsLeadToFiles(t *testing.T) {
	t.Parallel()
	a := load(t)
	all := imports(t, a)
	for plain, url := range all {
		w := get(a, url)
		if w.Code != http.StatusOK {
			t.Errorf("%s leads to %s, which answers %d", plain, url, w.Code)
		}
		folder := plain[:strings.LastIndexByte(plain, '/')+1]
		for _, m := range regexp.MustCompile(`(?m)^(?:import|\} from|import .* from) '([^']+)';|^import .* from '([^']+)';|^[^/*\n]*[ (]import\('([^']+)'\)`).FindAllStringSubmatch(w.Body.String(), -1) {
			name := m[1] + m[2] + m[3]
			if !strings.HasPrefix(name, ".") || all[path.Join(folder, name)] == "" {
				t.Errorf("%s imports %s, which is not there", plain, name)
			}
		}
	}
	if len(all) < 5 {
		t.Errorf("only %d modules", len(all))
	}
}

func TestImportMapHash(t *testing.T) {
	t.Parallel()
	a := load(t)
	sum := sha256.Sum256([]byte(a.ImportMap()))
	if got, want := a.ImportMapHash(), "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A custom property or class layer that nothing sets would be no style at all.
func TestStylesUseDefinedProperties(t *testing.T) {
	t.Parallel()
	a := load(t)
	url, _ := a.URL("dashboard.css")
	css := get(a, url).Body.String()
	defined := map[string]bool{}
	for _, m := range regexp.MustCompile(`(--[a-z-]+):`).FindAllStringSubmatch(css, -1) {
		defined[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`var\((--[a-z-]+)`).FindAllStringSubmatch(css, -1) {
		if !defined[m[1]] {
			t.Errorf("%s is used and never set", m[1])
		}
	}
	if open, closed := strings.Count(css, "{"), strings.Count(css, "}"); open != closed {
		t.Errorf("%d braces open, %d close", open, closed)
	}
}

package docs_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"github.com/selorax/sandbox/platform/internal/docs"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

func TestTheDocumentIsServedInBothForms(t *testing.T) {
	t.Parallel()
	s := storetest.Serve(t, docs.Routes)
	read := func(target string, parse func([]byte, any) error) (doc map[string]any) {
		a := s.Get(storetest.App, target)
		if a.Code != http.StatusOK {
			t.Fatalf("%s: %d %s", target, a.Code, a.Body)
		}
		if err := parse(a.Body.Bytes(), &doc); err != nil {
			t.Fatal(err)
		}
		return doc
	}
	inJSON := read("/api/docs/openapi.json", json.Unmarshal)
	inYAML := read("/api/docs/openapi.yaml", func(text []byte, v any) error { return yaml.Unmarshal(text, v) })
	for name, doc := range map[string]map[string]any{"JSON": inJSON, "YAML": inYAML} {
		paths, _ := doc["paths"].(map[string]any)
		if doc["openapi"] != "3.1.1" || paths["/api/apps/v1/orders"] == nil {
			t.Errorf("%s: %v with %d paths", name, doc["openapi"], len(paths))
		}
	}
}

// Everything that the page names is served, and from here.
func TestThePageFindsItsFiles(t *testing.T) {
	t.Parallel()
	s := storetest.Serve(t, docs.Routes)
	page := s.Get(storetest.App, "/api/docs")
	if policy := page.Header().Get("Content-Security-Policy"); page.Code != http.StatusOK || !strings.Contains(policy, "script-src 'self';") {
		t.Errorf("%d with the policy %q", page.Code, policy)
	}
	found := regexp.MustCompile(`(?:src|href)="([^"]+)"`).FindAllStringSubmatch(page.Body.String(), -1)
	if len(found) < 8 {
		t.Errorf("the page names %d files", len(found))
	}
	for _, f := range found {
		a := s.Get(storetest.App, f[1])
		if a.Code != http.StatusOK || a.Body.Len() == 0 || a.Header().Get("Content-Type") == "" {
			t.Errorf("%s: %d, %d bytes of %q", f[1], a.Code, a.Body.Len(), a.Header().Get("Content-Type"))
		}
	}
	for _, name := range []string{"nope.js", "index.html", "embed.go", "..%2fdocs.go", "swagger-ui.map"} {
		s.Get(storetest.App, "/api/docs/"+name).Refusal(http.StatusNotFound)
	}
}

// The script of the app bridge is for pages of any site, and cached until it
// changes.
func TestAppBridgeScript(t *testing.T) {
	t.Parallel()
	s := storetest.Serve(t, docs.Routes)
	a := s.Get(storetest.App, "/sdk/app-bridge.js")
	h := a.Header()
	if a.Code != http.StatusOK || h.Get("Content-Type") != "text/javascript; charset=utf-8" || h.Get("Cross-Origin-Resource-Policy") != "cross-origin" ||
		h.Get("Access-Control-Allow-Origin") != "*" || h.Get("ETag") == "" || !strings.Contains(a.Body.String(), "SeloraXBridge") {
		t.Errorf("%d %v, %d bytes", a.Code, h, a.Body.Len())
	}
}

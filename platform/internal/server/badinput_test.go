package server_test

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/openapi"
	"github.com/selorax/sandbox/platform/internal/openapi/openapitest"
	"github.com/selorax/sandbox/platform/internal/web"
	"github.com/selorax/sandbox/platform/platformtest"
)

// schema is what the generated table needs of the OpenAPI document.
type schema struct {
	Ref        string            `json:"$ref"`
	Type       any               `json:"type"`
	Enum       []any             `json:"enum"`
	Items      *schema           `json:"items"`
	AnyOf      []schema          `json:"anyOf"`
	Properties map[string]schema `json:"properties"`
	Required   []string          `json:"required"`
}

type operation struct {
	Parameters []struct {
		Name   string `json:"name"`
		In     string `json:"in"`
		Schema schema `json:"schema"`
	} `json:"parameters"`
	RequestBody *struct {
		Content map[string]struct {
			Schema schema `json:"schema"`
		} `json:"content"`
	} `json:"requestBody"`
}

type document struct {
	Paths      map[string]map[string]operation `json:"paths"`
	Components struct {
		Schemas map[string]schema `json:"schemas"`
	} `json:"components"`
}

func (d document) resolve(s schema) schema {
	if name, ok := strings.CutPrefix(s.Ref, "#/components/schemas/"); ok {
		return d.Components.Schemas[name]
	}
	for _, option := range s.AnyOf {
		if option.Type != "null" {
			return d.resolve(option)
		}
	}
	return s
}

// wrong are values that do not fit a schema.
func (d document) wrong(s schema) []string {
	s = d.resolve(s)
	switch kind := kindOf(s); {
	case len(s.Enum) > 0 && kind == "integer":
		return []string{`2`, `"x"`, `{}`, `1.5`}
	case kind == "string":
		return []string{`7`, `{}`, `[]`, `true`, `"a\u0000b"`, "\"\xff\""}
	case kind == "integer":
		return []string{`"7"`, `1.5`, `1e30`, `{}`, `true`}
	case kind == "number":
		return []string{`"7"`, `{}`, `[]`, `true`, `1e999`}
	case kind == "boolean":
		return []string{`"yes"`, `7`, `{}`}
	case kind == "array":
		return []string{`7`, `{}`, `"x"`}
	case kind == "object":
		return []string{`7`, `[]`, `"x"`}
	}
	return nil
}

func kindOf(s schema) string {
	switch kind := s.Type.(type) {
	case string:
		return kind
	case []any:
		first, _ := kind[0].(string)
		return first
	}
	return ""
}

// counts are the rows that a refused request must leave as they are.
type counts struct{ Events, Deliveries, Installations int }

// generator makes requests to every documented route.
type generator struct {
	t   *testing.T
	p   *platformtest.Platform
	doc document
	as  map[string]platformtest.Header // by kind of route
	n   map[int]int                    // requests by the status they got
}

func newGenerator(t *testing.T) *generator {
	p := platformtest.Start(t, platformtest.Config{})
	p.Install("my-app", 22)
	g := &generator{t: t, p: p, n: map[int]int{}}
	if err := json.Unmarshal(api.OpenAPI, &g.doc); err != nil {
		t.Fatal(err)
	}
	client := p.Client("my-app", 22)
	alone := maps.Clone(client)
	delete(alone, api.HeaderStoreID)
	g.as = map[string]platformtest.Header{
		web.KindApp: client, web.KindClient: alone, web.KindUser: platformtest.User(p.Login(platformtest.Developer)),
		web.KindControl: {api.HeaderControlKey: p.ControlKey},
	}
	return g
}

func (g *generator) counts() counts {
	s := platformtest.Data[api.SandboxStatus](g.p.Do(http.MethodGet, "/_sandbox/status", g.as[web.KindControl], nil))
	return counts{s.Events, s.Deliveries, s.Installations}
}

// ask sends a raw request and returns the status.
func (g *generator) ask(r web.Route, path, contentType, body string, more ...string) (int, string) {
	g.t.Helper()
	req, err := http.NewRequestWithContext(g.t.Context(), r.Method, g.p.URL+path, strings.NewReader(body))
	if err != nil {
		g.t.Fatalf("%s %s: %v", r.Method, path, err)
	}
	for name, value := range g.as[r.Kind] {
		req.Header.Set(name, value)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	for n := 0; n < len(more); n += 2 {
		req.Header.Add(more[n], more[n+1])
	}
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		g.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		g.t.Fatal(err)
	}
	openapitest.Check(g.t, openapitest.Answer{Method: r.Method, Path: req.URL.EscapedPath(), Status: res.StatusCode, ContentType: res.Header.Get("Content-Type"), Body: text})
	g.n[res.StatusCode]++
	return res.StatusCode, string(text)
}

// refused fails the test unless a request gets one of the statuses.
func (g *generator) refused(r web.Route, what, path, contentType, body string, wanted ...int) {
	g.t.Helper()
	if status, text := g.ask(r, path, contentType, body); !slices.Contains(wanted, status) {
		g.t.Errorf("%s %s with %s (%.80q): %d %.300s, want one of %v", r.Method, path, what, body, status, text, wanted)
	}
}

var inPath = regexp.MustCompile(`\{([a-z_]+)\}`)

// existing are records of store 22, by the parameter that names them.
var existing = map[string]string{
	"{store_id}": "22", "{product_id}": "150", "{order_id}": "1001", "{user_id}": "301", "{resource_type}": "store", "{resource_id}": "22",
	"{slug}": "my-app",
}

// fill gives every parameter of a path a value that exists as far as that is
// possible for all.
func fill(path string) string {
	return inPath.ReplaceAllStringFunc(path, func(name string) string {
		if value := existing[name]; value != "" {
			return value
		}
		return "1"
	})
}

const inJSON = "application/json"

// skipped are routes that take no JSON, or stand for something else: files,
// pages, the WebSocket and what ends the session.
func skipped(r web.Route) bool {
	return r.Kind == web.KindPublic && !strings.HasPrefix(r.Path, "/api/") || r.Path == "/api/live" || r.Path == "/_sandbox/live" || r.Path == "/api/auth/logout" ||
		strings.HasPrefix(r.Path, "/api/docs")
}

// TestBadInput sends every documented route what does not fit it: it is
// refused in the platform's form, never with a failure, and nothing is
// written.
func TestBadInput(t *testing.T) {
	t.Parallel()
	g := newGenerator(t)
	before := g.counts()
	for _, r := range g.p.Routes() {
		if skipped(r) {
			continue
		}
		op := g.doc.Paths[r.Path][strings.ToLower(r.Method)]
		g.credentials(r)
		g.ids(r)
		g.query(r, op)
		if op.RequestBody != nil {
			if body, ok := op.RequestBody.Content[inJSON]; ok {
				g.body(r, g.doc.resolve(body.Schema))
			}
		}
	}
	if after := g.counts(); after != before {
		t.Errorf("refused requests wrote: %+v became %+v", before, after)
	}
	for route, path := range openapi.Examples() { // and everything answers as before
		method, template, _ := strings.Cut(route, " ")
		kind := web.KindUser
		if strings.HasPrefix(template, "/api/apps/v1/") {
			kind = web.KindApp
		}
		if status, text := g.ask(web.Route{Method: method, Path: template, Kind: kind}, path, "", ""); status != http.StatusOK {
			t.Errorf("afterwards %s: %d %s", path, status, text)
		}
	}
	t.Logf("requests by status: %v", g.n)
	for status, least := range map[int]int{http.StatusBadRequest: 800, http.StatusUnauthorized: 300, http.StatusNotFound: 300} {
		if g.n[status] < least {
			t.Errorf("%d requests got %d, want at least %d", g.n[status], status, least)
		}
	}
}

// credentials that are missing, wrong or of another kind.
func (g *generator) credentials(r web.Route) {
	if r.Kind == web.KindPublic {
		return
	}
	own := g.as
	defer func() { g.as = own }()
	for name, h := range map[string]platformtest.Header{
		"no credentials": nil, "a wrong token": platformtest.Bearer("sx_at_wrong"), "half a token": {"Authorization": "Bearer"},
		"a wrong session": platformtest.User("wrong"), "a wrong key": {api.HeaderControlKey: "wrong"},
		"a wrong secret": {api.HeaderClientID: g.p.Apps["my-app"].ClientID, api.HeaderClientSecret: "wrong", api.HeaderStoreID: "22"},
	} {
		g.as = map[string]platformtest.Header{r.Kind: h}
		g.refused(r, name, fill(r.Path), inJSON, "{}", http.StatusUnauthorized)
	}
}

// ids that are none, or of nobody.
func (g *generator) ids(r web.Route) {
	for _, found := range inPath.FindAllStringSubmatch(r.Path, -1) {
		ids := []string{"%00", "%ff"}
		if strings.HasSuffix(found[1], "_id") {
			ids = append(ids, "0", "-1", "01", "1.5", "x", "99999999999999999999", "999999", "%2f")
		}
		for _, id := range ids {
			path := fill(strings.Replace(r.Path, found[0], id, 1))
			g.refused(r, "the "+found[1]+" "+id, path, inJSON, "{}", http.StatusNotFound, http.StatusBadRequest)
		}
	}
}

// query parameters that do not fit, or come twice.
func (g *generator) query(r web.Route, op operation) {
	for _, p := range op.Parameters {
		if p.In != "query" || r.Path == "/api/apps/oauth/authorize" {
			continue
		}
		values := []string{"\xff", "a\x00b", strings.Repeat("x", 201)}
		switch kind := kindOf(p.Schema); {
		case len(p.Schema.Enum) > 0:
			values = append(values, "nope")
		case kind == "integer":
			values = append(values, "x", "-1", "1.5")
		case kind == "number":
			values = append(values, "x", "-1", "1.555")
		}
		for _, v := range values {
			path := fill(r.Path) + "?" + url.Values{p.Name: {v}}.Encode()
			g.refused(r, fmt.Sprintf("%s=%.20q", p.Name, v), path, inJSON, "", http.StatusBadRequest, http.StatusNotFound)
		}
		g.refused(r, p.Name+" twice", fill(r.Path)+"?"+url.Values{p.Name: {"1", "1"}}.Encode(), inJSON, "", http.StatusBadRequest, http.StatusNotFound)
	}
}

// body sends bodies that are no JSON object, and each field with each wrong
// value.
func (g *generator) body(r web.Route, s schema) {
	path := fill(r.Path)
	refused := []int{http.StatusBadRequest, http.StatusNotFound, http.StatusUnauthorized, http.StatusConflict, http.StatusForbidden}
	for name, body := range map[string]string{
		"nothing": "", "half": `{"a":`, "a list": `[]`, "a text": `"x"`, "bad UTF-8": "{\"a\":\"\xff\"}", "two objects": `{}{}`,
	} {
		g.refused(r, name, path, inJSON, body, refused...)
	}
	g.refused(r, "another content type", path, "text/plain", "{}", append(refused, http.StatusUnsupportedMediaType)...)
	g.refused(r, "a huge body", path, inJSON, `{"a":"`+strings.Repeat("x", 8<<20)+`"}`, append(refused, http.StatusRequestEntityTooLarge)...)
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		for _, value := range g.doc.wrong(s.Properties[name]) {
			g.refused(r, name, path, inJSON, fmt.Sprintf(`{%q:%s}`, name, value), refused...)
		}
		g.refused(r, name+" twice", path, inJSON, fmt.Sprintf(`{%q:null,%[1]q:null}`, name), refused...)
	}
	if r.Kind == web.KindApp {
		if status, text := g.ask(r, path, inJSON, "{}", api.HeaderIdempotency, "a", api.HeaderIdempotency, "b"); !slices.Contains(refused, status) {
			g.t.Errorf("%s %s with two keys: %d %s", r.Method, path, status, text)
		}
	}
}

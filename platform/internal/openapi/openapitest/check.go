// Package openapitest holds answers to the OpenAPI document.
package openapitest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/selorax/sandbox/platform/api"
)

// Answer is one answer of the platform.
type Answer struct {
	Method, Path string // the path may carry a query
	Status       int
	ContentType  string
	Body         []byte
}

// Check fails the test when an answer is not what the document promises: an
// address that is in no path of the document, or JSON that does not fit.
// Benchmarks measure the platform, so it leaves them alone.
func Check(t testing.TB, a Answer) {
	t.Helper()
	if _, measures := t.(*testing.B); measures {
		return
	}
	if err := Conforms(a); err != nil {
		t.Errorf("%s %s answered %d: %v\n%s", a.Method, a.Path, a.Status, err, a.Body)
	}
}

// Conforms says how an answer differs from the document.
func Conforms(a Answer) error {
	kind, _, _ := mime.ParseMediaType(a.ContentType)
	if kind != "application/json" || a.Method == "HEAD" {
		return nil
	}
	d, err := loaded()
	if err != nil {
		return err
	}
	path, _, _ := strings.Cut(a.Path, "?")
	pointer, ok := d.pointer(a.Method, path, a.Status)
	if !ok {
		return nil // no route: the refusal says so
	}
	schema, err := d.schema(pointer)
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(a.Body))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// contract is the document, with every schema closed: an answer may carry
// nothing that is not documented.
type contract struct {
	paths    map[string]any
	compiler *jsonschema.Compiler

	mu       sync.Mutex
	compiled map[string]*jsonschema.Schema
}

var loaded = sync.OnceValues(func() (*contract, error) {
	var doc map[string]any
	if err := json.Unmarshal(api.OpenAPI, &doc); err != nil {
		return nil, err
	}
	closeObjects(doc["components"])
	closeObjects(doc["paths"])
	text, err := json.Marshal(doc)
	if err != nil {
		return nil, err
	}
	resource, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	paths, _ := doc["paths"].(map[string]any)
	return &contract{paths: paths, compiler: c, compiled: map[string]*jsonschema.Schema{}}, c.AddResource("openapi.json", resource)
})

// closeObjects refuses undocumented properties in every object schema below a
// value.
func closeObjects(value any) {
	switch v := value.(type) {
	case map[string]any:
		if _, described := v["properties"].(map[string]any); described && v["additionalProperties"] == nil {
			v["additionalProperties"] = false
		}
		for _, inner := range v {
			closeObjects(inner)
		}
	case []any:
		for _, inner := range v {
			closeObjects(inner)
		}
	}
}

// pointer finds where the document describes an answer.
func (d *contract) pointer(method, path string, status int) (string, bool) {
	template, ok := d.template(path)
	if !ok {
		return "", false
	}
	item, _ := d.paths[template].(map[string]any)
	op, _ := item[strings.ToLower(method)].(map[string]any)
	if op == nil {
		return "", false
	}
	responses, _ := op["responses"].(map[string]any)
	name := strconv.Itoa(status)
	if _, listed := responses[name]; !listed {
		name = "default"
	}
	return pointerTo("paths", template, strings.ToLower(method), "responses", name, "content", "application/json", "schema"), true
}

// pointerTo writes a JSON pointer as a part of a URL.
func pointerTo(parts ...string) (pointer string) {
	for _, part := range parts {
		pointer += "/" + url.PathEscape(strings.NewReplacer("~", "~0", "/", "~1").Replace(part))
	}
	return pointer
}

// template returns the path of the document that a path is of; one with fewer
// parameters wins.
func (d *contract) template(path string) (best string, found bool) {
	parts, fewest := strings.Split(path, "/"), 0
	for template := range d.paths {
		open, ok := matches(strings.Split(template, "/"), parts)
		if ok && (!found || open < fewest) {
			best, found, fewest = template, true, open
		}
	}
	return best, found
}

// matches reports whether a path is of a template, and with how many
// parameters.
func matches(template, parts []string) (open int, ok bool) {
	if len(template) != len(parts) {
		return 0, false
	}
	for n, part := range template {
		switch {
		case strings.HasPrefix(part, "{"):
			open++
		case part != parts[n]:
			return 0, false
		}
	}
	return open, true
}

func (d *contract) schema(pointer string) (*jsonschema.Schema, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if s := d.compiled[pointer]; s != nil {
		return s, nil
	}
	s, err := d.compiler.Compile("openapi.json#" + pointer)
	if err != nil {
		return nil, fmt.Errorf("the document describes no such answer: %w", err)
	}
	d.compiled[pointer] = s
	return s, nil
}

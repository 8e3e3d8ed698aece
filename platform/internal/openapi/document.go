package openapi

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Source is what a document is made of.
type Source struct {
	Routes   []web.Route
	Comments Comments
	// Examples are answers by "METHOD path"; may be nil.
	Examples map[string]any
}

// Build makes the document. It names every route without a row in the tables
// and every row without a route.
func Build(src Source) (map[string]any, error) {
	b := builder{schemas: schemas{comments: src.Comments, components: map[string]Schema{}, taken: map[direction]string{}}, examples: src.Examples}
	table, paths := all(), map[string]any{}
	var errs []error
	for _, route := range src.Routes {
		name := route.Method + " " + route.Path
		op, ok := table[name]
		if !ok {
			errs = append(errs, fmt.Errorf("%s is in no table of package openapi", name))
			continue
		}
		delete(table, name)
		path, _ := paths[route.Path].(map[string]any)
		if path == nil {
			path = map[string]any{}
			paths[route.Path] = path
		}
		path[strings.ToLower(route.Method)] = b.operation(route, op)
	}
	for _, name := range slices.Sorted(maps.Keys(table)) {
		errs = append(errs, fmt.Errorf("%s is no route", name))
	}
	doc := map[string]any{
		"openapi": "3.1.1", "info": info(), "servers": servers(), "tags": tags(), "paths": paths, "webhooks": b.webhooks(),
		"components": map[string]any{"schemas": b.withErrors(), "securitySchemes": securitySchemes()},
	}
	return doc, errors.Join(append(errs, b.err)...)
}

type builder struct {
	schemas
	examples map[string]any
}

func (b *builder) operation(route web.Route, op Operation) map[string]any {
	out := map[string]any{
		"operationId": operationID(route), "summary": op.Summary, "tags": []string{op.tag},
		"responses": b.responses(route, op),
	}
	description := op.Description
	if route.Scope != "" {
		description = strings.TrimSpace("Scope: `" + string(route.Scope) + "`. " + description)
	}
	if description != "" {
		out["description"] = description
	}
	if parameters := b.parameters(route, op); len(parameters) > 0 {
		out["parameters"] = parameters
	}
	if op.Body != nil {
		out["requestBody"] = b.body(*op.Body)
	}
	if security := security(route); security != nil {
		out["security"] = security
	}
	return out
}

var placeholder = regexp.MustCompile(`\{([a-z_]+)\}`)

// operationID is a name such as getOrdersByOrderId.
func operationID(r web.Route) string {
	words := []string{strings.ToLower(r.Method)}
	for _, part := range strings.FieldsFunc(r.Path, func(c rune) bool { return strings.ContainsRune("/_-.", c) }) {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			part = "By" + title(name)
		}
		words = append(words, title(strings.TrimSuffix(part, "}")))
	}
	return strings.Join(words, "")
}

func title(word string) string {
	if word == "" {
		return ""
	}
	return strings.ToUpper(word[:1]) + word[1:]
}

// textIDs are the parts of paths that are ids and no numbers.
var textIDs = []string{"request_id", "event_id", "extension_id"}

func (b *builder) parameters(route web.Route, op Operation) (list []any) {
	for _, found := range placeholder.FindAllStringSubmatch(route.Path, -1) {
		schema := Schema{"type": "string"}
		if strings.HasSuffix(found[1], "_id") && !slices.Contains(textIDs, found[1]) {
			schema = Schema{"type": "integer", "minimum": 1}
		}
		list = append(list, map[string]any{"name": found[1], "in": "path", "required": true, "schema": schema})
	}
	for _, p := range op.Query {
		list = append(list, parameter(p, "query"))
	}
	for _, p := range op.Headers {
		list = append(list, parameter(p, "header"))
	}
	if writes(route) && op.Answer.Form != page && op.Answer.Form != bare {
		list = append(list, parameter(Parameter{
			Name: api.HeaderIdempotency, Schema: Schema{"type": "string", "minLength": 1, "maxLength": 255},
			Description: "Makes the write repeatable: the same request under the same key gets the first one's answer for 24 hours.",
		}, "header"))
	}
	return list
}

// writes reports whether a route answers through idempotency.Writes. What
// answers with secrets does not: those are never kept.
func writes(r web.Route) bool {
	kept := r.Kind == web.KindApp || strings.HasPrefix(r.Path, "/api/stores/") && !strings.Contains(r.Path, "/custom-apps")
	return r.Method != http.MethodGet && kept
}

func parameter(p Parameter, in string) map[string]any {
	out := map[string]any{"name": p.Name, "in": in, "schema": p.Schema}
	if p.Description != "" {
		out["description"] = p.Description
	}
	if p.Required {
		out["required"] = true
	}
	return out
}

func (b *builder) body(body Body) map[string]any {
	schema := body.Schema
	if body.Of != nil {
		name := b.component(reflect.TypeOf(body.Of), body.Required, true)
		schema = Schema{"$ref": "#/components/schemas/" + name}
	}
	content := map[string]any{}
	for _, kind := range strings.Split(orElse(body.ContentType, "application/json"), ", ") {
		content[kind] = map[string]any{"schema": schema}
	}
	return map[string]any{"required": true, "content": content}
}

func orElse(text, fallback string) string {
	if text == "" {
		return fallback
	}
	return text
}

// responses lists the good answer and the refusals that a route has by its
// kind.
func (b *builder) responses(route web.Route, op Operation) map[string]any {
	out := map[string]any{strconv.Itoa(op.Answer.Status): b.answer(route, op.Answer)}
	for _, a := range op.Also {
		out[strconv.Itoa(a.Status)] = b.answer(route, a)
	}
	refuse := func(status int, description string) {
		out[strconv.Itoa(status)] = map[string]any{"description": description, "content": jsonContent(Schema{"$ref": "#/components/schemas/" + b.errorOf(route)}, nil)}
	}
	if op.Body != nil {
		refuse(http.StatusRequestEntityTooLarge, "The body is too large.")
		refuse(http.StatusUnsupportedMediaType, "The body has another content type.")
	}
	if op.Body != nil || len(op.Query) > 0 {
		refuse(http.StatusBadRequest, "Something in the request is not valid; `errors` names each field.")
	}
	if route.Kind != web.KindPublic {
		refuse(http.StatusUnauthorized, "The credentials are missing, wrong or void.")
	}
	if route.Scope != "" {
		refuse(http.StatusForbidden, "The installation has not the scope `"+string(route.Scope)+"`.")
	}
	if route.Kind == web.KindApp {
		refuse(http.StatusTooManyRequests, "Too many calls in a minute; see Retry-After.")
	}
	if strings.Contains(route.Path, "{") {
		refuse(http.StatusNotFound, "There is no such record in this store.")
	}
	if route.Method != http.MethodGet {
		refuse(http.StatusConflict, "The state of the record does not allow this.")
	}
	out["default"] = map[string]any{"description": "A refusal.", "content": jsonContent(Schema{"$ref": "#/components/schemas/" + b.errorOf(route)}, nil)}
	return out
}

func (b *builder) errorOf(route web.Route) string {
	var refusal any = api.Error{}
	switch {
	case strings.Contains(route.Path, "/oauth/token"), strings.Contains(route.Path, "/oauth/revoke"):
		refusal = api.OAuthError{}
	case strings.HasSuffix(route.Path, "/app/deploy"):
		return "DeployRefusal"
	}
	return b.component(reflect.TypeOf(refusal), nil, false)
}

func (b *builder) answer(route web.Route, a Answer) map[string]any {
	out := map[string]any{"description": http.StatusText(a.Status)}
	switch {
	case a.Form == page && a.Type == "":
		return out
	case a.Form == page:
		out["content"] = map[string]any{a.Type: map[string]any{"schema": Schema{}}}
		return out
	}
	example := b.examples[route.Method+" "+route.Path]
	out["content"] = jsonContent(b.bodyOf(a), example)
	return out
}

// bodyOf is the schema of a JSON answer.
func (b *builder) bodyOf(a Answer) Schema {
	inner := b.of(reflect.TypeOf(a.Of), false)
	if a.Form == bare {
		return inner
	}
	properties := Schema{"message": Schema{"type": "string"}, "data": inner, "status": Schema{"type": "integer", "const": a.Status}}
	needed := []string{"message", "data", "status"}
	if a.Form == list {
		properties["data"] = Schema{"type": "array", "items": inner}
		properties["pagination"] = b.of(reflect.TypeFor[api.Pagination](), false)
		needed = append(needed, "pagination")
	}
	maps.Copy(properties, a.extra())
	return Schema{"type": "object", "properties": properties, "required": needed}
}

func (a Answer) extra() Schema {
	out := Schema{}
	for name, schema := range a.Extra {
		out[name] = schema
	}
	return out
}

func jsonContent(schema Schema, example any) map[string]any {
	content := map[string]any{"schema": schema}
	if example != nil {
		content["example"] = example
	}
	return map[string]any{"application/json": content}
}

// withErrors adds the one refusal that is not of a type of its own shape.
func (b *builder) withErrors() map[string]Schema {
	b.component(reflect.TypeFor[api.Error](), nil, false)
	deployed := b.component(reflect.TypeFor[api.DeployRefused](), nil, false)
	b.components["DeployRefusal"] = Schema{"anyOf": []any{
		Schema{"$ref": "#/components/schemas/" + deployed}, Schema{"$ref": "#/components/schemas/Error"},
	}}
	return b.components
}

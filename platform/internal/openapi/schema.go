package openapi

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// Schema is a JSON Schema of draft 2020-12, as OpenAPI 3.1 uses it.
type Schema map[string]any

// schemas makes the components of the document.
type schemas struct {
	comments   Comments
	components map[string]Schema
	// taken names the component of each type in each direction.
	taken map[direction]string
	err   error
}

// direction tells a type that is taken from the same type when it is given: of
// what is given every field is there.
type direction struct {
	t     reflect.Type
	input bool
}

// leaves are the types with a form of their own on the wire.
var leaves = map[reflect.Type]Schema{
	reflect.TypeFor[api.Money]():         {"type": "number", "multipleOf": 0.01, "examples": []any{json.RawMessage("1460.00")}},
	reflect.TypeFor[api.Quantity]():      {"type": "number", "multipleOf": 0.001, "examples": []any{json.RawMessage("2.5")}},
	reflect.TypeFor[api.Time]():          {"type": "string", "format": "date-time", "examples": []any{"2025-06-15T10:30:00.000Z"}},
	reflect.TypeFor[api.Flag]():          {"type": "integer", "enum": []int{0, 1}},
	reflect.TypeFor[api.ScopeSet]():      {"type": "array", "items": Schema{"type": "string"}},
	reflect.TypeFor[json.RawMessage]():   {},
	reflect.TypeFor[map[string]string](): {"type": "object", "additionalProperties": Schema{"type": "string"}},
}

// of returns the schema of a type.
func (s *schemas) of(t reflect.Type, input bool) Schema {
	if leaf, ok := leaves[t]; ok {
		return leaf
	}
	if value, ok := changed(t); ok {
		return nullable(s.of(value, input))
	}
	switch t.Kind() {
	case reflect.Pointer:
		return nullable(s.of(t.Elem(), input))
	case reflect.Slice, reflect.Array:
		return Schema{"type": "array", "items": s.of(t.Elem(), input)}
	case reflect.Map:
		return Schema{"type": "object", "additionalProperties": s.of(t.Elem(), input)}
	case reflect.Struct:
		if t.Name() == "" {
			return s.object(t, nil, input)
		}
		return Schema{"$ref": "#/components/schemas/" + s.component(t, nil, input)}
	case reflect.String:
		return Schema{"type": "string"}
	case reflect.Bool:
		return Schema{"type": "boolean"}
	case reflect.Float64, reflect.Float32:
		return Schema{"type": "number"}
	case reflect.Int, reflect.Int32, reflect.Int64, reflect.Uint64:
		return Schema{"type": "integer"}
	case reflect.Interface:
		return Schema{}
	}
	s.err = fmt.Errorf("no schema for %v", t)
	return Schema{}
}

// changed returns the type inside an api.Change.
func changed(t reflect.Type) (reflect.Type, bool) {
	if t.Kind() != reflect.Struct || !strings.HasPrefix(t.Name(), "Change[") {
		return nil, false
	}
	value, _ := t.FieldByName("Value")
	return value.Type.Elem(), true
}

// nullable lets a schema be null too.
func nullable(schema Schema) Schema {
	if kind, ok := schema["type"].(string); ok && schema["enum"] == nil {
		wider := Schema{}
		for name, value := range schema {
			wider[name] = value
		}
		wider["type"] = []string{kind, "null"}
		return wider
	}
	if len(schema) == 0 {
		return schema
	}
	return Schema{"anyOf": []any{schema, Schema{"type": "null"}}}
}

// component makes a named schema of a struct type once and returns its name. A
// type that is taken and given has two.
func (s *schemas) component(t reflect.Type, required []string, input bool) string {
	key := direction{t, input}
	if name, ok := s.taken[key]; ok {
		return name
	}
	name := t.Name()
	if _, exists := s.components[name]; exists {
		name += map[bool]string{true: "Input", false: "Output"}[input]
	}
	s.taken[key] = name
	s.components[name] = Schema{} // ends a recursion
	s.components[name] = s.object(t, required, input)
	if about := s.comments.Of(t.Name()); about != "" {
		s.components[name]["description"] = about
	}
	return name
}

// object lists the fields of a struct.
func (s *schemas) object(t reflect.Type, required []string, input bool) Schema {
	properties, names := Schema{}, append([]string{}, required...)
	for _, f := range fieldsOf(t) {
		tag, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if _, hidden := properties[tag]; hidden {
			continue // by a field further out
		}
		properties[tag] = s.field(f, input)
		if !input && !strings.Contains(options, "omit") {
			names = append(names, tag)
		}
	}
	object := Schema{"type": "object", "properties": properties}
	if len(names) > 0 {
		object["required"] = names
	}
	return object
}

// wireField is a field that is on the wire, with the struct that declares it.
type wireField struct {
	reflect.StructField
	owner string
}

// fieldsOf lists the fields on the wire as encoding/json finds them: a struct's
// own, then those of embedded structs.
func fieldsOf(t reflect.Type) (fields []wireField) {
	var embedded []wireField
	for n := range t.NumField() {
		f := t.Field(n)
		switch tag := f.Tag.Get("json"); {
		case f.Anonymous && tag == "":
			embedded = append(embedded, fieldsOf(f.Type)...)
		case f.IsExported() && tag != "-":
			fields = append(fields, wireField{f, t.Name()})
		}
	}
	return append(fields, embedded...)
}

// values are what a field's comment lists as "pending | active | declined".
var values = regexp.MustCompile(`^[a-z0-9_.-]+( \| [a-z0-9_.-]+)+`)

// field is the schema of a field with its comment. A comment that begins with
// values names the only ones.
func (s *schemas) field(f wireField, input bool) Schema {
	schema := s.of(f.Type, input)
	about := s.comments.Of(f.owner + "." + f.Name)
	if about == "" {
		return schema
	}
	described := Schema{"description": about}
	for name, value := range schema {
		described[name] = value
	}
	if found := values.FindString(about); found != "" && f.Type.Kind() == reflect.String {
		described["enum"] = strings.Split(found, " | ")
	}
	return described
}

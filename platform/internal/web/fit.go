package web

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// Bounds of what is said about one body: a client that sends a thousand wrong
// names needs to see only the first.
const (
	maxComplaints = 20
	maxNameLength = 60
	maxDepth      = 64
)

// fitter puts valid JSON into a Go value. Unlike encoding/json it matches
// names exactly, as production does, refuses names given twice, and goes on
// after a value that does not fit, so that a caller learns of all of them, at
// any depth, with their place ("items[1].quantity").
type fitter struct {
	misfits []api.FieldError
	unknown []api.FieldError
}

func (f *fitter) fit(path string, raw json.RawMessage, v reflect.Value, depth int) {
	null := string(raw) == "null"
	switch {
	case len(f.misfits) >= maxComplaints:
	case depth > maxDepth:
		f.misfit(path, "is nested too deeply")
	case v.Kind() == reflect.Pointer:
		if !null {
			v.Set(reflect.New(v.Type().Elem()))
			f.fit(path, raw, v.Elem(), depth)
		}
	case v.Addr().Type().Implements(reflect.TypeFor[giver]()):
		if value := v.Addr().Interface().(giver).Give(null); value != nil {
			f.fit(path, raw, reflect.ValueOf(value).Elem(), depth)
		}
	case readsItself(v.Type()):
		f.leaf(path, raw, v)
	case null: // leaves the zero value, as encoding/json does
	case v.Kind() == reflect.Struct:
		f.object(path, raw, v, depth+1)
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8:
		f.array(path, raw, v, depth+1)
	default:
		f.leaf(path, raw, v)
	}
}

// giver is a field that knows whether it was given: api.Change.
type giver interface{ Give(null bool) any }

// readsItself reports whether a type has its own JSON or text form.
func readsItself(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return p.Implements(reflect.TypeFor[json.Unmarshaler]()) || p.Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}

func (f *fitter) object(path string, raw json.RawMessage, v reflect.Value, depth int) {
	if raw[0] != '{' {
		f.misfit(path, "must be an object, not "+kindOf(raw))
		return
	}
	fields, seen := jsonFields(v.Type()), map[string]bool{}
	dec := json.NewDecoder(bytes.NewReader(raw))
	_, _ = dec.Token() // the brace; raw is valid JSON, so nothing here fails
	for dec.More() {
		key, _ := dec.Token()
		var value json.RawMessage
		_ = dec.Decode(&value)
		name, _ := key.(string)
		place := within(path, name)
		field := fields.byName(name)
		switch {
		case seen[name]:
			f.misfit(place, "is given twice")
		case field == nil:
			f.unknownField(place, name, fields)
		default:
			f.fit(place, value, v.FieldByIndex(field.index), depth)
		}
		seen[name] = true
	}
}

func (f *fitter) array(path string, raw json.RawMessage, v reflect.Value, depth int) {
	if raw[0] != '[' {
		f.misfit(path, "must be an array, not "+kindOf(raw))
		return
	}
	var values []json.RawMessage
	_ = json.Unmarshal(raw, &values) // raw is valid JSON
	list := reflect.MakeSlice(v.Type(), len(values), len(values))
	for i, value := range values {
		f.fit(fmt.Sprintf("%s[%d]", path, i), value, list.Index(i), depth)
	}
	v.Set(list)
}

func (f *fitter) leaf(path string, raw json.RawMessage, v reflect.Value) {
	err := json.Unmarshal(raw, v.Addr().Interface())
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &kind):
		f.misfit(path, misfitMessage(kind))
	case err != nil: // the type's own words: "must be 0 or 1"
		f.misfit(path, err.Error())
	case v.Kind() == reflect.String && strings.ContainsRune(v.String(), 0):
		f.misfit(path, "must not contain the character U+0000")
	}
}

func (f *fitter) misfit(path, message string) {
	if len(f.misfits) < maxComplaints {
		f.misfits = append(f.misfits, api.FieldError{Field: path, Message: message})
	}
}

func (f *fitter) unknownField(path, name string, fields fieldList) {
	if len(f.unknown) < maxComplaints {
		f.unknown = append(f.unknown, api.FieldError{Field: path, Message: "is not a field of this request" + Suggestion(name, fields.names())})
	}
}

// within names a field of the object at path.
func within(path, name string) string {
	if runes := []rune(name); len(runes) > maxNameLength {
		name = string(runes[:maxNameLength]) + "..."
	}
	if path == "" {
		return name
	}
	return path + "." + name
}

// kindOf is the JSON word for what a value is.
func kindOf(raw json.RawMessage) string {
	switch raw[0] {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "a string"
	case 't', 'f':
		return string(raw)
	}
	return "a number"
}

// misfitMessage says what a field takes and what it got.
func misfitMessage(e *json.UnmarshalTypeError) string {
	got := strings.TrimPrefix(e.Value, "number ")
	switch got {
	case "string", "number":
		got = "a " + got
	case "object", "array":
		got = "an " + got
	case "bool":
		got = "true or false"
	}
	return "must be " + jsonName(e.Type.Kind()) + ", not " + got
}

// jsonName is the JSON word for a Go kind.
func jsonName(kind reflect.Kind) string {
	switch kind {
	case reflect.Bool:
		return "true or false"
	case reflect.Slice, reflect.Array:
		return "an array"
	case reflect.Struct, reflect.Map:
		return "an object"
	case reflect.Float32, reflect.Float64:
		return "a number"
	case reflect.String:
		return "a string"
	}
	return "a whole number"
}

package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/problem"
)

type strictKey struct{}

func withStrict(ctx context.Context, strict bool) context.Context {
	return context.WithValue(ctx, strictKey{}, strict)
}

// Decode reads a JSON body. Unknown fields are named in the warning header
// with the nearest valid name, because production apps send them; in strict
// mode they are refused. Values that do not fit are all named with their
// place, names given twice are refused.
func Decode[T any](w http.ResponseWriter, r *http.Request) (v T, err error) {
	body, err := readJSON(r)
	if err != nil {
		return v, err
	}
	var f fitter
	if err := f.body(body, reflect.ValueOf(&v).Elem()); err != nil {
		return v, err
	}
	return v, f.tell(w, r)
}

// DecodeOptional is Decode for requests that may come without a body, which
// gives the zero value.
func DecodeOptional[T any](w http.ResponseWriter, r *http.Request) (v T, err error) {
	if r.ContentLength == 0 {
		return v, nil
	}
	return Decode[T](w, r)
}

// UnknownParts does for the parts of a form what Decode does for fields: those
// that are not known are named in the warning header, or refused in strict
// mode.
func UnknownParts(w http.ResponseWriter, r *http.Request, given []string, known ...string) error {
	fields, seen := make(fieldList, len(known)), map[string]bool{}
	for n, name := range known {
		fields[n].name = name
	}
	var f fitter
	for _, name := range given {
		if !seen[name] && fields.byName(name) == nil {
			f.unknownField(within("", name), name, fields)
		}
		seen[name] = true
	}
	return f.tell(w, r)
}

// tell warns of fields that are not known, or refuses them.
func (f *fitter) tell(w http.ResponseWriter, r *http.Request) error {
	if strict, _ := r.Context().Value(strictKey{}).(bool); strict && len(f.unknown) > 0 {
		return problem.Validation(f.unknown...)
	}
	for _, u := range f.unknown {
		w.Header().Add(api.HeaderWarning, headerSafe(u.Field+" "+u.Message))
	}
	return nil
}

// body fits a whole body into v.
func (f *fitter) body(body []byte, v reflect.Value) error {
	var syntax *json.SyntaxError
	if err := json.Unmarshal(body, new(json.RawMessage)); errors.As(err, &syntax) {
		return invalidBody("The body is not valid JSON: %s at byte %d.", syntax, syntax.Offset)
	}
	body = bytes.TrimSpace(body)
	if v.Kind() == reflect.Struct && body[0] != '{' {
		return invalidBody("The body must be a JSON object.")
	}
	f.fit("", body, v, 0)
	if len(f.misfits) > 0 {
		return problem.Validation(f.misfits...)
	}
	return nil
}

func readJSON(r *http.Request) ([]byte, error) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return nil, problem.New(http.StatusUnsupportedMediaType, api.CodeUnsupportedMediaType, "Send the body as JSON with Content-Type: application/json.")
	}
	body, err := ReadBody(r)
	switch {
	case err != nil:
		return nil, err
	case len(bytes.TrimSpace(body)) == 0:
		return nil, invalidBody("The body is empty; a JSON object was expected.")
	case !utf8.Valid(body):
		return nil, invalidBody("The body is not valid UTF-8.")
	}
	return body, nil
}

// ReadBody reads the whole body, at most 1 MiB.
func ReadBody(r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(r.Body)
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return nil, problem.New(http.StatusRequestEntityTooLarge, api.CodePayloadTooLarge, "The body may have at most %d bytes.", tooLarge.Limit)
	}
	if err != nil {
		return nil, invalidBody("The body could not be read to its end.")
	}
	return body, nil
}

func invalidBody(format string, args ...any) error {
	return problem.New(http.StatusBadRequest, api.CodeValidation, format, args...)
}

// headerSafe keeps printable ASCII, so that a field name cannot break out of
// the header.
func headerSafe(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, s)
}

package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
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
// mode they are refused.
func Decode[T any](w http.ResponseWriter, r *http.Request) (v T, err error) {
	body, err := readJSON(r)
	if err != nil {
		return v, err
	}
	if err := unmarshal(body, &v); err != nil {
		return v, err
	}
	if unknown := unknownFields(body, v); len(unknown) > 0 {
		if strict, _ := r.Context().Value(strictKey{}).(bool); strict {
			return v, problem.Validation(unknown...)
		}
		for _, f := range unknown {
			w.Header().Add(api.HeaderWarning, headerSafe(f.Field+" "+f.Message))
		}
	}
	return v, nil
}

func readJSON(r *http.Request) ([]byte, error) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return nil, problem.New(http.StatusUnsupportedMediaType, api.CodeUnsupportedMediaType, "Send the body as JSON with Content-Type: application/json.")
	}
	body, err := ReadBody(r)
	if err != nil {
		return nil, err
	}
	if !utf8.Valid(body) {
		return nil, problem.New(http.StatusBadRequest, api.CodeValidation, "The body is not valid UTF-8.")
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
		return nil, problem.New(http.StatusBadRequest, api.CodeValidation, "The body could not be read to its end.")
	}
	return body, nil
}

func unmarshal(body []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(body))
	if err := dec.Decode(v); err != nil {
		return badJSON(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return problem.New(http.StatusBadRequest, api.CodeValidation, "The body has text after its JSON value.")
	}
	return nil
}

// badJSON says what is wrong and where.
func badJSON(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &kind) && kind.Field != "":
		return problem.Invalid(kind.Field, "must be %s, not %s", jsonName(kind.Type.Kind().String()), kind.Value)
	case errors.As(err, &kind):
		return problem.New(http.StatusBadRequest, api.CodeValidation, "The body must be a JSON object.")
	case errors.As(err, &syntax):
		return problem.New(http.StatusBadRequest, api.CodeValidation, "The body is not valid JSON: %s at byte %d.", syntax, syntax.Offset)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return problem.New(http.StatusBadRequest, api.CodeValidation, "The body is empty or cut off; a JSON object was expected.")
	}
	return problem.New(http.StatusBadRequest, api.CodeValidation, "The body does not fit: a value %s.", err)
}

// jsonName is the JSON word for a Go kind.
func jsonName(kind string) string {
	switch {
	case strings.HasPrefix(kind, "int"), strings.HasPrefix(kind, "uint"):
		return "a whole number"
	case strings.HasPrefix(kind, "float"):
		return "a number"
	case kind == "bool":
		return "true or false"
	case kind == "slice":
		return "an array"
	case kind == "struct", kind == "map":
		return "an object"
	}
	return fmt.Sprintf("a %s", kind)
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

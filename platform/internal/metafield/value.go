package metafield

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Bounds of values.
const (
	maxText    = 5000
	maxJSON    = 64 << 10
	maxURL     = 2000
	maxInteger = 1<<53 - 1 // what every JSON reader keeps exactly
)

// rules say what a value of each type must be.
var rules = map[string]struct {
	fits func(json.RawMessage) bool
	rule string
}{
	api.ValueString:  {isText, "must be a string of at most 5000 characters"},
	api.ValueInteger: {isInteger, "must be a whole number within ±9007199254740991"},
	api.ValueNumber:  {isNumber, "must be a number"},
	api.ValueBoolean: {isBoolean, "must be true or false"},
	api.ValueDate:    {isDate, "must be a date such as 2026-01-31"},
	api.ValueJSON:    {isJSON, "must be JSON of at most 65536 bytes without U+0000"},
	api.ValueURL:     {isURL, "must be an http or https URL of at most 2000 characters"},
}

// checkValue returns the compact form of a value of a type.
func checkValue(valueType string, value json.RawMessage) (string, error) {
	if len(value) == 0 {
		return "", problem.Invalid("value", "is required")
	}
	if r := rules[valueType]; string(value) == "null" && valueType != api.ValueJSON || !r.fits(value) {
		return "", problem.Invalid("value", "%s", r.rule)
	}
	var compact bytes.Buffer
	err := json.Compact(&compact, value)
	return compact.String(), err
}

// text reads a JSON string that the database can keep.
func text(value json.RawMessage) (s string, ok bool) {
	err := json.Unmarshal(value, &s)
	return s, err == nil && isClean(value)
}

// isClean reports whether a value is free of U+0000, which PostgreSQL refuses
// in no form of JSON text but its readers do.
func isClean(value json.RawMessage) bool { return !bytes.Contains(value, []byte(`\u0000`)) }

func isText(value json.RawMessage) bool {
	s, ok := text(value)
	return ok && utf8.RuneCountInString(s) <= maxText
}

func isInteger(value json.RawMessage) bool {
	n, err := strconv.ParseInt(string(value), 10, 64)
	return err == nil && n >= -maxInteger && n <= maxInteger
}

func isNumber(value json.RawMessage) bool {
	var n float64
	return json.Unmarshal(value, &n) == nil
}

func isBoolean(value json.RawMessage) bool {
	return string(value) == "true" || string(value) == "false"
}

func isDate(value json.RawMessage) bool {
	s, ok := text(value)
	_, err := time.Parse(time.DateOnly, s)
	return ok && err == nil
}

func isJSON(value json.RawMessage) bool { return len(value) <= maxJSON && isClean(value) }

func isURL(value json.RawMessage) bool {
	s, ok := text(value)
	u, err := url.Parse(s)
	return ok && err == nil && len(s) <= maxURL && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

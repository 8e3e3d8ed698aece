package web

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// unknownFields names the fields of a JSON object, at its top level, that v's
// type does not have, each with the nearest valid name.
func unknownFields(body []byte, v any) (unknown []api.FieldError) {
	var sent map[string]json.RawMessage
	t := reflect.TypeOf(v)
	if t.Kind() != reflect.Struct || json.Unmarshal(body, &sent) != nil {
		return nil
	}
	known := jsonFields(t)
	for _, name := range slices.Sorted(maps.Keys(sent)) {
		if !slices.ContainsFunc(known, func(k string) bool { return strings.EqualFold(k, name) }) {
			unknown = append(unknown, api.FieldError{Field: name, Message: "is not a field of this request" + suggestion(name, known)})
		}
	}
	return unknown
}

func jsonFields(t reflect.Type) (names []string) {
	for f := range t.Fields() {
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && f.Type.Kind() == reflect.Struct:
			names = append(names, jsonFields(f.Type)...)
		case tag != "-" && f.IsExported():
			names = append(names, cmp.Or(tag, f.Name))
		}
	}
	return names
}

func suggestion(name string, known []string) string {
	if near := Nearest(name, known); near != "" {
		return fmt.Sprintf("; did you mean %s?", near)
	}
	return ""
}

// Nearest returns the candidate closest to name, or "" when none is close.
func Nearest(name string, candidates []string) (best string) {
	limit := max(1, len(name)/3)
	for _, c := range candidates {
		if d := distance(strings.ToLower(name), strings.ToLower(c)); d <= limit {
			best, limit = c, d-1
		}
	}
	return best
}

// distance is the Levenshtein distance in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

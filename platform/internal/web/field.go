package web

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
)

// field is where a JSON name lives in a Go struct.
type field struct {
	name  string
	index []int
}

type fieldList []field

// jsonFields lists the JSON fields of a struct, those of embedded structs
// included, as encoding/json finds them.
func jsonFields(t reflect.Type) (list fieldList) {
	for _, f := range reflect.VisibleFields(t) {
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.IsExported() || tag == "-" || f.Anonymous && tag == "" && f.Type.Kind() == reflect.Struct {
			continue
		}
		list = append(list, field{cmp.Or(tag, f.Name), f.Index})
	}
	return list
}

func (l fieldList) byName(name string) *field {
	i := slices.IndexFunc(l, func(f field) bool { return f.name == name })
	if i < 0 {
		return nil
	}
	return &l[i]
}

func (l fieldList) names() []string {
	names := make([]string, len(l))
	for i, f := range l {
		names[i] = f.name
	}
	return names
}

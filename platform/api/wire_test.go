package api

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestEveryFieldHasAWireName holds the whole package to one spelling: each
// field of each exported struct is tagged in snake_case, once.
func TestEveryFieldHasAWireName(t *testing.T) {
	t.Parallel()
	structs := 0
	for name, s := range exportedStructs(t) {
		structs++
		seen := map[string]bool{}
		for _, f := range s.Fields.List {
			if len(f.Names) == 0 {
				continue // embedded: its fields are at this level
			}
			wire := wireName(f)
			if !regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`).MatchString(wire) || seen[wire] {
				t.Errorf("%s.%s is %q on the wire", name, f.Names[0], wire)
			}
			seen[wire] = true
		}
	}
	if structs < 40 {
		t.Errorf("looked at %d structs only", structs)
	}
}

func exportedStructs(t *testing.T) map[string]*ast.StructType {
	t.Helper()
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]*ast.StructType{}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			for _, spec := range specs(d) {
				// A type with parameters is a part of fields and has a form of its own.
				if s, ok := spec.Type.(*ast.StructType); ok && spec.Name.IsExported() && spec.Name.Name != "Change" {
					found[spec.Name.Name] = s
				}
			}
		}
	}
	return found
}

func specs(d ast.Decl) (list []*ast.TypeSpec) {
	if g, ok := d.(*ast.GenDecl); ok {
		for _, s := range g.Specs {
			if spec, ok := s.(*ast.TypeSpec); ok {
				list = append(list, spec)
			}
		}
	}
	return list
}

func wireName(f *ast.Field) string {
	if f.Tag == nil {
		return ""
	}
	text, _ := strconv.Unquote(f.Tag.Value)
	name, _, _ := strings.Cut(reflect.StructTag(text).Get("json"), ",")
	return name
}

func TestTopicsAreDistinct(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, topic := range Topics {
		if seen[topic] || !regexp.MustCompile(`^[a-z]+[./][a-z_]+$`).MatchString(topic) {
			t.Errorf("topic %q", topic)
		}
		seen[topic] = true
	}
}

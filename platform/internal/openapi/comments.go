package openapi

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"strings"
)

// Comments are what the source of package api says about its types and their
// fields, by "Type" and "Type.Field".
type Comments map[string]string

// Of returns what is said about a type or a field, on one line.
func (c Comments) Of(name string) string { return c[name] }

// ReadComments reads the Go files of a directory.
func ReadComments(dir fs.FS) (Comments, error) {
	paths, err := fs.Glob(dir, "*.go")
	if err != nil {
		return nil, err
	}
	comments := Comments{}
	for _, path := range paths {
		text, err := fs.ReadFile(dir, path)
		if err != nil {
			return nil, err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, text, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		for _, d := range file.Decls {
			if types, ok := d.(*ast.GenDecl); ok {
				comments.read(types)
			}
		}
	}
	return comments, nil
}

func (c Comments) read(d *ast.GenDecl) {
	for _, s := range d.Specs {
		spec, ok := s.(*ast.TypeSpec)
		if !ok {
			continue
		}
		c[spec.Name.Name] = oneLine(d.Doc.Text())
		fields, ok := spec.Type.(*ast.StructType)
		if !ok {
			continue
		}
		for _, f := range fields.Fields.List {
			for _, name := range f.Names {
				c[spec.Name.Name+"."+name.Name] = oneLine(f.Doc.Text() + " " + f.Comment.Text())
			}
		}
	}
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

package internal_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// source is one parsed Go file of the module.
type source struct {
	path  string // "internal/web/router.go"
	dir   string
	test  bool
	lines int
	file  *ast.File
	fset  *token.FileSet
}

// load parses every Go file of a tree.
func load(t *testing.T, tree fs.FS) (sources []source) {
	t.Helper()
	err := fs.WalkDir(tree, ".", func(p string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == "testdata":
			return fs.SkipDir
		case entry.IsDir() || path.Ext(p) != ".go":
			return nil
		}
		text, err := fs.ReadFile(tree, p)
		if err != nil {
			return err
		}
		s := source{path: p, dir: path.Dir(p), test: strings.HasSuffix(p, "_test.go"), fset: token.NewFileSet()}
		s.lines = strings.Count(string(text), "\n")
		s.file, err = parser.ParseFile(s.fset, p, text, parser.ParseComments|parser.SkipObjectResolution)
		sources = append(sources, s)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sources
}

// check returns what the sources do that the architecture does not allow.
func check(sources []source) (complaints []string) {
	documented := map[string]bool{}
	for _, s := range sources {
		documented[s.dir] = documented[s.dir] || (path.Base(s.path) == "doc.go" || forTests(s.dir)) && s.file.Doc.Text() != ""
		complaints = append(complaints, checkSize(s)...)
		if !s.test {
			complaints = append(complaints, slices.Concat(checkImports(s), checkTime(s), checkDocs(s))...)
		}
	}
	for _, s := range sources {
		switch {
		case s.test:
		case !documented[s.dir]:
			complaints = append(complaints, s.dir+" has no doc.go with a package comment")
		case !forTests(s.dir) && !slices.Contains(order, s.dir):
			complaints = append(complaints, s.dir+" is not in the list of packages")
		}
	}
	slices.Sort(complaints)
	return slices.Compact(complaints)
}

// forTests reports whether a package serves tests only, as its name says.
func forTests(dir string) bool { return strings.HasSuffix(dir, "test") }

func checkImports(s source) (complaints []string) {
	for _, spec := range s.file.Imports {
		name, _ := strconv.Unquote(spec.Path.Value)
		if why := refusedImport(s.dir, name); why != "" {
			complaints = append(complaints, s.path+" imports "+why)
		}
	}
	return complaints
}

// refusedImport says what is wrong with a package importing a name, or "".
func refusedImport(dir, name string) string {
	ours, isOurs := strings.CutPrefix(name, module)
	first, _, _ := strings.Cut(name, "/")
	switch {
	case forTests(dir):
	case isOurs && forTests(ours):
		return ours + ", which is for tests only"
	case isOurs:
		allowed, limited := alone[dir]
		if !limited {
			allowed = order[:max(0, slices.Index(order, dir))]
		}
		if !slices.Contains(allowed, ours) {
			return ours + ", which does not come before it in the list"
		}
	case strings.Contains(first, "."):
		if owners := owners(name); !slices.Contains(owners, dir) {
			return name + ", which belongs to " + strings.Join(append(owners, "nobody")[:max(1, len(owners))], ", ")
		}
	}
	return ""
}

func owners(name string) []string {
	for library, owners := range libraries {
		if name == library || strings.HasPrefix(name, library+"/") {
			return slices.Clone(owners)
		}
	}
	return nil
}

// checkTime finds time.Now and its like, called or passed on.
func checkTime(s source) (complaints []string) {
	local := importName(s.file, "time")
	if machineTime[s.dir] != "" || local == "" {
		return nil
	}
	ast.Inspect(s.file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && slices.Contains([]string{"Now", "Since", "Until"}, sel.Sel.Name) {
			if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Name == local {
				complaints = append(complaints, fmt.Sprintf("%s:%d asks the machine for the time; take it from clock, or as an argument", s.path, s.line(n.Pos())))
			}
		}
		return true
	})
	return complaints
}

// importName returns what a file calls an import, or "".
func importName(f *ast.File, name string) string {
	for _, spec := range f.Imports {
		switch {
		case spec.Path.Value != strconv.Quote(name):
		case spec.Name != nil:
			return spec.Name.Name
		default:
			return path.Base(name)
		}
	}
	return ""
}

func checkSize(s source) (complaints []string) {
	if s.lines > maxFileLines && roomy[s.path] == "" {
		complaints = append(complaints, fmt.Sprintf("%s has %d lines, more than %d", s.path, s.lines, maxFileLines))
	}
	for _, decl := range s.file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		name, lines := funcName(f), s.line(f.End())-s.line(f.Pos())+1
		if lines > maxFunctionLines && roomy[s.path+" "+name] == "" {
			complaints = append(complaints, fmt.Sprintf("%s: %s has %d lines, more than %d", s.path, name, lines, maxFunctionLines))
		}
		if name == "init" && !s.test {
			complaints = append(complaints, s.path+" has an init function; build what it builds where it is used")
		}
	}
	return complaints
}

func (s source) line(p token.Pos) int { return s.fset.Position(p).Line }

// funcName is "Name", or "Type.Name" of a method.
func funcName(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return f.Name.Name
	}
	t := f.Recv.List[0].Type
	for {
		switch inner := t.(type) {
		case *ast.StarExpr:
			t = inner.X
		case *ast.IndexExpr:
			t = inner.X
		case *ast.Ident:
			return inner.Name + "." + f.Name.Name
		default:
			return f.Name.Name
		}
	}
}

// checkDocs finds exported names that nobody explains. In a group one comment
// for all will do.
func checkDocs(s source) (complaints []string) {
	note := func(name *ast.Ident, full string, comments ...*ast.CommentGroup) {
		if name.IsExported() && !slices.ContainsFunc(comments, func(c *ast.CommentGroup) bool { return c.Text() != "" }) {
			complaints = append(complaints, fmt.Sprintf("%s:%d: %s has no comment", s.path, s.line(name.Pos()), full))
		}
	}
	for _, decl := range s.file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			note(d.Name, funcName(d), d.Doc)
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					note(spec.Name, spec.Name.Name, d.Doc, spec.Doc, spec.Comment)
				case *ast.ValueSpec:
					for _, name := range spec.Names {
						note(name, name.Name, d.Doc, spec.Doc, spec.Comment)
					}
				}
			}
		}
	}
	return complaints
}

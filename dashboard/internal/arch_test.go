// Package internal_test holds the dashboard's architecture to its list: which
// package may see which, which library lives where, and how large a file or a
// function may grow.
package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	module   = "github.com/selorax/sandbox/dashboard/"
	contract = "github.com/selorax/sandbox/platform/"

	maxFileLines     = 400
	maxFunctionLines = 60
)

// order is the architecture: a package imports only packages before it.
var order = []string{
	"docs", "internal/platform", "internal/session", "internal/static", "internal/guide", "internal/page", "internal/frame", "internal/forward",
	"internal/site", "cmd/dashboard",
}

// libraries names the packages that know each outside library.
var libraries = map[string][]string{
	"github.com/alecthomas/kong":          {"cmd/dashboard"},
	"github.com/evanw/esbuild":            {"internal/static"},
	"github.com/gorilla/mux":              {"internal/site"},
	"github.com/gorilla/websocket":        {"internal/forward"},
	"github.com/yuin/goldmark":            {"internal/guide"},
	"golang.org/x/sync":                   {"internal/site"},
	"github.com/selorax/sandbox/platform": order, // only its public packages, which the list below says
}

// ours are the packages of the platform that may be known here.
var ours = []string{contract + "api", contract + "design", contract + "dial", contract + "framing", contract + "httpserve", contract + "sdk"}

// source is one parsed Go file.
type source struct {
	path, dir string
	test      bool
	lines     int
	file      *ast.File
	fset      *token.FileSet
}

func TestArchitecture(t *testing.T) {
	t.Parallel()
	documented := map[string]bool{}
	for _, s := range load(t) {
		documented[s.dir] = documented[s.dir] || s.file.Doc.Text() != ""
		for _, complaint := range append(sizes(s), imports(s)...) {
			t.Error(complaint)
		}
	}
	for _, dir := range order {
		if !documented[dir] {
			t.Errorf("%s has no package comment, or is not there", dir)
		}
	}
}

func load(t *testing.T) (sources []source) {
	t.Helper()
	tree := os.DirFS("..")
	err := fs.WalkDir(tree, ".", func(p string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(p) != ".go" {
			return err
		}
		text, err := fs.ReadFile(tree, p)
		if err != nil {
			return err
		}
		s := source{path: p, dir: path.Dir(p), lines: strings.Count(string(text), "\n"), fset: token.NewFileSet()}
		s.test = strings.HasSuffix(p, "_test.go") || strings.HasSuffix(s.dir, "test")
		s.file, err = parser.ParseFile(s.fset, p, text, parser.ParseComments|parser.SkipObjectResolution)
		sources = append(sources, s)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sources
}

func sizes(s source) (complaints []string) {
	if s.lines > maxFileLines {
		complaints = append(complaints, s.path+" has "+strconv.Itoa(s.lines)+" lines")
	}
	for _, decl := range s.file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		lines := s.fset.Position(f.End()).Line - s.fset.Position(f.Pos()).Line + 1
		if lines > maxFunctionLines {
			complaints = append(complaints, s.path+": "+f.Name.Name+" has "+strconv.Itoa(lines)+" lines")
		}
		if f.Name.Name == "init" {
			complaints = append(complaints, s.path+" has an init function")
		}
	}
	return complaints
}

func imports(s source) (complaints []string) {
	for _, spec := range s.file.Imports {
		name, _ := strconv.Unquote(spec.Path.Value)
		if strings.HasPrefix(name, contract) && !slices.Contains(ours, name) {
			complaints = append(complaints, s.path+" imports "+name+": the dashboard knows the platform by its contract")
		}
		if !s.test && !allowed(s.dir, name) {
			complaints = append(complaints, s.path+" must not import "+name)
		}
	}
	return complaints
}

func allowed(dir, name string) bool {
	if own, ok := strings.CutPrefix(name, module); ok {
		return slices.Contains(order[:max(0, slices.Index(order, dir))], own)
	}
	if first, _, _ := strings.Cut(name, "/"); !strings.Contains(first, ".") {
		return true
	}
	for library, owners := range libraries {
		if name == library || strings.HasPrefix(name, library+"/") {
			return slices.Contains(owners, dir)
		}
	}
	return false
}

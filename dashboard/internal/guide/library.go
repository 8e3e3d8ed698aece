package guide

import (
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// Index is the file that lists the others.
const Index = "docs/README.md"

// Prefix is where the pages are served.
const Prefix = "/docs"

// Library is every page, in reading order.
type Library struct {
	Index  *Page
	Groups []Group
	byName map[string]*Page
}

// Group is the pages below one heading of the index.
type Group struct {
	Title string
	Pages []*Page
}

// Page is one file.
type Page struct {
	Name     string // "first-app", "" for the index
	Title    string
	Body     template.HTML // without the title
	Sections []Section
	Previous *Page // in reading order; nil at the ends
	Next     *Page

	file string // path in the module: "docs/first-app.md"
}

// Section is a second-level heading of a page.
type Section struct{ ID, Title string }

// URL is the page's path.
func (p *Page) URL() string {
	if p.Name == "" {
		return Prefix
	}
	return Prefix + "/" + p.Name
}

// Load reads the Markdown of every mounted tree. A mount is named by the place
// of its files in the module, "docs", which the links between them are
// relative to.
func Load(mounts map[string]fs.FS) (*Library, error) {
	sources := map[string][]byte{}
	for dir, tree := range mounts {
		err := fs.WalkDir(tree, ".", func(name string, _ fs.DirEntry, err error) error {
			if err != nil || path.Ext(name) != ".md" {
				return err
			}
			sources[path.Join(dir, name)], err = fs.ReadFile(tree, name)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return build(sources)
}

func build(sources map[string][]byte) (*Library, error) {
	if sources[Index] == nil {
		return nil, fmt.Errorf("guide: there is no %s", Index)
	}
	l := &Library{Index: &Page{file: Index}, byName: map[string]*Page{}}
	l.byName[""] = l.Index
	files := map[string]*Page{Index: l.Index}
	if err := l.list(sources, files); err != nil {
		return nil, err
	}
	for file := range sources {
		if files[file] == nil {
			return nil, fmt.Errorf("guide: %s does not stand in %s", file, Index)
		}
	}
	for file, page := range files {
		if err := page.render(sources[file], files); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// list reads the index: groups and the pages in them.
func (l *Library) list(sources map[string][]byte, files map[string]*Page) error {
	source := sources[Index]
	last := l.Index
	return ast.Walk(markdown.Parser().Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			if n.Level == 2 {
				l.Groups = append(l.Groups, Group{Title: plain(n, source)})
			}
		case *ast.Link:
			file := target(Index, string(n.Destination))
			if sources[file] == nil || files[file] != nil || len(l.Groups) == 0 {
				return ast.WalkContinue, nil
			}
			page := &Page{Name: nameOf(file), file: file, Previous: last}
			if l.byName[page.Name] != nil {
				return ast.WalkStop, fmt.Errorf("guide: two files are called %s", page.Name)
			}
			last.Next, last = page, page
			files[file], l.byName[page.Name] = page, page
			group := &l.Groups[len(l.Groups)-1]
			group.Pages = append(group.Pages, page)
		}
		return ast.WalkContinue, nil
	})
}

// Page returns the page of a name, nil if there is none.
func (l *Library) Page(name string) *Page { return l.byName[name] }

func nameOf(file string) string {
	return strings.ToLower(strings.TrimSuffix(path.Base(file), ".md"))
}

// target is the file that a link in another file names, without its anchor.
func target(from, link string) string {
	link, _, _ = strings.Cut(link, "#")
	return path.Join(path.Dir(from), link)
}

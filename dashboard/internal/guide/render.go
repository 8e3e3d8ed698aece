package guide

import (
	"bytes"
	"fmt"
	"html/template"
	"net/url"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	table "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown is CommonMark with tables, and an id for each heading. A column is
// aligned by an attribute: the policy of the pages allows no inline style.
var markdown = goldmark.New(
	goldmark.WithExtensions(extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute))),
	goldmark.WithParserOptions(parser.WithAutoHeadingID()),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(blocks{}, 100))),
)

// render fills a page from its source.
func (p *Page) render(source []byte, files map[string]*Page) error {
	doc := markdown.Parser().Parse(text.NewReader(source))
	first, ok := doc.FirstChild().(*ast.Heading)
	if !ok || first.Level != 1 {
		return fmt.Errorf("guide: %s does not begin with its title", p.file)
	}
	p.Title = plain(first, source)
	doc.RemoveChild(doc, first)
	if err := p.prepare(doc, source, files); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := markdown.Renderer().Render(&b, source, doc); err != nil {
		return err
	}
	p.Body = template.HTML(b.String()) // of our own files, with raw HTML left out
	return nil
}

// prepare gives the tree what the pages need.
func (p *Page) prepare(doc ast.Node, source []byte, files map[string]*Page) error {
	var links []*ast.Link
	codes := 0
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			if id, _ := n.AttributeString("id"); n.Level == 2 {
				p.Sections = append(p.Sections, Section{ID: fmt.Sprintf("%s", id), Title: plain(n, source)})
			}
		case *ast.FencedCodeBlock, *ast.CodeBlock:
			codes++
			n.SetAttributeString("id", fmt.Sprintf("code-%d", codes))
		case *table.TableHeader:
			for cell := n.FirstChild(); cell != nil; cell = cell.NextSibling() {
				cell.SetAttributeString("scope", []byte("col"))
			}
		case *ast.Link:
			links = append(links, n)
		}
		return ast.WalkContinue, nil
	})
	for _, link := range links {
		p.lead(link, files)
	}
	return err
}

// lead points a link to a page, or puts its text in its place if what it names
// is not served.
func (p *Page) lead(link *ast.Link, files map[string]*Page) {
	to := string(link.Destination)
	if u, err := url.Parse(to); err == nil && u.Scheme != "" {
		link.SetAttributeString("rel", []byte("noreferrer"))
		return
	}
	if strings.HasPrefix(to, "#") || strings.HasPrefix(to, "/") {
		return
	}
	if page := files[target(p.file, to)]; page != nil {
		_, anchor, _ := strings.Cut(to, "#")
		u := url.URL{Path: page.URL(), Fragment: anchor}
		link.Destination = []byte(u.String())
		return
	}
	parent := link.Parent()
	for child := link.FirstChild(); child != nil; child = link.FirstChild() {
		parent.InsertBefore(parent, link, child)
	}
	parent.RemoveChild(parent, link)
}

// plain is the text of a node, without its marks.
func plain(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			b.Write(t.Segment.Value(source))
			if t.SoftLineBreak() {
				b.WriteByte(' ')
			}
		}
		return ast.WalkContinue, nil
	}) // the function above returns no error
	return b.String()
}

package htmltest

import (
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// Page is a parsed page, or a part of one. Its methods fail the test.
type Page struct {
	t    testing.TB
	node *html.Node
}

// Parse reads a page.
func Parse(t testing.TB, text string) Page {
	t.Helper()
	node, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return Page{t, node}
}

// All returns every element that matches, in page order.
func (p Page) All(css string) (found []Page) {
	p.t.Helper()
	selector, err := cascadia.ParseGroup(css)
	if err != nil {
		p.t.Fatalf("%s: %v", css, err)
	}
	for _, node := range cascadia.QueryAll(p.node, selector) {
		found = append(found, Page{p.t, node})
	}
	return found
}

// Count returns how many elements match.
func (p Page) Count(css string) int {
	p.t.Helper()
	return len(p.All(css))
}

// One returns the only element that matches.
func (p Page) One(css string) Page {
	p.t.Helper()
	found := p.All(css)
	if len(found) != 1 {
		p.t.Fatalf("%d elements match %s, want one", len(found), css)
	}
	return found[0]
}

// Text returns the text in it, with single spaces.
func (p Page) Text() string {
	var b strings.Builder
	write(&b, p.node)
	return strings.Join(strings.Fields(b.String()), " ")
}

// Raw is the text of a script or a textarea as it stands in the page.
func (p Page) Raw() string {
	if p.node.FirstChild == nil {
		return ""
	}
	return p.node.FirstChild.Data
}

func write(b *strings.Builder, n *html.Node) {
	if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style") {
		return
	}
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
	}
	for c := range n.ChildNodes() {
		write(b, c)
	}
	if n.Type == html.ElementNode {
		b.WriteByte(' ')
	}
}

// Attr returns an attribute, "" without it.
func (p Page) Attr(name string) string {
	for _, a := range p.node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// Value returns what the only text field of a name holds: a textarea its text,
// as written, an input its value.
func (p Page) Value(name string) string {
	p.t.Helper()
	named := `[name="` + name + `"]`
	field := p.One("input" + named + ", textarea" + named)
	if field.node.Data == "textarea" {
		return field.Raw()
	}
	return field.Attr("value")
}

// Attrs returns an attribute of every element that matches.
func (p Page) Attrs(css, name string) (values []string) {
	p.t.Helper()
	for _, e := range p.All(css) {
		values = append(values, e.Attr(name))
	}
	return values
}

// Texts returns the text of every element that matches.
func (p Page) Texts(css string) (values []string) {
	p.t.Helper()
	for _, e := range p.All(css) {
		values = append(values, e.Text())
	}
	return values
}

// Hook is the selector of a test hook: its data-testid, and further data
// attributes as name and value.
func Hook(id string, data ...string) string {
	css := `[data-testid="` + id + `"]`
	for n := 0; n+1 < len(data); n += 2 {
		css += `[data-` + data[n] + `="` + data[n+1] + `"]`
	}
	return css
}

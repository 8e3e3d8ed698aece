package journey

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/selorax/sandbox/e2e/internal/browser"
)

// Page is a tab, or a frame in one, as a journey uses it: whatever does not
// work fails the step.
type Page struct {
	j      *Journey
	page   *browser.Page
	name   string
	parent *Page // the tab that a frame is in
}

// Open opens a tab for one person, with cookies of its own.
func (j *Journey) Open(person string) *Page {
	j.t.Helper()
	p, err := j.suite.Browser.Open()
	j.Must(err)
	page := &Page{j: j, page: p, name: slug(person)}
	j.pages = append(j.pages, page)
	j.t.Cleanup(func() {
		for _, problem := range p.Problems() {
			if serious(problem) {
				j.t.Errorf("in the browser of %s: %s", person, problem)
			}
		}
		p.Close()
	})
	return page
}

// serious tells mistakes in a page from answers such as 404, which a journey
// may provoke.
func serious(problem string) bool { return !strings.HasPrefix(problem, "network: ") }

// Hook is the CSS selector of an element's test hook: its data-testid, and
// further data attributes as name and value.
func Hook(id string, data ...string) string {
	css := fmt.Sprintf("[data-testid=%q]", id)
	for pair := range slices.Chunk(data, 2) {
		css += fmt.Sprintf("[data-%s=%q]", pair[0], pair[1])
	}
	return css
}

// Goto opens an address.
func (p *Page) Goto(url string) {
	p.j.t.Helper()
	p.use()
	p.j.Must(p.page.Goto(url))
}

// Click clicks an element once a person could.
func (p *Page) Click(css string) {
	p.j.t.Helper()
	p.use()
	p.j.Must(p.page.Click(css))
}

// Type types into a field.
func (p *Page) Type(css, text string) {
	p.j.t.Helper()
	p.use()
	p.j.Must(p.page.Type(css, text))
}

// See waits until an element is there and visible.
func (p *Page) See(css string) {
	p.j.t.Helper()
	p.await(css+" is not to be seen", fmt.Sprintf(
		"(e => !!e && e.checkVisibility({visibilityProperty: true}))(document.querySelector(%s))", browser.Quote(css)))
}

// Gone waits until no such element is left.
func (p *Page) Gone(css string) {
	p.j.t.Helper()
	p.await(css+" is still there", fmt.Sprintf("!document.querySelector(%s)", browser.Quote(css)))
}

// Has reports whether there is such an element now.
func (p *Page) Has(css string) bool {
	p.j.t.Helper()
	return eval[bool](p, fmt.Sprintf("!!document.querySelector(%s)", browser.Quote(css)))
}

// At waits until the page has loaded and its address has this path.
func (p *Page) At(path string) {
	p.j.t.Helper()
	p.await("the page is not "+path, fmt.Sprintf(
		"document.readyState === 'complete' && location.pathname === %s", browser.Quote(path)))
}

// Text returns the text of an element, once it is there.
func (p *Page) Text(css string) string {
	p.j.t.Helper()
	p.See(css)
	return eval[string](p, fmt.Sprintf("document.querySelector(%s).innerText.trim()", browser.Quote(css)))
}

// All returns a data attribute of every such element, in page order.
func (p *Page) All(css, data string) []string {
	p.j.t.Helper()
	return eval[[]string](p, fmt.Sprintf("[...document.querySelectorAll(%s)].map(e => e.getAttribute(%s))",
		browser.Quote(css), browser.Quote("data-"+data)))
}

// Visited returns the first document asked for whose address holds part.
func (p *Page) Visited(part string) *url.URL {
	p.j.t.Helper()
	for _, v := range p.page.Visited() {
		if strings.Contains(v, part) {
			u, err := url.Parse(v)
			p.j.Must(err)
			return u
		}
	}
	p.j.t.Fatalf("the browser never asked for %s, only for\n%s", part, strings.Join(p.page.Visited(), "\n"))
	return nil
}

// Frame waits for the frame of another site, at an address that begins with
// prefix.
func (p *Page) Frame(prefix string) *Page {
	p.j.t.Helper()
	p.use()
	var inner *browser.Page
	p.j.Await(func() (err error) {
		inner, err = p.page.Frame(prefix)
		return err
	})
	f := &Page{j: p.j, page: inner, name: p.name + "-frame", parent: p}
	p.j.pages = append(p.j.pages, f)
	p.j.t.Cleanup(inner.Close)
	return f
}

// await waits for a JavaScript expression to be true. An error of the browser
// counts as not yet: the page may be on its way to the next.
func (p *Page) await(otherwise, expression string) {
	p.j.t.Helper()
	p.use()
	p.j.Await(func() error {
		if yes, err := browser.Eval[bool](p.page, expression); err != nil || !yes {
			at, _ := p.page.URL()
			return errors.Join(fmt.Errorf("%s (at %s)", otherwise, at), err)
		}
		return nil
	})
}

// SetDark says whether the person wants dark pages.
func (p *Page) SetDark(dark bool) {
	p.j.t.Helper()
	p.j.Must(p.page.SetDark(dark))
}

// Value is that of a JavaScript expression, or of its promise.
func Value[T any](p *Page, expression string) T {
	p.j.t.Helper()
	p.use()
	return eval[T](p, expression)
}

func eval[T any](p *Page, expression string) T {
	p.j.t.Helper()
	v, err := browser.Eval[T](p.page, expression)
	p.j.Must(err)
	return v
}

// use makes this the page of the next screenshot.
func (p *Page) use() { p.j.shown = p }

// tab is the page itself, or the tab that the frame is in.
func (p *Page) tab() *Page {
	if p.parent != nil {
		return p.parent
	}
	return p
}

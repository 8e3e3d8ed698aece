package site_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
	"github.com/selorax/sandbox/dashboard/internal/platformtest"
	"github.com/selorax/sandbox/dashboard/internal/session"
)

const galleryPath = "/22/developer/components"

func TestGallery(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	a := d.see(galleryPath)
	if got := a.Count(hook("component")); got != len(api.Components()) {
		t.Errorf("%d components, want %d", got, len(api.Components()))
	}
	if text := a.One("#Grid table").Text(); !strings.Contains(text, "columns") || !strings.Contains(text, "none , xs") {
		t.Errorf("the props of Grid are %q", text)
	}
	d.as(platformtest.Merchant)
	if a := d.get(galleryPath); a.StatusCode != http.StatusNotFound {
		t.Errorf("a merchant gets %d", a.StatusCode)
	}
}

// TestGalleryInBrowser draws every example, then what is written in its place.
func TestGalleryInBrowser(t *testing.T) {
	t.Parallel()
	b := browsertest.Start(t)
	d := start(t)
	p := b.Open(t, desktop)
	p.SetCookie(d.URL, session.CookieName, d.SignIn(platformtest.Developer))
	p.Goto(d.URL + galleryPath)
	p.Until(`[...document.querySelectorAll('[data-drawn]')].every((drawn) => drawn.childElementCount > 0)`)
	if got := browsertest.Eval[[]string](p, `[...document.querySelectorAll('[data-component]:has([data-testid=ext-error])')].map((one) => one.dataset.component)`); len(got) > 0 {
		t.Errorf("these are not drawn: %v", got)
	}
	write := func(component, text string) {
		t.Helper()
		browsertest.Eval[any](p, `((area, text) => { area.value = text; area.dispatchEvent(new Event('input', {bubbles: true})); })(document.getElementById(%s), %s)`, component+"-json", text)
	}
	drawn := func(component string) string { return "#" + component + " [data-drawn]" }

	write("Text", `{"type": "Text", "props": {"content": "<b>Written</b>"}}`)
	p.Until(`document.querySelector(%s).textContent === '<b>Written</b>'`, drawn("Text"))
	for text, wrong := range map[string]string{
		`{"type": "Text"`: "This is not JSON yet",
		`{"type": "Stack", "children": [{"type": "Txt"}]}`: "ui.children[0]: There is no component “Txt”. The nearest name is Text.",
		`{"type": "Text", "props": 3}`:                     "ui.props: props must be an object.",
	} {
		write("Text", text)
		p.Until(`document.getElementById('Text-mistake').textContent.includes(%s)`, wrong)
		if got := p.Text(drawn("Text")); got != "<b>Written</b>" {
			t.Errorf("while %s is written, %q is drawn", text, got)
		}
	}
	p.Until(`document.getElementById('Text-json').getAttribute('aria-invalid') === 'true'`)

	p.Click("#Modal [data-testid=ext-button]")
	p.Until(`document.querySelector('#Modal dialog[open]')?.textContent.includes('The rider waits')`)
	p.Click("#Modal dialog[open] [data-close]")
	p.Click("#Pagination nav button:last-child")
	p.Until(`document.querySelector('#Pagination nav').textContent.includes('2 of 7')`)
	write("Button", `{"type": "Button", "props": {"label": "Ask"}, "actions": {"onClick": {"type": "call_backend", "url": "/x"}}}`)
	p.Until(`document.querySelector('#Button [data-testid=ext-button]').textContent === 'Ask'`)
	p.Click("#Button [data-testid=ext-button]")
	p.Until(`document.querySelector('#Button [data-testid=ext-error]')?.textContent.includes('No app stands behind an example')`)

	p.Click(hook("gallery-search"))
	p.Press("radio")
	p.Until(`[...document.querySelectorAll('article[data-component]')].filter((one) => !one.hidden).map((one) => one.dataset.component).join() === 'RadioGroup'`)
	p.Press("zzz")
	p.See(hook("gallery-none"))
}

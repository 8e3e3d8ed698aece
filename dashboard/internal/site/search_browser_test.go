package site_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
)

const (
	popupOpen   = `!document.querySelector('[data-search-popup]').hidden`
	popupClosed = `document.querySelector('[data-search-popup]').hidden`
	standsOn    = `document.getElementById(document.querySelector('[data-testid=search]').getAttribute('aria-activedescendant'))?.getAttribute('href') ?? ''`
)

// storeIsSearched types, goes through what is found with the arrow keys, and
// opens it.
func storeIsSearched(t *testing.T, b browsertest.Browser) {
	d := start(t)
	p := d.open(t, b, desktop, "/22/orders")
	p.Click(hook("search"))
	p.Press("shipping")
	p.Until(`[...document.querySelectorAll('#search-popup [role=option]')].map((e) => e.getAttribute('href')).join() === %s`, "/22/settings/shipping,/22/settings/shipping/zones/new")
	p.Until(`document.querySelector('[data-search-said]').textContent === '2 results'`)
	for _, c := range []struct{ key, want string }{
		{kb.ArrowDown, "/22/settings/shipping"}, {kb.ArrowDown, "/22/settings/shipping/zones/new"}, {kb.ArrowDown, ""}, {kb.ArrowUp, "/22/settings/shipping/zones/new"}, {kb.ArrowUp, "/22/settings/shipping"},
	} {
		p.Press(c.key)
		if got := browsertest.Eval[string](p, standsOn); got != c.want {
			t.Errorf("it stands on %q, want %q", got, c.want)
		}
	}
	if got := browsertest.Eval[string](p, `(f => [f.getAttribute('role'), f.getAttribute('aria-expanded'), document.querySelectorAll('[role=listbox] [role=group] [aria-selected=true]').length, document.activeElement === f].join())(document.querySelector('[data-testid=search]'))`); got != "combobox,true,1,true" {
		t.Errorf("the field is %s", got)
	}
	p.Press(kb.Enter)
	at(p, "/22/settings/shipping")
	p.Click(hook("search"))
	p.Press("rose" + kb.Enter) // nothing is stood on: the page shows everything
	at(p, "/22/search?q=rose")
	p.See("main " + hook("search-group", "group", "products"))
	p.Click(hook("search"))
	p.Press(strings.Repeat(kb.Backspace, 4) + "<b>'\"খ")
	p.Until(`document.querySelector('#search-popup h2')?.textContent === %s && document.querySelector('[data-search-said]').textContent === 'Nothing matches.'`, "Nothing matches “<b>'\"খ”")
	browsertest.Eval[any](p, `document.querySelector('[data-testid=search]').select()`)
	p.Press(kb.Backspace)
	p.Until(popupClosed)
}

// searchKeys comes with "/" and leaves with Escape; who writes elsewhere or
// answers a dialog is left alone.
func searchKeys(t *testing.T, b browsertest.Browser) {
	d := start(t)
	p := d.open(t, b, desktop, "/22/discounts/5")
	p.Click(hook("discount-code"))
	p.Press("/")
	p.Until(`document.activeElement.id === 'code' && document.activeElement.value.includes('/')`)
	p.Click(hook("discount-delete"))
	p.Press("/")
	p.Until(`!!document.activeElement.closest('dialog[open]')`)
	p.Press(kb.Escape)
	p.Until(`!document.querySelector('dialog[open]') && document.activeElement.dataset.testid === 'discount-delete'`)
	p.Press("/")
	p.Until(`document.activeElement.dataset.testid === 'search' && document.activeElement.value === ''`)
	p.Press("summer")
	p.Until(popupOpen)
	p.Press(kb.Escape)
	p.Until(popupClosed + ` && document.activeElement.dataset.testid === 'discount-delete'`)
	p.Press("/")
	p.Until(`document.activeElement.dataset.testid === 'search' && getSelection().toString() === 'summer'`)
	p.Press("marketplace")
	p.Click(`#search-popup [href="/22/apps/marketplace"]`)
	at(p, "/22/apps/marketplace")
}

// searchInOrder holds the first answer back until the second is shown, and then
// lets a search fail.
func searchInOrder(t *testing.T, b browsertest.Browser) {
	d := start(t)
	held, answer := make(chan struct{}, 9), make(chan struct{})
	d.Fail(func(r *http.Request) int {
		if r.URL.Query().Get("search") == "nus" {
			held <- struct{}{}
			<-answer
		}
		return 0
	})
	p := d.open(t, b, desktop, "/22/products")
	p.Allow("502")
	p.Click(hook("search"))
	p.Press("nus")
	<-held
	p.Press("rat jahan")
	p.Until(`!!document.querySelector('#search-popup [href$="search=nusrat+jahan"]')`)
	shown := browsertest.Eval[string](p, `document.querySelector('#search-popup').innerHTML`)
	close(answer)
	if n := len(d.Requests("/api/stores/22/orders?limit=5&search=nusrat+jahan")); n != 1 {
		t.Errorf("the last text was looked for %d times", n)
	}
	d.Fail(func(*http.Request) int { return 1 })
	if got := browsertest.Eval[string](p, `document.querySelector('#search-popup').innerHTML`); got != shown {
		t.Errorf("an older answer is shown: %s", got)
	}
	p.Press("x")
	p.Until(`document.querySelector('[data-search-said]').textContent.includes('gave no answer')`)
}

// searchOnPhone opens the field with its button and closes it again.
func searchOnPhone(t *testing.T, b browsertest.Browser) {
	d := start(t)
	p := d.open(t, b, phone, "/22/orders")
	if browsertest.Eval[bool](p, `document.querySelector('[data-testid=search]').checkVisibility()`) {
		t.Error("the field is open on a phone")
	}
	p.Click(hook("search-open"))
	p.Until(`document.activeElement.dataset.testid === 'search'`)
	p.Press("rose")
	p.Until(popupOpen)
	if wide := browsertest.Eval[int](p, `document.documentElement.scrollWidth`); wide > int(phone.Width) {
		t.Errorf("the page is %d wide", wide)
	}
	p.Click("[data-search-leave]")
	p.Until(popupClosed + ` && !document.querySelector('[data-testid=search]').checkVisibility() && document.activeElement.dataset.testid === 'search-open'`)
}

package site_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

// appIsMade makes an app on a phone, copies its environment, rotates its
// secret, submits it and approves it as the reviewer.
func appIsMade(t *testing.T, b browsertest.Browser) {
	d := start(t)
	p := d.openAs(t, b, phone, platformtest.Developer, portalList+"/new")
	p.See(hook("portal-submit"))
	browsertest.Eval[any](p, `document.querySelector('[data-testid=portal-name]').focus()`)
	p.Press("Order Notes")
	browsertest.Eval[any](p, `document.querySelector('[data-testid=portal-redirect_urls]').focus()`)
	p.Press("http://localhost:3000/cb")
	p.Click(hook("portal-scope", "scope", "read:orders"))
	p.Click(hook("portal-submit"))
	p.See(hook("portal-env"))
	if wide := browsertest.Eval[int](p, `document.documentElement.scrollWidth`); wide > int(phone.Width) {
		t.Errorf("the secrets are %d wide", wide)
	}
	browsertest.Eval[any](p, `Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => { window.copied = text; }}}) && null`)
	p.Click(`[data-copy="env"]`)
	p.Until(`window.copied === document.getElementById('env').textContent && window.copied.split('\n').length === 6`)
	p.Click(hook("custom-saved"))
	at(p, portalPlace)
	p.Goto(d.URL + portalPlace + "/credentials")
	p.Click(hook("portal-rotate"))
	p.Press(kb.Tab + kb.Enter)
	p.See(hook("portal-env"))
	if text := p.Text("h1"); !strings.Contains(text, "New client secret") {
		t.Errorf("it says %q", text)
	}
	p.Goto(d.URL + portalPlace)
	p.Click(hook("portal-review"))
	p.Click(hook("portal-review-confirm"))
	p.Until(`document.querySelector('[data-testid=review-state]')?.dataset.status === 'in_review'`)
	p.Click(hook("portal-reviewer"))
	at(p, reviewPlace)
	p.Click(hook("review-decide", "status", "approved"))
	p.Until(`document.querySelector('[data-testid=flash]')?.textContent.includes('It is in the marketplace now.')`)
	p.Goto(d.URL + "/22/apps/marketplace")
	p.See(hook("app-card-order-notes"))
	for _, path := range []string{portalList, portalList + "/new", portalPlace, portalPlace + "/edit", portalPlace + "/credentials", "/22/developer/review", reviewPlace} {
		p.Goto(d.URL + path)
		if wide := browsertest.Eval[int](p, `document.documentElement.scrollWidth`); wide > int(phone.Width) {
			t.Errorf("%s is %d wide", path, wide)
		}
	}
}

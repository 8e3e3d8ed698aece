package site_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
)

// customIsMade makes a custom app by keys on a phone, copies its secrets
// with a clipboard and without one, and replaces the token.
func customIsMade(t *testing.T, b browsertest.Browser) {
	d := start(t)
	p := d.open(t, b, phone, customList+"/new")
	p.See(hook("custom-submit"))
	browsertest.Eval[any](p, `document.querySelector('[data-testid=custom-name]').focus()`)
	p.Press("Accounts link" + kb.Tab + kb.Tab + " " + kb.Tab + kb.Tab + " ")
	if got := browsertest.Eval[string](p, `[...document.querySelectorAll('[name=scopes]:checked')].map((e) => e.value).join()`); got != "read:orders,read:products" {
		t.Fatalf("the keys chose %q", got)
	}
	p.Click(hook("custom-submit"))
	p.See(hook("custom-secrets"))
	if wide := browsertest.Eval[int](p, `document.documentElement.scrollWidth`); wide > int(phone.Width) {
		t.Errorf("the secrets are %d wide", wide)
	}
	browsertest.Eval[any](p, `Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => { window.copied = text; }}}) && null`)
	p.Click(`[data-copy="access-token"]`)
	p.Until(`window.copied === document.getElementById('access-token').textContent && document.querySelector('[data-copied]').textContent === 'Copied: Access token'`)
	browsertest.Eval[any](p, `(() => { navigator.clipboard.writeText = async () => { throw new Error('refused'); }; })()`)
	p.Click(`[data-copy="client-secret"]`)
	p.Until(`getSelection().toString() === document.getElementById('client-secret').textContent`)
	p.Back()
	p.See(hook("custom-submit"))
	p.Goto(d.URL + customPlace)
	p.Click(hook("custom-regenerate"))
	p.Press(kb.Tab + kb.Enter)
	p.See(hook("custom-secrets"))
	if text := p.Text("h1"); !strings.Contains(text, "New access token") {
		t.Errorf("it says %q", text)
	}
	if n := len(d.Requests("/api/stores/22/custom-apps/3/regenerate-token")); n != 1 {
		t.Errorf("the token was regenerated %d times", n)
	}
}

package frame

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"
)

const frameElement = `document.querySelector('[data-testid=app-frame]')`

// TestAppFrame runs the custom element in Chromium, with the dashboard and the
// app on different sites.
func TestAppFrame(t *testing.T) {
	t.Parallel()
	browser := startBrowser(t)
	for name, run := range map[string]func(*testing.T, context.Context){
		"gives tokens":                   givesTokens,
		"passes a payment on":            passesPayment,
		"ignores other windows":          ignoresOtherWindows,
		"ignores the frame elsewhere":    ignoresFrameElsewhere,
		"leaks nothing to a late origin": leaksNothing,
		"explains silence":               explainsSilence,
		"explains refusals":              explainsRefusals,
		"looks early":                    looksEarly,
		"retries":                        retries,
		"a late ready clears the card":   clearsCard,
		"loses the platform":             losesPlatform,
		"loses the app":                  losesApp,
		"redirects to billing":           redirects,
		"stops with the element":         stops,
		"rules of messages":              messageRules,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, browser)
		})
	}
}

func (d *desk) openApp(t *testing.T, browser context.Context) tab {
	t.Helper()
	return openTab(t, browser, d.url+"/22/apps/e/demo")
}

// tell commands the script of the app.
func (p tab) tell(command string) {
	p.Helper()
	eval[bool](p, frameElement+`.contentWindow.postMessage(%s, '*'), true`, command)
}

func givesTokens(t *testing.T, browser context.Context) {
	d := newDesk(t)
	p := d.openApp(t, browser)
	p.state("ready")
	d.wantTokens(p, firstToken)
	for name, want := range map[string]string{
		"sandbox":        "allow-scripts allow-forms allow-popups allow-same-origin allow-downloads",
		"referrerpolicy": "strict-origin", "allow": "", "title": appName,
	} {
		if got := eval[string](p, frameElement+`.getAttribute(%q)`, name); got != want {
			t.Errorf("%s of the frame is %q, want %q", name, got, want)
		}
	}
	if eval[bool](p, frameElement+`.hasAttribute('inert')`) || eval[string](p, `getComputedStyle(`+frameElement+`).visibility`) != "visible" {
		t.Error("the frame of a ready app cannot be used")
	}
	p.tell(`{do: 'post', data: {type: 'selorax:request-session-token'}}`)
	d.wantTokens(p, firstToken, "fresh-1")
	p.tell(`{do: 'reload'}`)
	d.wantTokens(p, firstToken, "fresh-1", "fresh-2")
	if page := eval[string](p, `document.documentElement.outerHTML + location + JSON.stringify({...localStorage, ...sessionStorage})`); strings.Contains(page, "token-of") || strings.Contains(page, "fresh-") {
		t.Error("the page holds a token: ", page)
	}
}

func passesPayment(t *testing.T, browser context.Context) {
	d := newDesk(t)
	d.path = "/orders/%E0%A6%AB/5"
	p := openTab(t, browser, d.url+"/22/apps/e/demo?payment=success&charge_id=5&app_id=9&x=1")
	p.state("ready")
	signed := "?host=" + base64.RawURLEncoding.EncodeToString([]byte(d.url))
	if got, want := eval[string](p, frameElement+`.src`), d.app+"/app"+d.path+signed; got != want {
		t.Errorf("the frame is at %s, want %s", got, want)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if got, want := d.asked[0].Encode(), "app_id=1&charge_id=5&payment=success&store_id=22"; got != want {
		t.Errorf("embed-params was asked %s, want %s", got, want)
	}
}

// ignoresOtherWindows has the page itself, a second frame of the app's origin
// and one of another site ask for tokens.
func ignoresOtherWindows(t *testing.T, browser context.Context) {
	d := newDesk(t)
	d.appPage = silent
	p := d.openApp(t, browser)
	d.wantReport(p, func(r report) bool { return r.Page == d.app })
	eval[bool](p, `['%s', '%s'].forEach((origin, i) => {
		const f = document.createElement('iframe');
		f.src = origin + '/app';
		f.id = 'other' + i;
		document.body.append(f);
	}), true`, d.app, d.foreign)
	d.wantReport(p, func(r report) bool { return r.Page == d.foreign })
	p.until(func() error {
		if n := d.loads(d.app); n != 2 {
			return fmt.Errorf("%d pages of the app have loaded, want 2", n)
		}
		return nil
	})
	for _, kind := range []string{"app-bridge:ready", "selorax:request-session-token"} {
		eval[bool](p, `postMessage({type: %q}, '*'), true`, kind)
		for i := range 2 {
			eval[bool](p, `document.querySelector('#other%d').contentWindow.postMessage({do: 'post', data: {type: %q}}, '*'), true`, i, kind)
		}
	}
	// The frame asks in its turn through the other ones' round trips.
	for i := range 2 {
		eval[bool](p, `document.querySelector('#other%d').contentWindow.postMessage({do: 'echo', echo: 'end%d'}, '*'), true`, i, i)
		d.wantReport(p, func(r report) bool { return r.Data.Echo == fmt.Sprint("end", i) })
	}
	p.tell(`{do: 'post', data: {type: 'app-bridge:ready'}}`)
	p.state("ready")
	d.wantTokens(p, firstToken)
	if got := d.tokens(d.foreign); len(got) > 0 || d.issued() > 0 {
		t.Errorf("a foreign frame got %v, and %d tokens were made for it", got, d.issued())
	}
}

func ignoresFrameElsewhere(t *testing.T, browser context.Context) {
	d := newDesk(t)
	d.appPage = silent
	p := d.openApp(t, browser)
	d.wantReport(p, func(r report) bool { return r.Page == d.app })
	d.set(func() { d.appPage = nil })
	p.tell(fmt.Sprintf(`{do: 'go', url: '%s/app'}`, d.foreign))
	if text := p.state("wrong-origin"); !strings.Contains(text, d.foreign) || !strings.Contains(text, d.app) {
		t.Errorf("the card says %q, want both origins", text)
	}
	p.tell(`{do: 'echo', echo: 'end'}`)
	d.wantReport(p, func(r report) bool { return r.Data.Echo == "end" })
	if got := append(d.tokens(d.foreign), d.tokens(d.app)...); len(got) > 0 {
		t.Errorf("tokens were given: %v", got)
	}
}

// leaksNothing has the frame leave for another site while its token is made.
func leaksNothing(t *testing.T, browser context.Context) {
	d := newDesk(t)
	release := make(chan struct{})
	d.token = func(w http.ResponseWriter, _ *http.Request) {
		<-release
		answer(w, http.StatusOK, api.Envelope[api.SessionToken]{Data: api.SessionToken{SessionToken: "late", ExpiresIn: 600}})
	}
	p := d.openApp(t, browser)
	d.wantTokens(p, firstToken)
	p.tell(`{do: 'post', data: {type: 'selorax:request-session-token'}}`)
	p.until(func() error {
		if d.issued() == 0 {
			return fmt.Errorf("no token was asked for")
		}
		return nil
	})
	p.tell(fmt.Sprintf(`{do: 'go', url: '%s/app'}`, d.foreign))
	d.wantReport(p, func(r report) bool { return r.Page == d.foreign })
	eval[bool](p, `performance.clearResourceTimings(), true`)
	close(release)
	p.until(func() error {
		if n := eval[int](p, `performance.getEntriesByType('resource').filter((e) => e.name.endsWith('session-token')).length`); n == 0 {
			return fmt.Errorf("the token has not reached the page")
		}
		return nil
	})
	p.tell(`{do: 'echo', echo: 'end'}`)
	d.wantReport(p, func(r report) bool { return r.Data.Echo == "end" })
	if got := d.tokens(d.foreign); len(got) > 0 {
		t.Errorf("the foreign site got %v", got)
	}
}

func (d *desk) issued() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.fresh
}

// loads counts the pages of an origin that have loaded.
func (d *desk) loads(page string) (n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, r := range d.received {
		if r.Page == page && r.Origin == "loaded" {
			n++
		}
	}
	return n
}

func redirects(t *testing.T, browser context.Context) {
	d := newDesk(t)
	p := d.openApp(t, browser)
	p.state("ready")
	here := eval[string](p, `location.href`)
	for _, url := range []string{"https://evil.example/", "//evil.example/22/", "javascript:document.title=1", "/23/settings", "/logout"} {
		p.tell(fmt.Sprintf(`{do: 'post', data: {type: 'selorax:billing-redirect', url: %q}}`, url))
	}
	p.tell(`{do: 'post', data: {type: 'selorax:request-session-token'}}`)
	d.wantTokens(p, firstToken, "fresh-1")
	if got := eval[string](p, `location.href`); got != here {
		t.Fatalf("the dashboard went to %s", got)
	}
	p.tell(`{do: 'post', data: {type: 'selorax:billing-redirect', url: '/22/settings/apps/billing/5'}}`)
	p.until(func() error {
		if got, err := tryEval[string](p, `document.title + location.pathname`); got != "Billing/22/settings/apps/billing/5" {
			return fmt.Errorf("the dashboard is at %s (%v)", got, err)
		}
		return nil
	})
}

func stops(t *testing.T, browser context.Context) {
	d := newDesk(t)
	p := d.openApp(t, browser)
	p.state("ready")
	d.wantTokens(p, firstToken)
	const listeners = `getEventListeners(window).message?.length ?? 0`
	if n := eval[int](p, listeners); n != 1 {
		t.Fatalf("%d listeners while the frame is open, want 1", n)
	}
	eval[bool](p, `window.element = document.querySelector('app-frame'), element.remove(), true`)
	if n := eval[int](p, listeners); n != 0 {
		t.Errorf("%d listeners after the element went, want none", n)
	}
	if eval[bool](p, `element.querySelector('iframe') !== null`) {
		t.Error("the removed element keeps its frame")
	}
	eval[bool](p, `document.body.append(element), true`)
	d.wantTokens(p, firstToken, firstToken)
	if n := eval[int](p, listeners); n != 1 {
		t.Errorf("%d listeners after the element came back, want 1", n)
	}
}

// messageRules tries the pure functions of host.js in the page.
func messageRules(t *testing.T, browser context.Context) {
	d := newDesk(t)
	p := d.openApp(t, browser)
	eval[bool](p, `import('/bridge/host.js').then((m) => { window.host = m; return true; })`)
	for url, want := range map[string]string{
		`/22/settings/apps/billing/5`: "/22/settings/apps/billing/5", `/22/x?a=1#b`: "/22/x?a=1#b", `/22//evil.example`: "/22//evil.example",
		`//evil.example/22/`: "", `/\evil.example`: "", `/22/..//evil.example`: "", `/22/../logout`: "", `/22/%2e%2e/23/`: "",
		`/23/settings`: "", `/220/x`: "", `/22`: "", ``: "", `22/x`: "", `http:/22/x`: "", `javascript:alert(1)`: "",
		"/\t/evil.example": "", "/22/\n": "", " /22/x": "", `\\evil.example`: "", "https://evil.example/22/": "", "/22/a b": "",
	} {
		if got := eval[string](p, `host.billingTarget(%q, '22', 'http://admin.localhost')`, url); got != want {
			t.Errorf("billing-redirect to %q leads to %q, want %q", url, got, want)
		}
	}
	for _, expression := range []string{
		`host.billingTarget({toString: () => '/22/x'}, '22', 'http://admin.localhost') === ''`,
		`host.sender({source: window, origin: 'http://a'}, window, 'http://a') === 'app'`,
		`host.sender({source: window, origin: 'http://a:1'}, window, 'http://a') === 'other-origin'`,
		`host.sender({source: window, origin: 'null'}, window, 'http://a') === 'other-origin'`,
		`host.sender({source: {}, origin: 'http://a'}, window, 'http://a') === 'other-window'`,
		`host.sender({source: null, origin: 'http://a'}, null, 'http://a') === 'other-window'`,
		`['x', 1, null, undefined, [], {}, {type: 1}].every((data) => host.typeOf(data) === '')`,
		`host.typeOf({type: 'app-bridge:ready'}) === host.READY`,
		`host.mayOpen('http://a.example/x?y', 'http://a.example', 'http://b.example')`,
		`!host.mayOpen('http://a.example/', 'http://c.example', 'http://b.example')`,
		`!host.mayOpen('http://b.example/', 'http://b.example', 'http://b.example')`,
		`!host.mayOpen('javascript:alert(1)', 'null', 'http://b.example')`,
		`!host.mayOpen('/app', '', 'http://b.example') && !host.mayOpen(undefined, '', 'http://b.example')`,
	} {
		if !eval[bool](p, "%s", expression) {
			t.Error("does not hold: ", expression)
		}
	}
}

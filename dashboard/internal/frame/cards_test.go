package frame

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"
)

// soon is a time to wait for ready, in ms, that tests can afford.
const soon = 400

// wantCard waits for a card and checks what it says and whether it hides the
// frame.
func (p tab) wantCard(state, says string, covered bool) {
	p.Helper()
	text := p.state(state)
	if !strings.Contains(text, says) {
		p.Errorf("the card says %q, want %q", text, says)
	}
	if got := eval[bool](p, `document.querySelector('app-frame').hasAttribute('covered')`); got != covered {
		p.Errorf("the card covers the frame: %t, want %t", got, covered)
	}
	if eval[bool](p, `document.querySelector('[data-testid=frame-state] img') !== null`) {
		p.Error("the app's name became markup")
	}
	if !eval[bool](p, `document.querySelector('[data-testid=frame-retry]').checkVisibility()`) {
		p.Error("there is no Retry")
	}
}

// explainsSilence opens apps that never say ready, each for a reason that only
// the probe can tell.
func explainsSilence(t *testing.T, browser context.Context) {
	for name, test := range map[string]struct {
		app         func(*desk) http.HandlerFunc
		state, says string
		covered     bool
	}{
		"silent":  {func(*desk) http.HandlerFunc { return silent }, "timeout", "app-bridge:ready", false},
		"failing": {func(*desk) http.HandlerFunc { return failing }, "error-status", "500 Internal Server Error", true},
		"unframed": {func(*desk) http.HandlerFunc {
			return func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X-Frame-Options", "DENY") }
		}, "refused-framing", "X-Frame-Options: DENY", true},
		"elsewhere": {func(d *desk) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) {
				if strings.HasPrefix(r.Host, "foreign.") {
					silent(w, r)
					return
				}
				http.Redirect(w, r, d.foreign+"/app", http.StatusFound)
			}
		}, "wrong-origin", "foreign.localhost", true},
		"away": {nil, "unreachable", "Nothing listens", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.within = soon
			if test.app == nil {
				d.stopApp()
			} else {
				d.appPage = test.app(d)
			}
			d.openApp(t, browser).wantCard(test.state, test.says, test.covered)
		})
	}
}

// looksEarly opens apps with a time to be ready that no test waits for.
func looksEarly(t *testing.T, browser context.Context) {
	silentDesk, failingDesk := newDesk(t), newDesk(t)
	silentDesk.within, silentDesk.appPage = 600_000, silent
	failingDesk.within, failingDesk.appPage = 600_000, failing
	p := silentDesk.openApp(t, browser)
	if !eval[bool](p, `document.querySelector('app-frame').hasAttribute('covered')`) {
		t.Error("the skeleton does not cover a frame that has not loaded")
	}
	p.until(func() error {
		if eval[bool](p, `document.querySelector('app-frame').hasAttribute('covered')`) {
			return errors.New("the silent app stays covered")
		}
		return nil
	})
	p.state("connecting")
	failingDesk.openApp(t, browser).wantCard("error-status", "500", true)
}

func failing(w http.ResponseWriter, _ *http.Request) {
	http.Error(w, "boom", http.StatusInternalServerError)
}

func refusing(status int, code string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { refuse(w, status, code, "It was refused.") }
}

// explainsRefusals opens apps that get no frame at all.
func explainsRefusals(t *testing.T, browser context.Context) {
	for name, test := range map[string]struct {
		embed func(*desk) http.HandlerFunc
		state string
	}{
		"not installed": {func(*desk) http.HandlerFunc { return refusing(401, api.CodeNotInstalled) }, "not-installed"},
		"unknown app":   {func(*desk) http.HandlerFunc { return refusing(404, api.CodeNotFound) }, "not-installed"},
		"signed out":    {func(*desk) http.HandlerFunc { return refusing(401, api.CodeSessionRequired) }, "signed-out"},
		"no platform":   {func(*desk) http.HandlerFunc { return refusing(502, api.CodeInternal) }, "platform-down"},
		"not JSON":      {func(*desk) http.HandlerFunc { return failing }, "platform-down"},
		"nothing in it": {func(*desk) http.HandlerFunc {
			return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "{}") }
		}, "platform-down"},
		"another origin": {func(d *desk) http.HandlerFunc { return d.gives(d.foreign + "/app") }, "wrong-origin"},
		"a script":       {func(d *desk) http.HandlerFunc { return d.gives("javascript:alert(1)//") }, "wrong-origin"},
		"the dashboard's own origin": {func(d *desk) http.HandlerFunc {
			d.origin = d.url
			return d.gives(d.url + "/22/apps/e/demo")
		}, "wrong-origin"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.embed = test.embed(d)
			p := d.openApp(t, browser)
			p.wantCard(test.state, "", true)
			if eval[bool](p, frameElement+` !== null`) {
				t.Error("a frame was opened")
			}
		})
	}
}

func (d *desk) gives(address string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { d.giveFrame(w, address) }
}

func retries(t *testing.T, browser context.Context) {
	d := newDesk(t)
	d.within, d.appPage = soon, failing
	p := d.openApp(t, browser)
	p.wantCard("error-status", "500", true)
	d.set(func() { d.appPage = nil })
	eval[bool](p, `document.querySelector('[data-testid=frame-retry]').click(), true`)
	p.state("ready")
	d.wantTokens(p, firstToken)
	if n := eval[int](p, `document.querySelectorAll('iframe').length`); n != 1 {
		t.Errorf("%d frames after Retry, want 1", n)
	}
	if !eval[bool](p, `document.activeElement.matches('[data-testid=frame-state]') || document.activeElement === document.body`) {
		t.Error("Retry lost the focus")
	}
}

func clearsCard(t *testing.T, browser context.Context) {
	d := newDesk(t)
	d.within, d.appPage = soon, silent
	p := d.openApp(t, browser)
	p.wantCard("timeout", "has not said", false)
	eval[bool](p, `document.querySelector('[data-testid=frame-hide]').click(), true`)
	if eval[bool](p, `document.querySelector('[data-testid=frame-state]').checkVisibility()`) {
		t.Error("Hide leaves the notice")
	}
	p.tell(`{do: 'post', data: {type: 'app-bridge:ready'}}`)
	p.state("ready")
	d.wantTokens(p, firstToken)
}

// losesPlatform has the platform fail once while the app is in use.
func losesPlatform(t *testing.T, browser context.Context) {
	d := newDesk(t)
	d.token = refusing(502, api.CodeInternal)
	p := d.openApp(t, browser)
	p.state("ready")
	p.tell(`{do: 'post', data: {type: 'selorax:request-session-token'}}`)
	p.wantCard("platform-down", "It was refused.", false)
	d.set(func() { d.token = nil })
	p.tell(`{do: 'post', data: {type: 'selorax:request-session-token'}}`)
	p.state("ready")
	d.wantTokens(p, firstToken, "fresh-2")
}

// losesApp has the app uninstalled while it is in use.
func losesApp(t *testing.T, browser context.Context) {
	d := newDesk(t)
	d.token = refusing(401, api.CodeNotInstalled)
	p := d.openApp(t, browser)
	p.state("ready")
	p.tell(`{do: 'post', data: {type: 'selorax:request-session-token'}}`)
	p.wantCard("not-installed", "is not installed", true)
	if eval[bool](p, frameElement+` !== null`) {
		t.Error("the frame of the uninstalled app stays")
	}
}

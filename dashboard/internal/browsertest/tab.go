package browsertest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// clickTries is how often Click aims at an element that moves while the mouse
// goes down, as a person would.
const clickTries = 5

// Tab is a page as a person uses it. Its methods fail the test.
type Tab struct {
	testing.TB
	ctx context.Context

	mu       sync.Mutex
	problems []string
	allowed  []string
}

// SetCookie gives the tab a cookie for an address.
func (p *Tab) SetCookie(address, name, value string) {
	p.Helper()
	u, err := url.Parse(address)
	if err != nil {
		p.Fatal(err)
	}
	httpOnly := true
	do(p, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, network.SetCookie, network.SetCookieParams{Name: name, Value: value, Domain: u.Hostname(), Path: "/", HTTPOnly: &httpOnly})
		return err
	}))
}

// Goto opens an address and waits until it has loaded.
func (p *Tab) Goto(address string) {
	p.Helper()
	do(p, chromedp.Navigate(address))
}

// Back goes back in the tab's history.
func (p *Tab) Back() {
	p.Helper()
	do(p, chromedp.NavigateBack())
}

// Press sends keys to what has the focus. What a script holds back of a key does
// not happen.
func (p *Tab) Press(keys string, options ...chromedp.KeyOption) {
	p.Helper()
	do(p, chromedp.KeyEvent(keys, append(options, raw)...))
}

// raw makes a press what a keyboard sends: the text of a key comes after it,
// and only if no script held the key back.
func raw(k *input.DispatchKeyEventParams) {
	if k.Type == input.DispatchKeyEventTypeKeyDown {
		k.Type = input.DispatchKeyEventTypeRawKeyDown
	}
}

// Allow says that problems with this text are what the test is about.
func (p *Tab) Allow(part string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.allowed = append(p.allowed, part)
}

// Media shows the page as a medium does: "print", or "" for the screen.
func (p *Tab) Media(name string) {
	p.Helper()
	do(p, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: name})
		return err
	}))
}

// Screenshot returns what is in view, as PNG.
func (p *Tab) Screenshot() []byte {
	p.Helper()
	return run(p, chromedp.CaptureScreenshot())
}

// Eval returns the value of a JavaScript expression, that of its promise if it
// is one. Its arguments are put into the text as JSON.
func Eval[T any](p *Tab, expression string, args ...any) T {
	p.Helper()
	return run(p, chromedp.Evaluate[T](fill(expression, args), chromedp.EvalAwaitPromise))
}

// Until waits for a JavaScript expression to be true. An error of the browser
// counts as not yet: the page may be on its way to the next.
func (p *Tab) Until(expression string, args ...any) {
	p.Helper()
	text := fill(expression, args)
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		yes, err := chromedp.Run(ctx, chromedp.Evaluate[bool](text))
		if err == nil && yes {
			return
		}
		select {
		case <-ctx.Done():
			p.Fatal(errors.Join(fmt.Errorf("never true: %s", text), err))
		case <-tick.C:
		}
	}
}

// See waits until an element is there and visible.
func (p *Tab) See(css string) {
	p.Helper()
	p.Until(`(e => !!e && e.checkVisibility({visibilityProperty: true}))(document.querySelector(%s))`, css)
}

// Click clicks the middle of an element once nothing covers it, and the scripts
// that came with the page listen.
func (p *Tab) Click(css string) {
	p.Helper()
	p.Until(`(() => {
		const e = document.querySelector(%s);
		if (!e || e.disabled || !performance.getEntriesByType("navigation")[0]?.domContentLoadedEventEnd) return false;
		e.scrollIntoView({block: "center", behavior: "instant"});
		const r = e.getBoundingClientRect(), top = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
		return !!top && (e.contains(top) || top.contains(e)) && !e.getAnimations({subtree: true}).length;
	})()`, css)
	for range clickTries {
		at := Eval[struct{ X, Y float64 }](p, aim, css)
		do(p, chromedp.MouseClickXY(at.X, at.Y))
		missed, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool](`window.clickMissed === true`))
		if err != nil || !missed { // the next page knows nothing of it
			return
		}
	}
	p.Fatalf("%s moved away from every click", css)
}

// aim is where to click an element; the page notes whether the click arrives.
const aim = `(css => {
	window.clickMissed = true;
	const e = document.querySelector(css), r = e.getBoundingClientRect();
	addEventListener("click", (click) => {
		const path = click.composedPath();
		if (path.some((node) => node instanceof Element && node.matches(css)) || path[0].contains(e)) window.clickMissed = false;
	}, true);
	return {X: r.x + r.width / 2, Y: r.y + r.height / 2};
})(%s)`

// Text returns the text of an element, once it is there.
func (p *Tab) Text(css string) string {
	p.Helper()
	p.See(css)
	return Eval[string](p, `document.querySelector(%s).innerText.trim()`, css)
}

func fill(expression string, args []any) string {
	if len(args) == 0 {
		return expression
	}
	texts := make([]any, len(args))
	for n, arg := range args {
		text, _ := json.Marshal(arg) // strings and numbers
		texts[n] = string(text)
	}
	return fmt.Sprintf(expression, texts...)
}

func do(p *Tab, action chromedp.Action[chromedp.Void]) {
	p.Helper()
	run(p, action)
}

// run runs one action with a limit on its time.
func run[T any](p *Tab, action chromedp.Action[T]) T {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, action)
	if err != nil {
		p.Fatal(err)
	}
	return v
}

package site_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

// press is a button of an extension.
func press(label, action string) string {
	return fmt.Sprintf(`{"type": "Button", "props": {"label": %q}, "actions": {"onClick": %s}}`, label, action)
}

// labelled is the selector of the button at a place in the card.
func labelled(id string, place int) string {
	return fmt.Sprintf("%s .ext-body > * > :nth-child(%d)", card(id), place)
}

func stack(nodes ...string) string {
	return `{"type": "Stack", "props": {"align": "start"}, "children": [` + strings.Join(nodes, ",") + `]}`
}

// calls is an action that calls the app, with fields of its own.
func calls(rest string) string { return `{"type": "call_backend"` + rest + `}` }

// answering makes the app answer every call with the same.
func (d *dashboard) answering(directives string) {
	d.Backend(func(api.ExtensionActionRequest) (any, error) { return raw(directives), nil })
}

// raw is JSON as it stands.
type raw string

func (r raw) MarshalJSON() ([]byte, error) { return []byte(r), nil }

func loaderAndWhen(t *testing.T, b browsertest.Browser) {
	arrived, answer := make(chan struct{}, 1), make(chan struct{})
	d, p := block(t, b)
	d.answering(`{"update_state": {"loaded": true, "stock": 4, "list": ["a", "b"]}, "unknown": {"x": 1}}`)
	d.Fail(func(r *http.Request) int {
		if strings.HasSuffix(r.URL.Path, "/action") {
			arrived <- struct{}{}
			<-answer
		}
		return 0
	})
	d.Deploy("restock", extension("stock", `"state": {"loaded": false, "kept": "K"}, "loader": {"type": "call_backend", "url": "/ext/load", "body": {"order": "{{context.order.order_id}}", "n": "{{context.order.order_number}}!"}},
		"ui": {"type": "Stack", "children": [{"type": "Spinner", "when": "{{!state.loaded}}"}, {"type": "Text", "props": {"when": "{{state.loaded}}", "content": "{{state.stock}} left {{state.kept}}"}}, {"type": "List", "props": {"items": "{{state.list}}"}}]}`))
	p.Goto(d.URL + "/22/orders/1200")
	<-arrived
	p.See(".ext-spinner")
	if browsertest.Eval[bool](p, `!!document.querySelector('.ext-text')`) {
		t.Error("a node whose condition is false is drawn")
	}
	close(answer)
	if text := p.Text(card("stock") + " .ext-text"); text != "4 left K" {
		t.Errorf("after the loader: %q", text)
	}
	p.Until(`!document.querySelector('.ext-spinner') && document.querySelectorAll('.ext-list li').length === 2`)
	got := d.asked()[0]
	if got.StoreID != 22 || got.InstallationID != 1 || got.ExtensionID != "stock" || got.URL != "/ext/load" || got.Method != "POST" || string(got.Body) != `{"n":"SX-1200!","order":1200}` {
		t.Errorf("the loader asked %+v %s", got, got.Body)
	}
}

func loaderFails(t *testing.T, b browsertest.Browser) {
	d, p := block(t, b)
	d.Backend(func(api.ExtensionActionRequest) (any, error) {
		return nil, platformtest.AppFails(api.CodeAppUnreachable, "Nothing listens at restock.localhost:1.")
	})
	d.Deploy("restock", extension("stock", `"loader": {"type": "call_backend"}, "ui": {"type": "Spinner", "when": "{{!state.loaded}}"}`))
	p.Goto(d.URL + "/22/orders/1200")
	p.See(hook("ext-error", "code", api.CodeAppUnreachable))
	p.Until(`!document.querySelector('.ext-spinner')`)
	d.answering(`{}`)
	p.Click(hook("ext-retry"))
	p.See(".ext-spinner")
	p.Until(`!document.querySelector('[data-testid=ext-error]') && document.activeElement.matches('.ext-card')`)
}

// failedCalls has a call fail in each way, and then succeed.
func failedCalls(t *testing.T, b browsertest.Browser) {
	d, p := block(t, b, extension("one", `"ui": `+stack(press("Go", calls(`, "url": "/go"`)), `"{{state.done}}"`)))
	for code, says := range map[string]string{
		api.CodeAppUnreachable: "Restock cannot be reached", api.CodeAppTimeout: "Restock took too long to answer", api.CodeAppError: "Restock answered with an error",
		api.CodeAppBadAnswer: "Restock sent an answer that cannot be used", api.CodeNotInstalled: "Restock is not installed on this store any more",
		api.CodeRateLimited: "The platform refused the call",
	} {
		d.Backend(func(api.ExtensionActionRequest) (any, error) {
			return nil, platformtest.AppFails(code, "Sentence of "+code+".")
		})
		if code == api.CodeRateLimited {
			d.Backend(func(api.ExtensionActionRequest) (any, error) {
				return nil, platformtest.Refuse(http.StatusTooManyRequests, code, "Sentence of "+code+".")
			})
		}
		p.Click(button)
		text := p.Text(hook("ext-error", "code", code))
		if !strings.Contains(text, says) || !strings.Contains(text, "Sentence of "+code+".") {
			t.Errorf("%s says %q", code, text)
		}
		if retry := strings.Contains(text, "Retry"); retry == (code == api.CodeNotInstalled) {
			t.Errorf("%s: a Retry is there: %t", code, retry)
		}
	}
	d.Backend(func(api.ExtensionActionRequest) (any, error) { return "a text", nil })
	p.Click(button)
	p.See(hook("ext-error", "code", api.CodeAppBadAnswer))
	d.answering(`{"update_state": {"done": "It is done"}}`)
	p.Click(hook("ext-retry"))
	p.Until(`!document.querySelector('[data-testid=ext-error]') && document.querySelector('.ext-body').innerText.includes('It is done')`)
	d.EndSessions()
	p.Click(button)
	p.See(hook("ext-error", "code", api.CodeSessionRequired))
}

// calledOnce presses a button again while the app takes its time.
func calledOnce(t *testing.T, b browsertest.Browser) {
	arrived, answer := make(chan struct{}, 9), make(chan struct{})
	d, p := block(t, b, extension("one", `"ui": `+stack(press("Reorder", calls("")))))
	d.Fail(func(r *http.Request) int {
		if strings.HasSuffix(r.URL.Path, "/action") {
			arrived <- struct{}{}
			<-answer
		}
		return 0
	})
	p.See(button)
	width := browsertest.Eval[float64](p, `document.querySelector(%s).getBoundingClientRect().width`, button)
	browsertest.Eval[any](p, `(b => { b.focus(); b.click(); b.click(); })(document.querySelector(%s))`, button)
	<-arrived
	p.Until(`document.querySelector('[data-testid=ext-button]').getAttribute('aria-busy') === 'true'`)
	browsertest.Eval[any](p, `document.querySelector(%s).click()`, button)
	if got := browsertest.Eval[float64](p, `document.querySelector(%s).getBoundingClientRect().width`, button); got != width {
		t.Errorf("the busy button is %v wide, was %v", got, width)
	}
	close(answer)
	p.Until(`!document.querySelector('[aria-busy=true]') && document.activeElement.dataset.testid === 'ext-button'`)
	if n := len(d.asked()); n != 1 {
		t.Errorf("the app was called %d times", n)
	}
}

// typingKeepsPlace types into the middle of a field whose state is drawn above
// it, with what appears while typing.
func typingKeepsPlace(t *testing.T, b browsertest.Browser) {
	d, p := block(t, b, extension("one", `"state": {"q": "ac"}, "ui": {"type": "Stack", "children": [
		{"type": "Banner", "when": "{{state.long}}", "props": {"content": "Long"}}, {"type": "Text", "props": {"content": "You typed {{state.q}}"}},
		{"type": "TextField", "props": {"label": "Search", "value": "{{state.q}}"}, "actions": {"onChange": [{"type": "set_state", "key": "q", "value": "{{$value}}"}, {"type": "set_state", "key": "long", "value": true}, {"type": "call_backend", "body": {"q": "{{$value}}"}}]}},
		{"type": "Checkbox", "props": {"label": "Notify"}, "actions": {"onChange": {"type": "set_state", "key": "q", "value": "{{$value}}"}}}]}`))
	p.See(".ext-body .input")
	browsertest.Eval[any](p, `(e => { e.focus(); e.setSelectionRange(1, 1); })(document.querySelector('.ext-body .input'))`)
	p.Press("b")
	p.Press("B")
	p.Until(`document.querySelector('.ext-body .ext-text').textContent === 'You typed abBc' && !!document.querySelector('.ext-body .banner')`)
	if got := browsertest.Eval[string](p, `(e => [e === document.querySelector('.ext-body .input'), e.value, e.selectionStart].join())(document.activeElement)`); got != "true,abBc,3" {
		t.Errorf("after typing: %s", got)
	}
	if n := len(d.asked()); n != 0 {
		t.Errorf("the app was called %d times while somebody types", n)
	}
	p.Press(kb.Tab)
	p.Until(`document.activeElement.type === 'checkbox'`)
	p.Press(" ")
	p.Until(`document.querySelector('.ext-body .ext-text').textContent === 'You typed true'`)
	p.Until(`performance.getEntriesByType('resource').some((e) => e.name.endsWith('/api/apps/extensions/action') && e.responseEnd > 0)`)
	if got := d.asked(); len(got) != 1 || string(got[0].Body) != `{"q":"abBc"}` {
		t.Errorf("the app was asked %+v", got)
	}
}

func actions(t *testing.T, b browsertest.Browser) {
	d, p := block(t, b, extension("one", `"state": {"n": 1}, "ui": `+stack(
		press("Set", `[{"type": "set_state", "key": "n", "value": 2}, {"type": "show_toast", "message": "n is {{state.n}}", "variant": "success"}]`),
		press("Copy", `{"type": "copy", "value": "{{context.order.order_number}}"}`),
		press("Open", `{"type": "open_link", "url": "https://example.com/{{state.n}}"}`),
		`{"type": "Button", "props": {"label": "Prop", "onClick": {"type": "set_state", "key": "__proto__", "value": {"polluted": true}}}}`,
		press("Go", `{"type": "navigate", "url": "/orders?status=pending"}`),
		`{"type": "Text", "props": {"content": "n={{state.n}} {{state.polluted}}"}}`)))
	p.Click(labelled("one", 1))
	p.See(hook("toast", "type", "success"))
	if text := p.Text(hook("toast") + " p"); text != "n is 2" {
		t.Errorf("the toast says %q", text)
	}
	browsertest.Eval[any](p, `(() => { window.opened = []; window.open = (...all) => opened.push(all); Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => { window.copied = text; }}}); })()`)
	p.Click(labelled("one", 2))
	p.Until(`window.copied === 'SX-1200'`)
	p.Click(labelled("one", 3))
	p.Until(`opened.length === 1 && opened[0].join() === 'https://example.com/2,_blank,noopener,noreferrer'`)
	p.Click(labelled("one", 4))
	p.Until(`document.querySelector('.ext-body .ext-text').textContent === 'n=2 ' && ({}).polluted === undefined`)
	p.Click(labelled("one", 5))
	at(p, "/22/orders?status=pending")
	if n := len(d.asked()); n != 0 {
		t.Errorf("the app was called %d times", n)
	}
}

// refusedActions are those that would lead somewhere else.
func refusedActions(t *testing.T, b browsertest.Browser) {
	tests := []string{
		`{"type": "navigate", "url": "/23/orders"}`, `{"type": "navigate", "url": "https://evil.example/"}`, `{"type": "navigate", "url": "//evil.example/"}`, `{"type": "navigate", "url": "/22/../23/orders"}`,
		`{"type": "navigate", "url": "javascript:alert(1)"}`, `{"type": "navigate"}`, `{"type": "navigate", "url": "{{state.none}}"}`,
		`{"type": "open_link", "url": "javascript:alert(1)"}`, `{"type": "open_link", "url": "/22/orders"}`, `{"type": "open_link", "url": "data:text/html,x"}`,
	}
	var buttons []string
	for n, action := range tests {
		buttons = append(buttons, press(fmt.Sprint("B", n), action))
	}
	_, p := block(t, b, extension("one", `"ui": `+stack(buttons...)))
	for n := range tests {
		p.Click(labelled("one", n+1))
		p.Until(`document.querySelectorAll('[data-testid=ext-error][data-code=refused]').length === %s`, n+1)
	}
	at(p, "/22/orders/1200")
}

func directives(t *testing.T, b browsertest.Browser) {
	d, p := block(t, b, extension("one", `"state": {"a": {"x": 1}, "b": 2}, "ui": `+stack(press("Go", calls("")), `{"type": "Text", "props": {"content": "{{state.a}} {{state.b}}"}}`)))
	d.answering(`{"update_state": {"a": 5}, "show_toast": {"message": "Saved", "type": "success"}, "nonsense": 1}`)
	p.Click(button)
	p.See(hook("toast", "type", "success"))
	p.Until(`document.querySelector('.ext-body .ext-text').textContent === '5 2'`)
	d.MoveOrder(1200, api.OrderConfirmed) // the page sees it by the feed or by the refetch; both may happen
	d.answering(`{"refetch": ["ORDERS_KEY"], "update_ui": {"type": "Stack", "children": [` + press("Next", calls("")) + `, {"type": "Text", "props": {"content": "New {{state.b}} {{context.order.order_status}}"}}]}}`)
	p.Click(button)
	p.Until(`document.querySelector('.ext-body .ext-text').textContent === 'New 2 confirmed'`)
	d.answering(`{"update_ui": {"type": "Stack", "children": [{"type": "Txt"}]}}`)
	p.Click(button)
	if text := p.Text(hook("ext-error")); !strings.Contains(text, "ui.children[0]: There is no component “Txt”. The nearest name is Text.") {
		t.Errorf("a broken update_ui says %q", text)
	}
	p.Goto(d.URL + "/22/orders/1200")
	d.answering(`{"navigate": "/23/orders"}`)
	p.Click(button)
	p.See(hook("ext-error", "code", "refused"))
	d.answering(`{"navigate": "/22/products"}`)
	p.Click(button)
	at(p, "/22/products")
}

// overlays opens dialogs, by actions and by directives, and closes them.
func overlays(t *testing.T, b browsertest.Browser) {
	field := `{"type": "TextField", "props": {"label": "Note", "value": "{{state.note}}"}, "actions": {"onChange": {"type": "set_state", "key": "note", "value": "{{$value}}"}}}`
	d, p := block(t, b, extension("one", `"state": {"note": "n"}, "ui": `+stack(
		press("Modal", `{"type": "open_modal", "title": "Order {{context.order.order_number}}", "ui": `+stack(field, press("Send", calls(`, "body": {"note": "{{state.note}}"}`)), press("Close", `{"type": "close_modal"}`))+`}`),
		press("Drawer", `{"type": "open_drawer", "title": "More", "ui": `+stack(press("Close", `{"type": "close_drawer"}`))+`}`),
		press("Bad", `{"type": "open_modal", "title": "Bad", "ui": {"type": "Modl"}}`))))
	modal, closed := hook("ext-modal"), `!document.querySelector('dialog[open]') && document.activeElement.dataset.testid === 'ext-button'`
	p.Click(labelled("one", 1))
	if title := p.Text(modal + " h2"); title != "Order SX-1200" {
		t.Errorf("the modal is %q", title)
	}
	p.Click(modal + " .input")
	p.Press("ew")
	d.Backend(func(api.ExtensionActionRequest) (any, error) {
		return nil, platformtest.AppFails(api.CodeAppError, "It answered 500.")
	})
	p.Click(modal + " .ext-column > :nth-child(2)")
	p.See(modal + " " + hook("ext-error", "code", api.CodeAppError))
	d.answering(`{"close_modal": true, "show_toast": {"message": "Sent", "type": "error"}}`)
	p.Click(modal + " " + hook("ext-retry"))
	p.See(hook("toast", "type", "error"))
	p.Until(closed)
	if got := d.asked(); len(got) != 2 || string(got[1].Body) != `{"note":"new"}` && string(got[1].Body) != `{"note":"ewn"}` {
		t.Errorf("the app was asked %+v", got)
	}
	p.Click(labelled("one", 1))
	p.Click(modal + " .ext-column > :nth-child(3)")
	p.Until(closed)
	p.Click(labelled("one", 1))
	p.See(modal)
	p.Press(kb.Escape)
	p.Until(closed)
	p.Click(labelled("one", 2))
	p.Click(hook("ext-drawer") + " .ext-column > " + button)
	p.Until(closed)
	p.Click(labelled("one", 3))
	p.See(modal + " " + hook("ext-error", "code", "bad_tree"))
	p.Click(modal + " [data-close]")
	p.Until(closed)
	p.Until(`!document.querySelector('ext-card dialog')`) // closed dialogs do not stay in the page
}

func picturesAndLinks(t *testing.T, b browsertest.Browser) {
	_, p := block(t, b, extension("one", `"ui": `+stack(
		`{"type": "Image", "props": {"src": "/media/products/1.svg", "alt": "A rose"}}`, `{"type": "Image", "props": {"src": "https://elsewhere.example/x.png", "alt": "Elsewhere"}}`,
		`{"type": "Link", "props": {"url": "/products", "content": "Inside"}}`, `{"type": "Link", "props": {"url": "https://example.com/", "content": "Outside"}}`,
		`{"type": "Link", "props": {"url": "/24/orders", "content": "Other store"}}`, `{"type": "Button", "props": {"url": "/22/orders", "label": "Orders"}}`)))
	p.Until(`document.querySelector('img[alt="A rose"]')?.naturalWidth > 0`)
	got := browsertest.Eval[[]string](p, `[...document.querySelectorAll('.ext-body a')].map((a) => [a.getAttribute('href'), a.target, a.rel].join(' '))`)
	if want := []string{"/22/products  ", "https://example.com/ _blank noopener noreferrer", "/22/orders  "}; !slices.Equal(got, want) {
		t.Errorf("the links are %q, want %q", got, want)
	}
	if text := p.Text(".ext-no-image"); text != "Elsewhere" {
		t.Errorf("the picture from elsewhere is %q", text)
	}
}

// contextFollows changes the order elsewhere: what shows it follows, and the
// extension keeps its state.
func contextFollows(t *testing.T, b browsertest.Browser) {
	d, p := block(t, b, extension("one", `"state": {"n": 1}, "ui": `+stack(press("Set", `{"type": "set_state", "key": "n", "value": 2}`), `{"type": "Text", "props": {"content": "{{context.order.order_status}} {{state.n}}"}}`)))
	p.Until(`document.body.dataset.liveFeed === 'open'`)
	p.Click(button)
	p.Until(`document.querySelector('.ext-body .ext-text').textContent === 'pending 2'`)
	d.MoveOrder(1200, api.OrderConfirmed)
	p.Until(`document.querySelector('.ext-body .ext-text').textContent === 'confirmed 2'`)
}

func storePaths(t *testing.T, b browsertest.Browser) {
	_, p := block(t, b, extension("one", `"ui": {"type": "Text"}`))
	for url, want := range map[string]string{
		"/": "/22", "/22": "/22", "/22/": "/22", "/orders": "/22/orders", "/22/orders?a=b#c": "/22/orders?a=b#c", "/3/orders": "", "/23": "", "/220/orders": "", "/22/../23/orders": "", "/../23": "",
		"//evil.example": "", "/\\evil.example": "", "/22/\t/x": "", "https://evil.example/22/": "", "javascript:alert(1)": "", "": "", "orders": "",
	} {
		got := browsertest.Eval[string](p, `import('/static/ext/page.js').then(({storePath}) => storePath(%s, '22', location.origin))`, url)
		if got != want {
			t.Errorf("%q leads to %q, want %q", url, got, want)
		}
	}
}

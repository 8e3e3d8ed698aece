package site_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

// TestScripts runs extensions of mode sandbox.
func TestScripts(t *testing.T) {
	t.Parallel()
	browser := browsertest.Start(t)
	for name, run := range map[string]func(*testing.T, browsertest.Browser){
		"a tree with handlers":           scriptTree,
		"the context follows the page":   scriptContext,
		"calls":                          scriptCalls,
		"what it draws itself":           scriptDraws,
		"reload":                         scriptReload,
		"an action":                      scriptAction,
		"a picker":                       scriptPicks,
		"a script that is not there":     scriptMissing,
		"a script that throws":           scriptThrows,
		"a script that says nothing":     scriptSilent,
		"what a script must not":         scriptConfined,
		"a message that is too large":    scriptFlood,
		"a storm and an endless resize":  scriptStorm,
		"a frame speaks for another one": scriptForges,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, browser)
		})
	}
}

// scripted opens order 1200 with an extension that runs a script.
func scripted(t *testing.T, b browsertest.Browser, script string) (*dashboard, *browsertest.Tab) {
	t.Helper()
	d := start(t)
	d.Install("restock", 22)
	d.DeployScript("restock", map[string]any{
		"extension_id": "script", "target": "order.detail.block", "title": "Script", "settings": map[string]any{"rows": 3},
	}, script)
	return d, d.open(t, b, desktop, "/22/orders/1200")
}

// says waits for the words of the script's card.
func says(p *browsertest.Tab, words string) {
	p.Helper()
	p.Until(`(document.querySelector('[data-extension-id=script] .ext-body')?.innerText ?? '').includes(%s)`, words)
}

// told is a script that, once it is ready, does what body says. show(words)
// renders them.
func told(body string) string {
	return `const { ui } = selorax; const show = (words) => selorax.render(ui.Text({ content: String(words) }));
	selorax.ready().then(async () => {` + body + `});`
}

func scriptTree(t *testing.T, b browsertest.Browser) {
	_, p := scripted(t, b, told(`
		let n = 0, typed = '';
		const draw = () => selorax.render(ui.Card({ title: 'Order ' + selorax.context.order.order_number, subtitle: 'of ' + selorax.context.store_id },
			ui.Text({ content: ['pressed', n, 'typed', typed, 'rows', selorax.settings.rows, selorax.extension.id, selorax.environment.theme].join(' ') }),
			null, [ui.Text({ content: '<b>not markup</b>' })],
			ui.TextField({ label: 'Name', value: typed, onChange: (value) => { typed = value; draw(); } }),
			ui.Text({ content: 'state {{state.seen}}' }),
			ui.Button({ label: 'Press', onClick: async () => { n++; selorax.setState({ seen: n }); selorax.toast('Pressed', { type: 'success' }); draw(); } })));
		draw();`))
	says(p, "pressed 0 typed rows 3 script light")
	says(p, "<b>not markup</b>")
	p.Until(`document.querySelector('[data-extension-id=script] h2').textContent === 'Order SX-1200'`)
	if browsertest.Eval[bool](p, `document.querySelector('iframe.ext-frame').checkVisibility({visibilityProperty: true})`) {
		t.Error("the frame shows although the script draws nothing itself")
	}
	p.Click(button)
	says(p, "pressed 1")
	says(p, "state 1")
	p.See(hook("toast"))
	p.Click(card("script") + " input")
	p.Press("Rashida")
	says(p, "pressed 1 typed Rashida")
	if got := browsertest.Eval[string](p, `document.activeElement.value`); got != "Rashida" {
		t.Errorf("the field holds %q", got)
	}
}

func scriptContext(t *testing.T, b browsertest.Browser) {
	d, p := scripted(t, b, told(`
		const draw = () => show(selorax.context.order.order_status + ' ' + selorax.environment.theme);
		selorax.onContextUpdate(draw); draw();`))
	says(p, "pending light")
	d.MoveOrder(1200, api.OrderConfirmed)
	says(p, "confirmed light")
	browsertest.Eval[any](p, `document.documentElement.dataset.theme = 'dark'`)
	says(p, "confirmed dark")
}

func scriptCalls(t *testing.T, b browsertest.Browser) {
	d, p := scripted(t, b, told(`
		const { data } = await selorax.api.get('/orders?limit=1');
		const put = await selorax.api.put('/api/apps/v1/orders/1/status', { status: 'x' }).catch((e) => [e.status, e.code, e.message].join(' '));
		const app = await selorax.callBackend('/ext/go', { body: { a: 1 } });
		const lost = await selorax.callBackend('/ext/lost').catch((e) => e.code);
		show([data[0].order_id, put, app.answer, lost].join(' | '));`))
	d.API(func(in api.ExtensionAPIRequest) api.ExtensionAPIAnswer {
		if in.Method == "PUT" {
			return api.ExtensionAPIAnswer{Status: 403, Body: json.RawMessage(`{"code":"insufficient_scope","message":"The scope is missing.","status":403}`)}
		}
		return api.ExtensionAPIAnswer{Status: 200, Body: json.RawMessage(`{"data":[{"order_id":7}],"status":200}`)}
	})
	d.Backend(func(in api.ExtensionActionRequest) (any, error) {
		if in.URL == "/ext/lost" {
			return nil, platformtest.AppFails(api.CodeAppUnreachable, "Nothing listens there.")
		}
		return raw(`{"answer": "from the app", "show_toast": {"message": "left alone"}}`), nil
	})
	p.Goto(d.URL + "/22/orders/1200")
	says(p, "7 | 403 insufficient_scope The scope is missing. | from the app | "+api.CodeAppUnreachable)
	got := d.asked()[0]
	if got.StoreID != 22 || got.InstallationID != 1 || got.ExtensionID != "script" || got.URL != "/ext/go" || string(got.Body) != `{"a":1}` {
		t.Errorf("the app was asked %+v", got)
	}
	var calls []string
	for _, r := range d.Requests("/api/apps/extensions/api") {
		var in api.ExtensionAPIRequest
		if err := json.Unmarshal([]byte(r.Body), &in); err != nil {
			t.Fatal(err)
		}
		calls = append(calls, in.Method+" "+in.Path+" "+string(in.Body))
	}
	want := []string{"GET /api/apps/v1/orders?limit=1 ", `PUT /api/apps/v1/orders/1/status {"status":"x"}`}
	if diff := cmp.Diff(want, calls[len(calls)-2:]); diff != "" {
		t.Errorf("calls of the API (-want +got):\n%s", diff)
	}
}

func scriptDraws(t *testing.T, b browsertest.Browser) {
	_, p := scripted(t, b, told(`document.body.innerHTML = '<div style="height: 150px">Own</div>'; document.body.style.margin = 0; selorax.autoResize();`))
	p.Until(`document.querySelector('iframe.ext-frame')?.getBoundingClientRect().height === 150`)
}

func scriptReload(t *testing.T, b browsertest.Browser) {
	_, p := scripted(t, b, told(`
		selorax.render(ui.Stack({}, ui.Text({ content: 'at ' + performance.timeOrigin }), ui.Button({ label: 'Again', onClick: () => location.reload() })));`))
	says(p, "at ")
	const words = `document.querySelector('[data-extension-id=script] .ext-text').innerText`
	before := browsertest.Eval[string](p, words)
	p.Click(button)
	p.Until(words+` !== %s`, before)
	p.Until(`!document.querySelector('[data-testid=ext-error]')`)
	p.Click(button) // the new page's handlers run
	p.Until(words+` !== %s`, browsertest.Eval[string](p, words))
}

func scriptAction(t *testing.T, b browsertest.Browser) {
	d := start(t)
	d.Install("restock", 22)
	d.DeployScript("restock", map[string]any{"extension_id": "act", "target": "order.detail.action", "title": "Pack"},
		told(`selorax.render(ui.Stack({}, ui.Text({ content: 'Pack ' + selorax.context.order.order_number }), ui.Button({ label: 'Done', onClick: () => selorax.close() })));`))
	p := d.open(t, b, desktop, "/22/orders/1200")
	const act = `ext-action[data-extension-id=act] `
	for range 2 { // each opening begins anew
		p.Click(act + "button")
		p.Until(`document.querySelector('ext-action dialog[open] .ext-text')?.innerText === 'Pack SX-1200'`)
		p.Click("ext-action dialog[open] [data-testid=ext-button]")
		p.Until(`!document.querySelector('ext-action dialog') && !document.querySelector('iframe.ext-frame')`)
	}
}

func scriptPicks(t *testing.T, b browsertest.Browser) {
	d, p := scripted(t, b, told(`
		const ask = async (type, multiple) => { try { show(JSON.stringify(await selorax.pickResource({ type, multiple }))); } catch (e) { show(e.message); } };
		selorax.render(ui.Stack({}, ...[['product', true], ['order', false], ['shoe', false]].map(([type, many]) => ui.Button({ label: type, onClick: () => { void ask(type, many); } }))));`))
	p.Click(labelled("script", 1))
	p.Click(hook("ext-picker-row") + ":nth-child(1)")
	p.Click(hook("ext-picker-row") + ":nth-child(2)")
	p.Click(hook("ext-picker-choose"))
	p.Until(`/^\[\{"id":\d+,"type":"product","title":"[^"]+"\},\{"id":\d+,"type":"product","title":"[^"]+"\}\]$/.test(document.querySelector('[data-extension-id=script] .ext-text')?.innerText ?? '')`)
	p.Goto(d.URL + "/22/orders/1200")
	p.Click(labelled("script", 2))
	p.Click(hook("ext-picker-search"))
	p.Press("1200")
	p.Until(`document.querySelectorAll('[data-testid=ext-picker-row]').length === 1`)
	p.Click("dialog.ext-picker [data-close]")
	says(p, "[]")
	p.Goto(d.URL + "/22/orders/1200")
	p.Click(labelled("script", 3))
	says(p, "The types are product, order, customer.")
}

func scriptMissing(t *testing.T, b browsertest.Browser) {
	d, p := scripted(t, b, "x")
	d.Fail(func(r *http.Request) int {
		if strings.HasPrefix(r.URL.Path, "/scripts/") {
			return 404
		}
		return 0
	})
	p.Allow("404")
	p.Goto(d.URL + "/22/orders/1200")
	text := p.Text(hook("ext-error", "code", "script_error"))
	if !strings.Contains(text, "could not be loaded") || !strings.Contains(text, "/scripts/script.js") {
		t.Errorf("it says %q", text)
	}
}

func scriptThrows(t *testing.T, b browsertest.Browser) {
	_, p := scripted(t, b, told(`selorax.render(ui.Button({ label: 'Press', onClick: () => { throw new Error('No stock at all'); } }));`))
	p.Allow("No stock at all")
	p.Click(button)
	text := p.Text(hook("ext-error", "code", "script_error"))
	if !strings.Contains(text, "No stock at all") || !strings.Contains(text, "Restock’s script has an error") {
		t.Errorf("it says %q", text)
	}
}

func scriptSilent(t *testing.T, b browsertest.Browser) {
	d, p := scripted(t, b, `window.never = true;`)
	text := p.Text(hook("ext-error", "code", "script_silent"))
	if !strings.Contains(text, "selorax.ready()") {
		t.Errorf("it says %q", text)
	}
	d.DeployScript("restock", map[string]any{"extension_id": "other", "target": "order.detail.block", "title": "Other"}, told(`show('lives');`))
	p.Goto(d.URL + "/22/orders/1200")
	p.Until(`document.querySelector('[data-extension-id=other] .ext-text')?.innerText === 'lives'`)
}

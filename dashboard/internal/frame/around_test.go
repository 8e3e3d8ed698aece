package frame

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// bridgePage is an app that uses the platform's script, runs what a test tells
// it, and reports what came of it.
const bridgePage = `<!doctype html><link rel="icon" href="data:"><title>Demo</title><script src="/sdk/app-bridge.js"></script><script>
const report = (origin, echo) => fetch('/report', { method: 'POST', body: JSON.stringify({ page: location.origin, origin, data: { echo: String(echo) } }) });
addEventListener('message', async (event) => {
	if (!event.data.run) return;
	try {
		report(event.data.id, JSON.stringify(await (0, eval)(event.data.run)));
	} catch (error) {
		report(event.data.id, 'failed: ' + error.message);
	}
});
SeloraXBridge.ready.then(() => report('ready', 'yes'), (error) => report('ready', error.message));
</script>`

// bridged is an app in a frame that speaks through the script.
type bridged struct {
	tab
	d    *desk
	runs int
}

// TestAppBridge runs the app's side of the bridge against the dashboard's.
func TestAppBridge(t *testing.T) {
	t.Parallel()
	browser := startBrowser(t)
	for name, run := range map[string]func(*testing.T, *bridged){
		"tokens":       bridgeTokens,
		"navigation":   bridgeNavigates,
		"title":        bridgeTitle,
		"toasts":       bridgeToasts,
		"loading":      bridgeLoads,
		"a question":   bridgeAsks,
		"the save bar": bridgeSaves,
		"a choice":     bridgePicks,
		"the context":  bridgeContext,
		"a storm":      bridgeStorm,
		"a reload":     bridgeReloads,
		"alone":        bridgeAlone,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.appPage = func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, bridgePage) }
			b := &bridged{tab: d.openApp(t, browser), d: d}
			b.state("ready")
			b.reported("ready", "yes")
			run(t, b)
		})
	}
}

// reported waits for what the app says.
func (b *bridged) reported(id, want string) {
	b.Helper()
	b.d.wantReport(b.tab, func(r report) bool { return r.Origin == id && r.Data.Echo == want })
}

// begin has the app run an expression.
func (b *bridged) begin(expression string) (id string) {
	b.Helper()
	b.runs++
	id = fmt.Sprint("run-", b.runs)
	b.tell(fmt.Sprintf(`{id: %q, run: %q}`, id, expression))
	return id
}

// gets has the app run an expression that comes to a value, as JSON.
func (b *bridged) gets(expression, want string) {
	b.Helper()
	b.reported(b.begin(expression), want)
}

// is waits until an expression of the dashboard is true.
func (b *bridged) is(expression string, args ...any) {
	b.Helper()
	b.until(func() error {
		ok, err := tryEval[bool](b.tab, fmt.Sprintf(expression, args...))
		if err == nil && !ok {
			err = errors.New("not so: " + fmt.Sprintf(expression, args...))
		}
		return err
	})
}

// press clicks an element of the dashboard.
func (b *bridged) press(id string) {
	b.Helper()
	b.is(`!!document.querySelector('[data-testid=%s]')`, id)
	eval[bool](b.tab, `document.querySelector('[data-testid=%s]').click(), true`, id)
}

func bridgeTokens(_ *testing.T, b *bridged) {
	b.gets(`SeloraXBridge.framed`, `true`)
	b.gets(`SeloraXBridge.token()`, `"`+firstToken+`"`)
	b.gets(`SeloraXBridge.fetch('/data', {headers: {'X-More': '!'}}).then((answer) => answer.text())`, `"Bearer fresh-1!"`)
	b.reported(b.begin(`SeloraXBridge.fetch('https://elsewhere.example/data')`), `failed: The session token is not sent to https://elsewhere.example. Call it with fetch and token(), if it is yours.`)
	b.gets(`Promise.all([SeloraXBridge.renew(), SeloraXBridge.renew()])`, `["fresh-2","fresh-2"]`)
	b.gets(`SeloraXBridge.token()`, `"fresh-2"`)
}

func bridgeNavigates(_ *testing.T, b *bridged) {
	for _, url := range []string{"https://evil.example/", "//evil.example", "/23/orders", "javascript:alert(1)", "/22/../23"} {
		b.gets(fmt.Sprintf(`(SeloraXBridge.navigate('%s'), 1)`, url), `1`)
	}
	b.gets(`(SeloraXBridge.navigate(5), 1)`, `1`)
	b.is(`location.pathname === '/22/apps/e/demo'`)
	b.begin(`SeloraXBridge.navigate('/orders?status=pending')`)
	b.is(`location.pathname + location.search === '/22/orders?status=pending'`)
}

func bridgeTitle(_ *testing.T, b *bridged) {
	b.gets(`(SeloraXBridge.title('<b>3</b> orders'), 1)`, `1`)
	b.is(`document.title === '<b>3</b> orders · App'`)
	b.gets(`(SeloraXBridge.title('x'.repeat(500)), 1)`, `1`)
	b.is(`document.title === 'x'.repeat(100) + ' · App'`)
	b.gets(`(SeloraXBridge.title({}), 1)`, `1`)
	b.is(`document.title === 'App'`)
}

func bridgeToasts(_ *testing.T, b *bridged) {
	b.gets(`(SeloraXBridge.toast('<img src=x onerror=alert(1)>', 'success'), 1)`, `1`)
	b.is(`document.querySelector('[data-testid=toast][data-type=success] p')?.textContent === '<img src=x onerror=alert(1)>'`)
	b.gets(`(SeloraXBridge.toast('Odd', 'nonsense'), 1)`, `1`)
	b.is(`!!document.querySelector('[data-testid=toast][data-type=info]')`)
}

func bridgeLoads(_ *testing.T, b *bridged) {
	b.gets(`(SeloraXBridge.loading(true), 1)`, `1`)
	b.is(`document.querySelector('app-frame[loading]')?.getAttribute('aria-busy') === 'true'`)
	b.gets(`(SeloraXBridge.loading(false), 1)`, `1`)
	b.is(`!document.querySelector('app-frame[loading]')`)
}

func bridgeAsks(_ *testing.T, b *bridged) {
	first := b.begin(`SeloraXBridge.confirm({title: 'Archive <b>all</b>?', message: 'Two orders.', confirm: 'Archive', danger: true})`)
	b.is(`document.querySelector('#app-modal-title')?.textContent === 'Archive <b>all</b>?'`)
	b.gets(`SeloraXBridge.confirm({title: 'Another'})`, `false`)
	b.press("app-modal-confirm")
	b.reported(first, `true`)
	second := b.begin(`SeloraXBridge.confirm({title: 5})`)
	b.press("app-modal-cancel")
	b.reported(second, `false`)
	third := b.begin(`SeloraXBridge.confirm({})`)
	b.is(`!!document.querySelector('dialog[open]')`)
	eval[bool](b.tab, `document.querySelector('dialog[open]').close(), true`) // as Escape does
	b.reported(third, `false`)
	b.is(`!document.querySelector('dialog')`)
}

func bridgePicks(_ *testing.T, b *bridged) {
	first := b.begin(`SeloraXBridge.pickResource({type: 'product'})`)
	b.is(`document.querySelectorAll('[data-testid=ext-picker-row]').length === 2`)
	b.gets(`SeloraXBridge.pickResource({type: 'product'})`, `[]`) // one at a time
	b.press("ext-picker-row")
	b.press("ext-picker-choose")
	b.reported(first, `[{"id":7,"type":"product","title":"Red <b>roses</b>"}]`)
	second := b.begin(`SeloraXBridge.pickResource({type: 'product', multiple: true})`)
	b.is(`!!document.querySelector('dialog[open] [type=checkbox]')`)
	eval[bool](b.tab, `document.querySelector('dialog[open]').close(), true`) // as Escape does
	b.reported(second, `[]`)
	b.reported(b.begin(`SeloraXBridge.pickResource({type: 'shoe'})`), `failed: There is nothing of type “shoe” to choose. The types are product, order, customer.`)
}

func bridgeSaves(_ *testing.T, b *bridged) {
	b.gets(`(window.bar = SeloraXBridge.saveBar({save: () => new Promise((done) => { window.saved = done; }), discard: () => { report('discarded', 'yes'); }}), 1)`, `1`)
	b.press("app-save")
	b.is(`document.querySelector('[data-testid=app-save]').disabled && document.querySelector('[data-testid=app-save]').getAttribute('aria-busy') === 'true'`)
	b.gets(`(window.saved(), 1)`, `1`)
	b.is(`!document.querySelector('[data-testid=app-save]').disabled`)
	b.press("app-discard")
	b.reported("discarded", "yes")
	b.gets(`(bar.hide(), 1)`, `1`)
	b.is(`!document.querySelector('[data-testid=app-save-bar]')`)
}

func bridgeContext(_ *testing.T, b *bridged) {
	eval[bool](b.tab, `document.documentElement.dataset.theme = 'dark', true`)
	b.gets(`SeloraXBridge.context()`, `{"store_id":22,"locale":"en","theme":"dark"}`)
	b.gets(`(SeloraXBridge.onContext((context) => report('theme', context.theme)), 1)`, `1`)
	eval[bool](b.tab, `document.documentElement.dataset.theme = 'light', true`)
	b.reported("theme", "light")
}

// bridgeStorm has the app post far more than it may: the dashboard stays usable
// and hears it again later.
func bridgeStorm(t *testing.T, b *bridged) {
	b.gets(`(Array.from({length: 2000}, (_, n) => SeloraXBridge.title('n' + n)), 1)`, `1`)
	b.is(`/^n\d+ · App$/.test(document.title)`)
	if title := eval[string](b.tab, `document.title`); strings.HasPrefix(title, "n1999 ") {
		t.Errorf("every message counted: %s", title)
	}
	b.until(func() error {
		b.gets(`(SeloraXBridge.title('after'), 1)`, `1`)
		if title, err := tryEval[string](b.tab, `document.title`); err != nil || title != "after · App" {
			return fmt.Errorf("the title is %q, %w", title, err)
		}
		return nil
	})
	b.gets(`(parent.postMessage({type: 'selorax:title', title: 'x'.repeat(10 << 20)}, '*'), 1)`, `1`)
	b.is(`document.title === 'x'.repeat(100) + ' · App'`)
}

func bridgeReloads(_ *testing.T, b *bridged) {
	b.gets(`(SeloraXBridge.title('Mine'), SeloraXBridge.loading(true), SeloraXBridge.saveBar({save() {}, discard() {}}), 1)`, `1`)
	b.is(`!!document.querySelector('app-frame[loading] [data-testid=app-save-bar]')`)
	b.begin(`location.reload()`)
	b.is(`document.title === 'App' && !document.querySelector('app-frame[loading], [data-testid=app-save-bar]')`)
}

func bridgeAlone(_ *testing.T, b *bridged) {
	b.open(b.d.app + "/app")
	b.reported("ready", "This page is not inside the SeloraX dashboard: open the app there.")
	if eval[bool](b.tab, `SeloraXBridge.framed`) {
		b.Error("a page that stands alone counts as framed")
	}
	if said := eval[string](b.tab, `SeloraXBridge.token().catch((error) => error.message)`); !strings.Contains(said, "not inside") {
		b.Error(said)
	}
}

// TestAppBridgeWithoutStorage runs the bridge where the browser refuses storage
// to frames of another site.
func TestAppBridgeWithoutStorage(t *testing.T) {
	t.Parallel()
	const refuse = `<script>Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('refused', 'SecurityError'); } });</script>`
	d := newDesk(t)
	d.appPage = func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, strings.Replace(bridgePage, "<script", refuse+"<script", 1))
	}
	b := &bridged{tab: d.openApp(t, startBrowser(t)), d: d}
	b.state("ready")
	b.reported("ready", "yes")
}

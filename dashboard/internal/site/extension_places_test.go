package site_test

import (
	"encoding/json"
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
	"github.com/selorax/sandbox/dashboard/internal/platformtest"
	"github.com/selorax/sandbox/dashboard/internal/session"
)

// TestExtensionPlaces shows extensions on the pages that have places for them.
func TestExtensionPlaces(t *testing.T) {
	t.Parallel()
	browser := browsertest.Start(t)
	for name, run := range map[string]func(*testing.T, browsertest.Browser){
		"a product":                 productBlock,
		"selected products":         selectedProducts,
		"selected orders":           selectedOrders,
		"an action with a tree":     actionWithTree,
		"an action that fails":      actionFails,
		"a list without selections": plainList,
		"an app's settings":         settingsPage,
		"slots are shown":           slotsShown,
		"a page of an app":          navigationPage,
		"an action on every page":   globalAction,
		"something to print":        printAction,
		"a list of actions":         productAction,
		"blocks on the home page":   homeBlock,
		"a customer":                customerPlaces,
		"selected customers":        selectedCustomers,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, browser)
		})
	}
}

// placed opens a page of a store on which Restock has extensions.
func placed(t *testing.T, b browsertest.Browser, path string, extensions ...string) (*dashboard, *browsertest.Tab) {
	t.Helper()
	d := start(t)
	d.Install("restock", 22)
	for _, e := range extensions {
		d.Deploy("restock", e)
	}
	return d, d.open(t, b, desktop, path)
}

// body is what the app was asked last.
func (d *dashboard) body(t *testing.T) string {
	t.Helper()
	asked := d.asked()
	if len(asked) == 0 {
		t.Fatal("the app was not asked")
	}
	return string(asked[len(asked)-1].Body)
}

func productBlock(t *testing.T, b browsertest.Browser) {
	_, p := placed(t, b, "/22/products/150", `{"extension_id": "stock", "target": "product.detail.block", "title": "Stock",
		"ui": {"type": "Text", "props": {"content": "{{context.product.product_id}} has {{context.product.variants.0.sku_code}}"}}}`)
	p.See(card("stock"))
	p.Until(`/^150 has \S+$/.test(document.querySelector('.ext-body').innerText.trim())`)
}

const markAction = `{"extension_id": "mark", "target": "product.list.selection-action", "title": "Mark for reorder", "action_url": "/extensions/mark"}`

// box is the checkbox of the nth row.
func box(n int) string {
	return "tbody tr:nth-child(" + string(rune('0'+n)) + ") [data-select]"
}

func selectedProducts(t *testing.T, b browsertest.Browser) {
	d, p := placed(t, b, "/22/products", markAction)
	d.answering(`{"show_toast": {"message": "Marked", "type": "success"}}`)
	p.See(box(1))
	bar := `!document.querySelector('[data-selection-bar]').hidden`
	if browsertest.Eval[bool](p, bar) {
		t.Error("the bar shows before anything is selected")
	}
	p.Click(box(1))
	p.Click(box(3))
	p.Until(bar + ` && document.querySelector('[data-selection-count]').textContent === '2 selected' && document.querySelector('[data-select-all]').indeterminate`)
	p.Click(hook("ext-action") + " button")
	p.See(hook("toast", "type", "success"))
	var asked struct {
		IDs []int64 `json:"product_ids"`
	}
	ids := browsertest.Eval[[]int64](p, `[...document.querySelectorAll('[data-select]:checked')].map((box) => Number(box.value))`)
	if err := json.Unmarshal([]byte(d.body(t)), &asked); err != nil || len(asked.IDs) != 2 || asked.IDs[0] != ids[0] || asked.IDs[1] != ids[1] {
		t.Errorf("asked about %v, selected are %v, %v", asked.IDs, ids, err)
	}
	if url := d.asked()[0].URL; url != "/extensions/mark" {
		t.Errorf("asked at %q", url)
	}
	p.Press(kb.Escape)
	p.Until(`document.querySelector('[data-selection-bar]').hidden && !document.querySelector('[data-select]:checked')`)
	p.Click("[data-select-all]")
	p.Until(`document.querySelectorAll('[data-select]').length === document.querySelectorAll('[data-select]:checked').length`)
	p.Click("[data-selection-clear]")
	p.Until(`document.querySelector('[data-selection-bar]').hidden && !document.querySelector('[data-select-all]').checked`)
	p.Click(box(2))
	browsertest.Eval[any](p, `document.querySelector(%s).dispatchEvent(new MouseEvent('click', {bubbles: true, shiftKey: true}))`, box(5))
	p.Until(`document.querySelector('[data-selection-count]').textContent === '4 selected'`)
}

// selectedOrders stay selected while the list refreshes itself.
func selectedOrders(t *testing.T, b browsertest.Browser) {
	d, p := placed(t, b, "/22/orders", `{"extension_id": "pack", "target": "order.list.selection-action", "title": "Pack", "action_url": "/extensions/pack"}`,
		`{"extension_id": "all", "target": "order.list.action", "title": "Pack all", "action_url": "/extensions/all"}`)
	p.See(box(2))
	p.Click(box(2))
	id := browsertest.Eval[string](p, `document.querySelector(%s).value`, box(2))
	browsertest.Eval[any](p, `document.querySelector('[data-live=orders] tbody').closest('table').replaceWith(document.querySelector('[data-live=orders] table').cloneNode(true))`)
	browsertest.Eval[any](p, `document.querySelectorAll('[data-select]').forEach((box) => { box.checked = false; })`)
	browsertest.Eval[any](p, `document.querySelector('[data-live=orders]').append(document.createComment('refreshed'))`)
	p.Until(`[...document.querySelectorAll('[data-select]:checked')].map((box) => box.value).join() === %s`, id)
	p.Click(hook("selection-bar") + " " + hook("ext-action") + " button")
	p.Until(`!document.querySelector('[aria-busy=true]')`)
	if got, want := d.body(t), `{"order_ids":[`+id+`]}`; got != want {
		t.Errorf("asked %s, want %s", got, want)
	}
	p.Click(".page-head " + hook("ext-action") + " button")
	p.Until(`!document.querySelector('[aria-busy=true]')`)
	if n := len(d.asked()); n != 2 {
		t.Errorf("the app was asked %d times", n)
	}
}

func actionWithTree(t *testing.T, b browsertest.Browser) {
	d, p := placed(t, b, "/22/orders/1200", `{"extension_id": "label", "target": "order.detail.action", "title": "Print label", "state": {"n": 0},
		"loader": {"type": "call_backend", "url": "/label", "body": {"order": "{{context.order.order_id}}"}},
		"ui": {"type": "Stack", "children": [{"type": "Text", "props": {"content": "n={{state.n}}"}},
			{"type": "Button", "props": {"label": "More"}, "actions": {"onClick": {"type": "set_state", "key": "n", "value": 9}}}]}}`)
	d.answering(`{"update_state": {"n": 3}}`)
	shows := func(text string) {
		t.Helper()
		p.Until(`document.querySelector('[data-testid=ext-modal] .ext-text')?.textContent === %s`, text)
	}
	p.Click(hook("ext-action") + " button")
	shows("n=3")
	if got := d.body(t); got != `{"order":1200}` {
		t.Errorf("asked %s", got)
	}
	p.Click(button)
	shows("n=9")
	p.Press(kb.Escape)
	p.Until(`!document.querySelector('dialog[open]')`)
	p.Click(hook("ext-action") + " button") // anew, not as it was left
	shows("n=3")
}

func actionFails(t *testing.T, b browsertest.Browser) {
	d, p := placed(t, b, "/22/orders/1200", `{"extension_id": "pack", "target": "order.detail.action", "title": "<b>Pack</b>", "action_url": "/pack"}`)
	d.Backend(func(api.ExtensionActionRequest) (any, error) {
		return nil, platformtest.AppFails(api.CodeAppUnreachable, "Nothing listens there.")
	})
	p.Click(hook("ext-action") + " button")
	p.See(hook("toast", "type", "error"))
	if text := p.Text(hook("toast") + " p"); text != "Restock cannot be reached. Nothing listens there." {
		t.Errorf("the toast says %q", text)
	}
	if text := p.Text(hook("ext-action") + " button"); text != "<b>Pack</b>" {
		t.Errorf("the button says %q", text)
	}
	if got := d.body(t); got != `{"order_id":1200}` {
		t.Errorf("asked %s", got)
	}
}

func plainList(t *testing.T, b browsertest.Browser) {
	_, p := placed(t, b, "/22/products")
	p.See(hook("product-row"))
	if browsertest.Eval[bool](p, `!!document.querySelector('[data-select], [data-selection-bar]')`) {
		t.Error("rows can be selected for nothing")
	}
}

// slotsShown outlines every place of a page, the empty ones too, for a developer.
func slotsShown(t *testing.T, b browsertest.Browser) {
	d, p := placed(t, b, "/22/orders/1200")
	p.SetCookie(d.URL, session.CookieName, d.SignIn(platformtest.Developer))
	p.Goto(d.URL + "/22/orders/1200")
	names := `[...document.querySelectorAll('ext-slot, ext-actions')].filter((slot) => slot.checkVisibility()).map((slot) => slot.dataset.target).sort().join()`
	p.Until(names + ` === ''`)
	p.Click(hook("account-menu"))
	p.Click(hook("show-slots"))
	p.Until(names + ` === 'order.detail.action,order.detail.block,order.detail.print-action'`)
	p.Goto(d.URL + "/22/products/150")
	p.Until(names + ` === 'product.detail.action,product.detail.block,product.detail.print-action'`)
	d.as(platformtest.Merchant)
	if n := d.see("/22").Count(hook("show-slots")); n != 0 {
		t.Error("a merchant sees the switch")
	}
}

// settingsPage shows what an app has for its own settings, and no other app's.
func settingsPage(t *testing.T, b browsertest.Browser) {
	d := start(t)
	d.Install("restock", 22)
	d.Install("my-app", 22)
	for _, slug := range []string{"restock", "my-app"} {
		d.Deploy(slug, `{"extension_id": "of-`+slug+`", "target": "settings.page", "title": "Own", "ui": {"type": "Text", "props": {"content": "x"}}}`)
	}
	p := d.open(t, b, desktop, "/22/settings/apps/restock")
	p.See(card("of-restock"))
	if n := browsertest.Eval[int](p, `document.querySelectorAll('ext-card').length`); n != 1 {
		t.Errorf("%d extensions", n)
	}
}

// navigationPage is an extension below its app in the navigation: a page of its
// own, or a place inside the app.
func navigationPage(t *testing.T, b browsertest.Browser) {
	d, p := placed(t, b, "/22", `{"extension_id": "week", "target": "navigation.link", "title": "The <b>week</b>", "ui": {"type": "Text", "props": {"content": "Seven days"}}}`,
		`{"extension_id": "report", "target": "navigation.link", "title": "Report", "action_url": "/reports/new"}`,
		`{"extension_id": "out", "target": "navigation.link", "title": "Out", "action_url": "/../../24"}`)
	links := browsertest.Eval[[]string](p, `[...document.querySelectorAll('[data-testid=nav-link]')].map((link) => link.textContent + ' ' + link.getAttribute('href'))`)
	want := []string{"The <b>week</b> /22/apps/x/restock/week", "Report /22/apps/e/restock/reports/new", "Out /22/apps/x/restock/out"}
	if diff := cmp.Diff(want, links); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
	p.Click(hook("nav-link") + "[href$=week]")
	at(p, "/22/apps/x/restock/week")
	p.Until(`document.querySelector('h1').textContent === 'The <b>week</b>' && document.querySelector('[aria-current=page]').dataset.testid === 'nav-link'`)
	p.Until(`document.querySelectorAll('ext-card').length === 1 && document.querySelector('.ext-text').textContent === 'Seven days'`)
	d.as(platformtest.Merchant)
	for path, status := range map[string]int{"/22/apps/x/restock/nothing": 404, "/22/apps/x/other/week": 404, "/23/apps/x/restock/week": 404} {
		if got := d.get(path).StatusCode; got != status {
			t.Errorf("%s: %d", path, got)
		}
	}
}

func globalAction(t *testing.T, b browsertest.Browser) {
	d, p := placed(t, b, "/22/settings/apps", `{"extension_id": "help", "target": "global.action", "title": "Count", "action_url": "/count"}`)
	p.Click(".topbar " + hook("ext-action") + " button")
	p.Until(`!document.querySelector('[aria-busy=true]')`)
	if got := d.body(t); got != `{}` {
		t.Errorf("asked %s", got)
	}
	d.as(platformtest.Merchant)
	d.Install("restock", 23)
	if n := d.see("/22/orders/1200").Count("[id=ext-context]"); n != 1 {
		t.Errorf("the page says %d times what it is about", n)
	}
}

func printAction(t *testing.T, b browsertest.Browser) {
	_, p := placed(t, b, "/22/orders/1200", `{"extension_id": "slip", "target": "order.detail.print-action", "title": "Packing slip", "ui": {"type": "Heading", "props": {"content": "Slip {{context.order.order_number}}"}}}`)
	browsertest.Eval[any](p, `window.print = () => { window.printed = document.querySelector('dialog[open] .ext-heading').textContent; }`)
	p.Click(hook("ext-action") + " button")
	p.Click(hook("ext-print"))
	p.Until(`window.printed === 'Slip SX-1200'`)
	p.Media("print")
	p.Until(`document.querySelector('dialog[open] .ext-heading').checkVisibility({visibilityProperty: true}) && !document.querySelector('h1').checkVisibility({visibilityProperty: true}) && !document.querySelector('[data-testid=ext-print]').checkVisibility()`)
}

func productAction(t *testing.T, b browsertest.Browser) {
	d, p := placed(t, b, "/22/products", `{"extension_id": "all", "target": "product.list.action", "title": "Count all", "action_url": "/count"}`)
	d.answering(`{"show_toast": {"message": "Counted", "type": "success"}}`)
	p.Click(".page-head " + hook("ext-action") + " button")
	p.See(hook("toast", "type", "success"))
	if got := d.body(t); got != `{}` {
		t.Errorf("asked %s", got)
	}
}

func homeBlock(t *testing.T, b browsertest.Browser) {
	_, p := placed(t, b, "/22", extension("one", `"ui": {"type": "Text", "props": {"content": "for {{context.user.name}}"}}`),
		`{"extension_id": "wide", "target": "dashboard.block", "title": "Wide", "ui": {"type": "Text", "props": {"content": "for {{context.user.name}}"}}}`)
	p.Until(`document.querySelector('ext-slot[data-target="dashboard.block"] .ext-text')?.textContent === 'for Farzana Rahman'`)
	if n := browsertest.Eval[int](p, `document.querySelectorAll('ext-card').length`); n != 1 {
		t.Errorf("%d cards, want that of this page alone", n)
	}
}

func customerPlaces(t *testing.T, b browsertest.Browser) {
	d, p := placed(t, b, "/22/customers/22300", `{"extension_id": "who", "target": "customer.detail.block", "title": "Who", "ui": {"type": "Text", "props": {"content": "{{context.customer_id}} {{context.customer.name}} {{context.customer.total_orders}}"}}}`,
		`{"extension_id": "greet", "target": "customer.detail.action", "title": "Greet", "action_url": "/greet"}`)
	p.Until(`/^22300 .+ \d+$/.test(document.querySelector('.ext-text')?.textContent ?? '')`)
	p.Click(hook("ext-action") + " button")
	p.Until(`!document.querySelector('[aria-busy=true]')`)
	if got := d.body(t); got != `{"customer_id":22300}` {
		t.Errorf("asked %s", got)
	}
}

func selectedCustomers(t *testing.T, b browsertest.Browser) {
	d, p := placed(t, b, "/22/customers", `{"extension_id": "tell", "target": "customer.list.selection-action", "title": "Tell", "action_url": "/tell"}`,
		`{"extension_id": "all", "target": "customer.list.action", "title": "Tell all", "action_url": "/all"}`)
	p.Click(box(1))
	id := browsertest.Eval[string](p, `document.querySelector(%s).value`, box(1))
	p.Click(hook("selection-bar") + " " + hook("ext-action") + " button")
	p.Until(`!document.querySelector('[aria-busy=true]')`)
	if got, want := d.body(t), `{"customer_ids":[`+id+`]}`; got != want {
		t.Errorf("asked %s, want %s", got, want)
	}
	p.See(".page-head " + hook("ext-action"))
}

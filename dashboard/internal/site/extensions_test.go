package site_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

// TestExtensions shows extensions in Chromium, presses them and breaks them.
func TestExtensions(t *testing.T) {
	t.Parallel()
	browser := browsertest.Start(t)
	for name, run := range map[string]func(*testing.T, browsertest.Browser){
		"templates":                 templates,
		"every component draws":     everyComponent,
		"markup stays text":         markupStaysText,
		"broken trees":              brokenTrees,
		"a broken neighbour":        brokenNeighbour,
		"a failing list":            listFails,
		"loader and when":           loaderAndWhen,
		"loader fails":              loaderFails,
		"failed calls":              failedCalls,
		"a call is made once":       calledOnce,
		"typing keeps the place":    typingKeepsPlace,
		"actions":                   actions,
		"actions that are refused":  refusedActions,
		"directives":                directives,
		"overlays":                  overlays,
		"pictures and links":        picturesAndLinks,
		"an order follows":          contextFollows,
		"paths stay in the store":   storePaths,
		"a page without extensions": withoutExtensions,
		"room is kept":              roomIsKept,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, browser)
		})
	}
}

// extension is the JSON of one for the order page.
func extension(id, rest string) string {
	return fmt.Sprintf(`{"extension_id": %q, "target": "order.detail.block", "title": %q, %s}`, id, strings.ToUpper(id[:1])+id[1:], rest)
}

// block opens an order with extensions of Restock on it.
func block(t *testing.T, b browsertest.Browser, extensions ...string) (*dashboard, *browsertest.Tab) {
	t.Helper()
	d := start(t)
	d.Install("restock", 22)
	for _, e := range extensions {
		d.Deploy("restock", e)
	}
	return d, d.open(t, b, desktop, "/22/orders/1200")
}

// card is the selector of an extension's card.
func card(id string) string { return hook("ext-card", "extension-id", id) }

const button = "[data-testid=ext-button]"

// asked is the body of the calls to app backends so far.
func (d *dashboard) asked() (list []api.ExtensionActionRequest) {
	d.t.Helper()
	for _, r := range d.Requests("/api/apps/extensions/action") {
		var in api.ExtensionActionRequest
		if err := json.Unmarshal([]byte(r.Body), &in); err != nil {
			d.t.Fatal(err)
		}
		list = append(list, in)
	}
	return list
}

// templates compares what templates become with what they should.
func templates(t *testing.T, b browsertest.Browser) {
	_, p := block(t, b, extension("one", `"ui": {"type": "Text"}`))
	scope := `{"state": {"n": 3, "zero": 0, "off": false, "list": ["a", {"b": "c"}], "o": {"x": null}, "__proto": 1, "text": "{{state.n}}"},
		"context": {"order": {"order_id": 7}}, "settings": {"k": "v"}, "$value": "typed"}`
	for template, want := range map[string]string{
		`"{{state.n}}"`: `3`, `" {{ state.n }} "`: `3`, `"n: {{state.n}}"`: `"n: 3"`, `"{{state.n}}{{state.zero}}"`: `"30"`,
		`"{{state.off}}"`: `false`, `"{{!state.off}}"`: `true`, `"{{!state.none}}"`: `true`, `"{{!state.n}}"`: `false`, `"is {{!state.zero}}"`: `"is true"`,
		`"{{state.list}}"`: `["a",{"b":"c"}]`, `"{{state.list.1.b}}"`: `"c"`, `"{{state.list.length}}"`: `2`, `"l: {{state.list}}"`: `"l: [\"a\",{\"b\":\"c\"}]"`,
		`"{{state.o.x}}"`: `null`, `"x: {{state.o.x}}"`: `"x: "`, `"{{state.o.x.y}}"`: `"undefined"`, `"{{state.none}}"`: `"undefined"`, `"a {{state.none}} b"`: `"a  b"`,
		`"{{context.order.order_id}}"`: `7`, `"{{settings.k}}"`: `"v"`, `"{{$value}}"`: `"typed"`, `"{{state.text}}"`: `"{{state.n}}"`, `"{{other.x}}"`: `"undefined"`,
		`"{{state.__proto__}}"`: `"undefined"`, `"{{state.constructor}}"`: `"undefined"`, `"{{state.constructor.name}}"`: `"undefined"`, `"{{__proto__}}"`: `"undefined"`,
		`"{{constructor.constructor}}"`: `"undefined"`, `"{{state.toString}}"`: `"undefined"`, `"{{state.list.push}}"`: `"undefined"`, `"{{state.text.length}}"`: `"undefined"`,
		`"{{ state n }}"`: `"{{ state n }}"`, `"{{}}"`: `"{{}}"`, `"{{state.n"`: `"{{state.n"`, `"{{1+1}}"`: `"{{1+1}}"`, `""`: `""`, `5`: `5`, `null`: `null`,
		`{"a": ["{{state.n}}", {"b": "{{settings.k}}!"}]}`: `{"a":[3,{"b":"v!"}]}`,
	} {
		got := browsertest.Eval[string](p, `import('/static/ext/template.js').then(({resolve}) => {
			const value = resolve(JSON.parse(`+quote(template)+`), JSON.parse(`+quote(scope)+`));
			return JSON.stringify(value === undefined ? 'undefined' : value);
		})`)
		if got != want {
			t.Errorf("%s became %s, want %s", template, got, want)
		}
	}
}

func quote(text string) string {
	out, _ := json.Marshal(text)
	return string(out)
}

// everyComponent draws each of the 74 with a title and a child.
func everyComponent(t *testing.T, b browsertest.Browser) {
	d, p := block(t, b)
	names := browsertest.Eval[[]string](p, `import('/static/ext/names.js').then(({COMPONENTS}) => COMPONENTS)`)
	if len(names) != 74 {
		t.Errorf("there are %d components, want 74", len(names))
	}
	for _, name := range names {
		d.Deploy("restock", extension("c-"+strings.ToLower(name), fmt.Sprintf(`"ui": {"type": "Box", "children": [{"type": %q, "props": {"title": "T", "label": "L", "content": "C", "value": 1, "items": ["I"]}, "children": ["child"]}]}`, name)))
	}
	p.Goto(d.URL + "/22/orders/1200")
	p.Until(`document.querySelectorAll('[data-testid=ext-card]').length === 74`)
	if broken := browsertest.Eval[[]string](p, `[...document.querySelectorAll('[data-testid=ext-card]:has([data-testid=ext-error])')].map((e) => e.dataset.extensionId)`); len(broken) > 0 {
		t.Error("these are broken: ", broken)
	}
	if empty := browsertest.Eval[[]string](p, `[...document.querySelectorAll('.ext-body > *')].filter((e) => !e.firstElementChild).map((e) => e.closest('ext-card').dataset.extensionId)`); len(empty) > 0 {
		t.Error("these draw nothing: ", empty)
	}
	unnamed := browsertest.Eval[[]string](p, `[...document.querySelectorAll('ext-card :is(input, select, textarea)')].filter((e) => !e.labels?.length).map((e) => e.outerHTML)`)
	if len(unnamed) > 0 {
		t.Error("fields without a label: ", unnamed)
	}
}

func markupStaysText(t *testing.T, b browsertest.Browser) {
	markup := `<img src=x onerror=alert(1)><script>alert(2)</script>`
	_, p := block(t, b, extension("markup", `"state": {"m": `+quote(markup)+`}, "ui": {"type": "Stack", "children": [
		"{{state.m}}", {"type": "Text", "props": {"content": "{{state.m}}"}}, {"type": "Button", "props": {"label": "{{state.m}}", "variant": "{{state.m}}"}},
		{"type": "TextField", "props": {"label": "{{state.m}}", "value": "{{state.m}}", "type": "{{state.m}}"}}, {"type": "Table", "props": {"columns": ["{{state.m}}"], "rows": [["{{state.m}}"]]}},
		{"type": "Banner", "props": {"title": "{{state.m}}", "variant": "{{state.m}}"}}, {"type": "Icon", "props": {"name": "{{state.m}}", "label": "{{state.m}}"}}, {"type": "Grid", "props": {"columns": "{{state.m}}", "gap": "{{state.m}}"}},
		{"type": "Link", "props": {"url": "javascript:alert(3)", "content": "{{state.m}}"}}, {"type": "Image", "props": {"src": "javascript:alert(4)", "alt": "{{state.m}}"}}]}`))
	p.See(card("markup") + " table")
	if got := browsertest.Eval[int](p, `document.querySelectorAll('.ext-body :is(img, script, [onerror], [href^=javascript], [src])').length`); got != 0 {
		t.Errorf("%d elements come from data", got)
	}
	if text := p.Text(card("markup") + " .ext-text"); text != markup {
		t.Errorf("the text is %q", text)
	}
}

// brokenTrees draws what names the node that is wrong.
func brokenTrees(t *testing.T, b browsertest.Browser) {
	deep, many := `{"type": "Text"}`, strings.Repeat(`{"type": "Text"},`, api.MaxTreeNodes)
	for range api.MaxTreeDepth {
		deep = `{"type": "Box", "children": [` + deep + `]}`
	}
	tests := []struct{ ui, says string }{
		{`{"type": "Stack", "children": ["x", {"type": "Bage"}]}`, "ui.children[1]: There is no component “Bage”. The nearest name is Badge."},
		{`{"type": "Stack", "children": [{"type": "Box", "children": [null]}]}`, "ui.children[0].children[0]: This must be a component, an object with a type. It is missing."},
		{`null`, "ui: This must be a component"}, {`["a"]`, "It is a list."}, {`{"type": 5}`, `ui.type: A component needs a type`},
		{`{"type": "Text", "props": "x"}`, "ui.props: props must be an object. It is a string."}, {`{"type": "Text", "children": {}}`, "ui.children: children must be a list. It is an object."},
		{`{"type": "Button", "actions": {"onClick": {"type": "call_backed"}}}`, "ui.actions.onClick: There is no action “call_backed”. The nearest name is call_backend."},
		{`{"type": "Button", "props": {"action": [{"type": "copy"}, {}]}}`, "ui.props.action[1]: An action needs a type"},
		{`{"type": "__proto__"}`, "There is no component “__proto__”"}, {`{"type": "constructor"}`, "There is no component “constructor”"},
		{deep, "The tree is deeper than 10 levels."}, {`{"type": "Box", "children": [` + strings.TrimSuffix(many, ",") + `]}`, "The tree has more than 500 components."},
	}
	var all []string
	for n, test := range tests {
		all = append(all, extension(fmt.Sprintf("broken-%d", n), `"ui": `+test.ui))
	}
	_, p := block(t, b, all...)
	for n, test := range tests {
		id := fmt.Sprintf("broken-%d", n)
		text := p.Text(card(id) + " " + hook("ext-error"))
		if !strings.Contains(text, test.says) || !strings.Contains(text, "Restock’s extension “Broken-") || !strings.Contains(text, id+" in the app") {
			t.Errorf("%.80s says %q, want %q", test.ui, text, test.says)
		}
	}
}

func brokenNeighbour(t *testing.T, b browsertest.Browser) {
	_, p := block(t, b, extension("bad", `"ui": {"type": "Nothing"}`), extension("good", `"ui": {"type": "Button", "props": {"label": "Toast", "action": {"type": "show_toast", "message": "Fine"}}}`))
	p.See(card("bad") + " " + hook("ext-error"))
	p.Click(card("good") + " " + button)
	p.See(hook("toast"))
	if text := p.Text(card("good") + " .ext-from"); text != "from Restock" {
		t.Errorf("the card is %q", text)
	}
	p.See(hook("order-status"))
}

func listFails(t *testing.T, b browsertest.Browser) {
	d, p := block(t, b, extension("one", `"ui": {"type": "Text", "props": {"content": "Here"}}`))
	p.See(card("one"))
	d.Fail(func(r *http.Request) int {
		if r.URL.Path == "/api/apps/extensions" {
			return 500
		}
		return 0
	})
	p.Goto(d.URL + "/22/orders/1200")
	p.See(hook("ext-error", "code", "no_list"))
	p.See(hook("order-status"))
	d.Fail(nil)
	p.Click(hook("ext-retry"))
	p.See(card("one"))
}

func withoutExtensions(t *testing.T, b browsertest.Browser) {
	d, p := block(t, b)
	p.Until(`document.querySelector('ext-slot').childElementCount === 0 && !document.querySelector('ext-slot').checkVisibility()`)
	d.as(platformtest.Merchant)
	if n := d.see("/23").Count("ext-slot"); n != 0 {
		t.Error("a store without apps has a slot")
	}
	want := map[string]any{"store_id": 22.0, "user": map[string]any{"user_id": 1.0, "name": "Farzana Rahman"}, "locale": "en"}
	var got map[string]any
	if err := json.Unmarshal([]byte(d.see("/22").One("#ext-context data").Attr("value")), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error("the context of the home page: ", diff)
	}
}

// roomIsKept opens a page again: what is under a slot stands where it did
// before the extensions are there.
func roomIsKept(t *testing.T, b browsertest.Browser) {
	arrived, answer := make(chan struct{}, 9), make(chan struct{})
	d, p := block(t, b, extension("one", `"ui": {"type": "Text", "props": {"content": "Here"}}`), extension("two", `"ui": {"type": "List", "props": {"items": ["a", "b", "c"]}}`))
	height := `document.querySelector('ext-slot').getBoundingClientRect().height`
	p.See(card("two"))
	p.Until(`JSON.parse(sessionStorage.getItem('ext:22:order.detail.block') ?? '[]').length === 2`)
	before := browsertest.Eval[float64](p, height)
	d.Fail(func(r *http.Request) int {
		if r.URL.Path == "/api/apps/extensions" {
			arrived <- struct{}{}
			<-answer
		}
		return 0
	})
	p.Goto(d.URL + "/22/orders/1199")
	<-arrived
	if got := browsertest.Eval[float64](p, height); got != before || browsertest.Eval[bool](p, `!!document.querySelector('ext-card')`) {
		t.Errorf("the slot is %v high before its extensions are there, was %v with them", got, before)
	}
	close(answer)
	p.See(card("two"))
	if got := browsertest.Eval[float64](p, height); got != before {
		t.Errorf("the slot is %v high, was %v", got, before)
	}
}

package site_test

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
)

// TestExtensionComponents uses the components that do more than show words.
func TestExtensionComponents(t *testing.T) {
	t.Parallel()
	browser := browsertest.Start(t)
	for name, run := range map[string]func(*testing.T, browsertest.Browser){
		"tabs":       tabsTurn,
		"folds":      foldsOpen,
		"choices":    choicesAreMade,
		"a menu":     menuActs,
		"pages":      pagesTurn,
		"dialogs":    dialogsOpen,
		"a page":     pageHead,
		"a layout":   layoutNarrows,
		"a tooltip":  tooltipShows,
		"an avatar":  avatarShows,
		"odd values": oddValues,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, browser)
		})
	}
}

// shown opens an order with one extension, whose state is below its tree.
func shown(t *testing.T, b browsertest.Browser, state, tree string) (*dashboard, *browsertest.Tab) {
	t.Helper()
	d, p := block(t, b, extension("one", `"state": `+state+`, "ui": {"type": "BlockStack", "children": [`+tree+`, {"type": "Text", "props": {"content": "state={{state.v}}"}}]}`))
	p.Until(`document.querySelectorAll('.ext-text').length > 0 && [...document.querySelectorAll('.ext-text')].at(-1).checkVisibility()`)
	return d, p
}

// isState waits for the state that is shown.
func isState(p *browsertest.Tab, want string) {
	p.Until(`[...document.querySelectorAll('.ext-text')].at(-1).textContent === %s`, want)
}

const setV = `{"type": "set_state", "key": "v", "value": "{{$value}}"}`

func tabsTurn(t *testing.T, b browsertest.Browser) {
	_, p := shown(t, b, `{"v": "-"}`, `{"type": "Tabs", "props": {"tabs": [{"id": "a", "label": "<b>First</b>"}, {"id": "b", "label": "Second"}]}, "actions": {"onChange": `+setV+`},
		"children": [{"type": "Text", "props": {"content": "one"}}, {"type": "Text", "props": {"content": "two"}}]}`)
	visible := func(want string) {
		t.Helper()
		p.Until(`[...document.querySelectorAll('[role=tabpanel]')].filter((panel) => panel.checkVisibility()).map((panel) => panel.textContent).join() === %s
			&& document.querySelector('[role=tab][aria-selected=true]').getAttribute('aria-controls') === [...document.querySelectorAll('[role=tabpanel]')].find((panel) => panel.checkVisibility()).id`, want)
	}
	visible("one")
	if label := p.Text("[role=tab]"); label != "<b>First</b>" {
		t.Errorf("a tab says %q", label)
	}
	p.Click("[role=tab]:nth-child(2)")
	visible("two")
	isState(p, "state=b") // the tree was drawn again, and the tab stays
	visible("two")
	p.Press(kb.ArrowRight)
	visible("one")
	isState(p, "state=a")
	p.Until(`document.activeElement === document.querySelector('[role=tab]')`)
}

func foldsOpen(t *testing.T, b browsertest.Browser) {
	_, p := shown(t, b, `{"v": true}`, `{"type": "Collapsible", "props": {"title": "More", "open": "{{state.v}}"}, "children": [{"type": "Text", "props": {"content": "inside"}}]},
		{"type": "Accordion", "props": {"multiple": false, "items": [{"title": "A", "content": "a"}, {"title": "B", "content": "b"}]}},
		{"type": "Button", "props": {"label": "Close"}, "actions": {"onClick": {"type": "set_state", "key": "v", "value": false}}}`)
	open := func(n int) string { return `document.querySelectorAll('.ext-fold')[` + string(rune('0'+n)) + `].open` }
	p.Until(open(0) + ` && !` + open(1) + ` && !` + open(2))
	p.Click(".ext-folds .ext-fold:nth-child(1) summary")
	p.Click(".ext-folds .ext-fold:nth-child(2) summary")
	p.Until(open(2) + ` && !` + open(1))
	p.Click(button)
	p.Until(`!` + open(0) + ` && ` + open(2))
}

func choicesAreMade(t *testing.T, b browsertest.Browser) {
	_, p := shown(t, b, `{"v": "s"}`, `{"type": "RadioGroup", "props": {"label": "Size", "value": "{{state.v}}", "options": [{"label": "Small", "value": "s"}, {"label": "Large", "value": "l"}, "Other"], "helpText": "Of the box."}, "actions": {"onChange": `+setV+`}},
		{"type": "DatePicker", "props": {"label": "Day", "min": "2026-01-01"}, "actions": {"onChange": `+setV+`}}`)
	p.Until(`document.querySelector('.ext-choices').getAttribute('aria-describedby') === document.querySelector('.ext-choices > p').id && document.querySelector('.ext-choices input[type=radio]').checked`)
	p.Click(".ext-choices .ext-check:nth-of-type(2) label")
	isState(p, "state=l")
	p.Until(`document.querySelectorAll('.ext-choices input[type=radio]')[1].checked`)
	browsertest.Eval[any](p, `(e => { e.value = '2026-02-03'; e.dispatchEvent(new Event('change')); })(document.querySelector('input[type=date]'))`)
	isState(p, "state=2026-02-03")
}

func menuActs(t *testing.T, b browsertest.Browser) {
	_, p := shown(t, b, `{"v": "-"}`, `{"type": "ActionMenu", "props": {"label": "Do", "items": [{"label": "Mark", "action": {"type": "set_state", "key": "v", "value": "marked"}}, {"label": "Go", "url": "/orders"}, {"label": "Bad", "url": "javascript:alert(1)"}]}}`)
	p.Click(hook("ext-menu"))
	p.Until(`document.querySelector('.ext-menu a').getAttribute('href') === '/22/orders' && document.querySelectorAll('.ext-menu a').length === 1`)
	p.Click(".ext-menu .menu-item")
	isState(p, "state=marked")
	p.Until(`!document.querySelector('.ext-menu').open`)
}

func pagesTurn(t *testing.T, b browsertest.Browser) {
	_, p := shown(t, b, `{"v": 2}`, `{"type": "Pagination", "props": {"page": "{{state.v}}", "totalPages": 3}, "actions": {"onChange": `+setV+`}}`)
	p.Until(`document.querySelector('nav[aria-label=Pages] p').textContent === '2 of 3'`)
	p.Click("nav[aria-label=Pages] button:last-child")
	isState(p, "state=3")
	p.Until(`document.querySelector('nav[aria-label=Pages] button:last-child').disabled`)
}

func dialogsOpen(t *testing.T, b browsertest.Browser) {
	_, p := shown(t, b, `{"v": ""}`, `{"type": "Modal", "props": {"title": "<i>Sure?</i>", "open": "{{state.v}}"}, "actions": {"onClose": {"type": "set_state", "key": "v", "value": ""}}, "children": [{"type": "Text", "props": {"content": "inside"}}]},
		{"type": "Button", "props": {"label": "Open"}, "actions": {"onClick": {"type": "set_state", "key": "v", "value": "yes"}}}`)
	for range 2 { // again after it was closed
		p.Click(button)
		p.Until(`document.querySelector('dialog.ext-modal:modal h2')?.textContent === '<i>Sure?</i>'`)
		p.Press(kb.Escape)
		isState(p, "state=")
		p.Until(`!document.querySelector('dialog[open]')`)
	}
}

func pageHead(t *testing.T, b browsertest.Browser) {
	_, p := shown(t, b, `{"v": "-"}`, `{"type": "Page", "props": {"title": "Stock", "subtitle": "Today", "primaryAction": {"content": "Save", "onAction": {"type": "set_state", "key": "v", "value": "saved"}}, "secondaryActions": [{"content": "All", "url": "/products"}]}}`)
	p.Until(`document.querySelector('.ext-page-head a').getAttribute('href') === '/22/products' && document.querySelector('.ext-page-head h3').textContent === 'Stock'`)
	p.Click(".ext-page-head .button-primary")
	isState(p, "state=saved")
}

func layoutNarrows(t *testing.T, b browsertest.Browser) {
	_, p := shown(t, b, `{}`, `{"type": "Layout", "children": [{"type": "LayoutSection", "props": {"title": "A"}}, {"type": "LayoutSection", "props": {"title": "B", "oneThird": true}}]}`)
	tops := `(([a, b]) => a.getBoundingClientRect().top === b.getBoundingClientRect().top)(document.querySelectorAll('.ext-layout > .ext-column'))`
	p.Until(tops)
	browsertest.Eval[any](p, `(() => { document.querySelector('.ext-layout-room').style.width = '300px'; })()`)
	p.Until(`!` + tops)
}

func tooltipShows(t *testing.T, b browsertest.Browser) {
	_, p := shown(t, b, `{}`, `{"type": "Tooltip", "props": {"content": "Why"}, "children": ["Because"]}`)
	visible := `document.querySelector('[role=tooltip]').checkVisibility({visibilityProperty: true})`
	p.Until(`!` + visible + ` && document.querySelector('.ext-tooltip').getAttribute('aria-describedby') === document.querySelector('[role=tooltip]').id`)
	browsertest.Eval[any](p, `document.querySelector('.ext-tooltip').focus({focusVisible: true})`)
	p.Until(visible)
}

func avatarShows(t *testing.T, b browsertest.Browser) {
	_, p := shown(t, b, `{}`, `{"type": "Avatar", "props": {"name": "Nusrat Jahan"}}, {"type": "Avatar", "props": {"name": "X", "source": "https://evil.example/a.png"}}`)
	p.Until(`[...document.querySelectorAll('.ext-avatar')].map((e) => e.tagName + e.textContent).join() === 'SPANNJ,SPANX'`)
}

// oddValues gives components what they do not take.
func oddValues(t *testing.T, b browsertest.Browser) {
	_, p := shown(t, b, `{"v": "here"}`, `{"type": "Tabs", "props": {"tabs": [null, 5, {"x": 1}], "selected": "nope"}}, {"type": "Tabs"}, {"type": "Accordion", "props": {"items": "x"}},
		{"type": "RadioGroup", "props": {"options": {"a": 1}}}, {"type": "ActionMenu", "props": {"items": [null, "x", {}]}}, {"type": "Pagination", "props": {"page": "many", "totalPages": -1}},
		{"type": "Page", "props": {"primaryAction": "x", "secondaryActions": [1]}}, {"type": "Avatar"}, {"type": "Tooltip"}, {"type": "Modal"}, {"type": "LayoutSection"}, {"type": "DatePicker", "props": {"value": {"a": 1}}}`)
	isState(p, "state=here")
	if n := browsertest.Eval[int](p, `document.querySelectorAll('[data-testid=ext-error]').length`); n != 0 {
		t.Errorf("%d errors", n)
	}
}

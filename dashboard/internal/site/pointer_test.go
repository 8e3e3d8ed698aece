package site_test

import (
	"strings"
	"testing"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
)

// pressIsWaitedFor presses and lets go in every way: whoever replaces parts of
// the page waits until then, and not because the press moved the focus.
func pressIsWaitedFor(t *testing.T, b browsertest.Browser) {
	d := start(t)
	p := d.open(t, b, desktop, "/22/orders")
	p.See(hook("order-search"))
	for end, on := range map[string]string{"pointerup": "document.body", "pointercancel": "document.body", "dragend": "document.body", "blur": "window"} {
		got := browsertest.Eval[[]string](p, `(async (end, on) => {
			const { released } = await import('/static/js/pointer.js');
			const said = [], turn = () => new Promise((go) => setTimeout(go));
			const tell = (type, to) => to.dispatchEvent(new Event(type, { bubbles: type !== 'blur' }));
			const input = document.querySelector('[data-testid=order-search]');
			await released();
			said.push('free');
			input.focus();
			tell('pointerdown', document.body);
			const all = [released(), released()].map((wait) => wait.then(() => said.push('released')));
			input.blur();
			await turn();
			await turn();
			said.push('pressed');
			tell(end, on);
			if (end === 'pointerup') said.push('clicked');
			await Promise.all(all);
			await released();
			said.push('free');
			return said;
		})(%s, `+on+`)`, end)
		want := "free pressed released released free"
		if end == "pointerup" {
			want = "free pressed clicked released released free"
		}
		if said := strings.Join(got, " "); said != want {
			t.Errorf("%s: %s, want %s", end, said, want)
		}
	}
}

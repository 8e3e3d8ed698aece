package site_test

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
)

// storeShips makes a zone and a method, is refused once, and deletes both.
func storeShips(t *testing.T, b browsertest.Browser) {
	d := start(t)
	p := d.open(t, b, desktop, "/23/settings/shipping")
	p.Click(hook("zone-new"))
	p.Click(hook("shipping-name"))
	p.Press("Chattogram")
	p.Click(hook("shipping-cities"))
	p.Press("Chattogram" + kb.Enter + "Cox's Bazar")
	p.Click(hook("zone-save"))
	at(p, "/23/settings/shipping")
	p.Click(hook("method-new"))
	p.Click(hook("shipping-name"))
	p.Press("Courier" + kb.Tab + "sixty" + kb.Enter)
	p.See(hook("shipping-error", "field", "price"))
	p.Until(`document.activeElement.id === 'price' && document.activeElement.value === 'sixty' && document.querySelector('#name').value === 'Courier'`)
	browsertest.Eval[any](p, `document.activeElement.select()`)
	p.Press("60" + kb.Enter)
	at(p, "/23/settings/shipping")
	p.Click(hook("zone-edit"))
	p.Click(hook("zone-delete"))
	p.Click(hook("zone-methods"))
	p.Until(`location.pathname === '/23/settings/shipping'`)
	p.Click(hook("method-row") + " a")
	p.Click(hook("method-delete"))
	p.Press(kb.Escape)
	p.Until(`!document.querySelector('dialog[open]') && document.activeElement.dataset.testid === 'method-delete'`)
	p.Click(hook("method-delete"))
	p.Click(hook("method-delete-confirm"))
	at(p, "/23/settings/shipping")
	p.Click(hook("zone-edit"))
	p.Click(hook("zone-delete"))
	p.Click(hook("zone-delete-confirm"))
	at(p, "/23/settings/shipping")
	p.See(".empty " + hook("zone-new"))
}

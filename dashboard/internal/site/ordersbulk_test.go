package site_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

// ids returns up to n orders of a status that a list shows.
func (d *dashboard) ids(status string, n int) []string {
	d.t.Helper()
	found := d.see("/22/orders?status="+status).Attrs(hook("order-row"), "data-order-id")
	if len(found) < n {
		d.t.Fatalf("there are %d %s orders, want %d", len(found), status, n)
	}
	return found[:n]
}

func TestManyOrdersAreMoved(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	const list = "/22/orders?status=pending"
	pending, done := d.ids(api.OrderPending, 2), d.ids(api.OrderCompleted, 1)
	a := d.post("/22/orders/status", url.Values{"order": pending, "status": {api.OrderConfirmed}, "back": {list}})
	if a.StatusCode != http.StatusSeeOther || a.where() != list {
		t.Fatalf("%s to %s", a.Status, a.where())
	}
	if text := d.flash(list); text != "2 orders are now confirmed." {
		t.Errorf("the flash says %q", text)
	}
	for _, id := range pending {
		if n := d.see("/22/orders/" + id).Count(hook("order-next-" + api.OrderProcessing)); n != 1 {
			t.Errorf("order %s is not confirmed", id)
		}
	}
	d.post("/22/orders/status", url.Values{"order": {pending[0], done[0], "99999", "x"}, "status": {api.OrderProcessing}})
	if text := d.flash("/22/orders"); !strings.HasPrefix(text, "1 order is now processing. 3 others could not be changed. An order that is completed can become") {
		t.Errorf("the flash says %q", text)
	}
}

func TestOrdersAreNotMoved(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	pending := d.ids(api.OrderPending, 1)
	many := make([]string, 26)
	for n := range many {
		many[n] = fmt.Sprint(1000 + n)
	}
	for name, c := range map[string]struct {
		form url.Values
		want string
	}{
		"nothing":       {url.Values{"status": {api.OrderConfirmed}}, "Select orders first."},
		"too many":      {url.Values{"order": many, "status": {api.OrderConfirmed}}, "Select at most 25 orders."},
		"no status":     {url.Values{"order": pending}, "Choose what the orders are to become."},
		"cancelled":     {url.Values{"order": pending, "status": {api.OrderCancelled}}, "Choose what the orders are to become."},
		"all refused":   {url.Values{"order": {"99999"}, "status": {api.OrderConfirmed}}, "Nothing was changed. No order 99999."},
		"another store": {url.Values{"order": {"99998"}, "status": {api.OrderConfirmed}, "back": {"https://evil.example"}}, "Nothing was changed. No order 99998."},
	} {
		if a := d.post("/22/orders/status", c.form); a.where() != "/22/orders" {
			t.Errorf("%s leads to %s", name, a.where())
		}
		if text := d.flash("/22/orders"); text != c.want {
			t.Errorf("%s: %q", name, text)
		}
	}
	if len(d.ids(api.OrderPending, 1)) != 1 || d.ids(api.OrderPending, 1)[0] != pending[0] {
		t.Error("the order was moved")
	}
}

// ordersAreSelected confirms two orders with the bar below the list.
func ordersAreSelected(t *testing.T, b browsertest.Browser) {
	d := start(t)
	p := d.open(t, b, phone, "/22/orders?status=pending")
	p.Until(`document.querySelectorAll('[data-select]').length >= 2 && document.querySelector('[data-selection-bar]').hidden`)
	p.Click("tbody tr:nth-child(1) [data-select]")
	p.Click("tbody tr:nth-child(2) [data-select]")
	p.Until(`document.querySelector('[data-selection-count]').textContent === '2 selected'`)
	p.Click(hook("selected-confirmed"))
	p.Until(`document.querySelector('[data-testid=flash]')?.textContent.includes('2 orders are now confirmed.')`)
	at(p, "/22/orders?status=pending")
}

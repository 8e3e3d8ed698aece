package site_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

func TestCustomers(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	a := d.see("/22/customers")
	all, guests := a.Count(hook("customer-row")), len(a.All("tbody .badge"))
	if all == 0 || guests == 0 {
		t.Fatalf("%d customers, %d of them guests", all, guests)
	}
	if got := d.see("/22/customers?guests=no").Count(hook("customer-row")); got != all-guests {
		t.Errorf("%d have an account, want %d", got, all-guests)
	}
	found := d.see("/22/customers?guests=no&search=nusrat")
	if hidden := found.One(`input[name="guests"]`).Attr("value"); hidden != "no" {
		t.Errorf("the search forgets the tab: %q", hidden)
	}
	if text := d.see("/22/customers?search=nobody").One(".empty").Text(); !strings.Contains(text, "No customer matches") {
		t.Errorf("nobody is found: %q", text)
	}
	query := d.Requests("/api/stores/22/customers")
	if last := query[len(query)-1].URI; !strings.Contains(last, "include_guests=true") || !strings.Contains(last, "search=nobody") {
		t.Errorf("asked %s", last)
	}
}

func TestCustomer(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	link := d.see("/22/orders/1200").One(hook("order-customer")).Attr("href")
	a := d.see(link)
	if a.Count(hook("order-row", "order-id", "1200")) != 1 {
		t.Errorf("%s does not show the order that leads there", link)
	}
	for _, path := range []string{"/22/customers/1", "/23" + strings.TrimPrefix(link, "/22"), "/24/customers/22300", "/22/customers/99999999999999999999"} {
		if a := d.get(path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.StatusCode)
		}
	}
}

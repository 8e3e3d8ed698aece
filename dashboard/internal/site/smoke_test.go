package site_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

// pages are all the places of a store and the navigation item that is current
// there.
var pages = map[string]string{
	"": "nav-home", "/orders": "nav-orders", "/orders/1200": "nav-orders", "/orders?search=nothing": "nav-orders", "/products": "nav-products",
	"/customers": "nav-customers", "/customers?guests=no": "nav-customers", "/customers?search=nothing": "nav-customers", "/customers/22300": "nav-customers", "/products/152": "", "/products/150": "nav-products", "/apps/marketplace": "nav-apps", "/apps/marketplace/restock": "nav-apps",
	"/apps/marketplace/my-app": "nav-apps", "/apps/e/restock": "nav-app-restock", "/apps/e/restock/orders/5": "nav-app-restock",
	"/settings/store": "nav-settings", "/settings/shipping": "nav-settings", "/settings/shipping/zones/new": "nav-settings", "/settings/shipping/zones/1": "nav-settings", "/settings/shipping/zones/3": "nav-settings",
	"/settings/shipping/methods/new": "nav-settings", "/settings/shipping/methods/1": "nav-settings",
	"/discounts": "nav-discounts", "/discounts?search=nothing": "nav-discounts", "/discounts/new": "nav-discounts", "/discounts/5": "nav-discounts",
	"/search": "", "/search?q=a": "", "/search?q=nothing": "", // no item leads there
	"/settings/apps": "nav-settings", "/settings/apps/restock": "nav-settings", "/settings/apps/billing/1": "nav-settings", "/settings/apps/billing/2": "nav-settings",
	"/settings/apps/custom": "nav-settings", "/settings/apps/custom/new": "nav-settings", "/settings/apps/custom/3": "nav-settings",
	"/settings/privacy": "nav-settings", "/settings/privacy?search=a": "nav-settings",
	"/settings/webhooks": "nav-settings", "/settings/webhooks/new": "nav-settings", "/settings/webhooks/1": "nav-settings", "/settings/webhooks/4": "nav-settings",
	"/settings/webhooks/6": "nav-settings", "/settings/webhooks/6/edit": "nav-settings", "/settings/webhooks/deliveries/2": "nav-settings",
}

// everyPage makes what the pages show: an installed app, charges of it that
// wait, have ended, and are approved, a custom app, and a webhook.
func (d *dashboard) everyPage() {
	d.Install("restock", 22)
	for range 3 {
		d.Charge("restock", 22, 150_00, api.FeePayerMerchant, "/22/apps/e/restock")
	}
	d.ExpireCharge(2)
	d.ApproveCharge(3)
	d.CreateCustomApp(22, "Stock report", api.ReadOrders, api.WriteInventory)
	d.AddWebhook(22, "https://shop.example.com/hooks", api.TopicOrderCreated)
}

// Every page of a store has a title, one heading, the navigation with the
// current place marked, and a way past it.
func TestEveryPageHasItsFrame(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.everyPage()
	for path, current := range pages {
		if current == "" {
			continue
		}
		a := d.see("/22" + path)
		if got := a.Attrs(`.nav [aria-current="page"]`, "data-testid"); !slices.Equal(got, []string{current}) {
			t.Errorf("%s: %v is current, want %s", path, got, current)
		}
		if n := a.Count("h1"); n != 1 {
			t.Errorf("%s has %d headings", path, n)
		}
		if title := a.One("head > title").Text(); !strings.HasSuffix(title, "· FloristBD · SeloraX Sandbox") {
			t.Errorf("%s has the title %q", path, title)
		}
		skip := a.One("a.skip").Attr("href")
		if a.Count(skip) != 1 {
			t.Errorf("%s: the skip link leads to %s, which is not there", path, skip)
		}
	}
}

// What every page must have to be used by everybody: names for controls, ids
// once, references that lead somewhere, no inline style or script.
func TestPagesAreAccessible(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.everyPage()
	all := []string{"/login?x=1", "/22/settings/apps/billing/3/pay", "/oauth/consent?request=" + d.Ask("my-app", 22, "read:orders", "write:orders"), "/nowhere"}
	for path, current := range pages {
		if current != "" || strings.HasPrefix(path, "/search") {
			all = append(all, "/22"+path)
		}
	}
	for _, path := range all {
		a := d.get(path)
		for _, complaint := range complaints(a) {
			t.Errorf("%s: %s", path, complaint)
		}
	}
}

func complaints(a answer) (list []string) {
	ids := a.Attrs("[id]", "id")
	slices.Sort(ids)
	if unique := slices.Compact(slices.Clone(ids)); len(unique) != len(ids) {
		list = append(list, "an id is there twice: "+cmp.Diff(unique, ids))
	}
	for _, attr := range []string{"aria-labelledby", "aria-describedby", "popovertarget", "for", "data-dialog"} {
		for _, value := range a.Attrs("["+attr+"]", attr) {
			for id := range strings.FieldsSeq(value) {
				if !slices.Contains(ids, id) {
					list = append(list, attr+" names "+id+", which is not there")
				}
			}
		}
	}
	for _, control := range a.All("button, a[href], summary") {
		if control.Text() == "" && control.Attr("aria-label") == "" {
			list = append(list, "a control without a name: "+control.Attr("class")+control.Attr("href"))
		}
	}
	for _, input := range a.All(`input:not([type="hidden"])`) {
		id := input.Attr("id")
		if a.Count(`label input[name="`+input.Attr("name")+`"]`) == 0 && (id == "" || a.Count(`label[for="`+id+`"]`) == 0) {
			list = append(list, "a field without a label: "+input.Attr("name"))
		}
	}
	for css, what := range map[string]string{
		"img:not([alt])": "a picture without alt", "[style]": "an inline style", "style": "a style element", "[onclick]": "an inline handler",
		`script:not([src]):not([type="importmap"])`: "an inline script", "th:not([scope])": "a table head without scope", "iframe:not([title])": "a frame without title",
	} {
		if n := a.Count(css); n != 0 {
			list = append(list, what)
		}
	}
	return list
}

package site_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

// search looks for a text in store 22.
func (d *dashboard) search(text string) answer {
	d.t.Helper()
	return d.see("/22/search?" + url.Values{"q": {text}}.Encode())
}

func TestSearchFindsEachKind(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Install("restock", 22)
	custom := d.CreateCustomApp(22, "Stock report", api.ReadOrders)
	for text, want := range map[string]map[string][]string{
		"1200":      {"orders": {"/22/orders/1200"}},
		"fl-151-1":  {"products": {"/22/products/151"}},
		"SHIPPING":  {"pages": {"/22/settings/shipping", "/22/settings/shipping/zones/new"}},
		"courier":   {"pages": {"/22/settings/shipping"}},
		"docs":      {"pages": {"/docs"}},
		"restock":   {"apps": {"/22/apps/e/restock"}},
		"report":    {"apps": {fmt.Sprintf("/22/settings/apps/custom/%d", custom.AppID)}},
		"developer": {},
		"faults":    {},
	} {
		a := d.search(text)
		got := map[string][]string{}
		for _, group := range a.All(hook("search-group")) {
			got[group.Attr("data-group")] = group.Attrs(hook("search-hit"), "href")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

// An order is found by its customer too, as is the customer; of many the first
// are shown, and a way to all.
func TestSearchShowsTheFirst(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	a := d.search(" ফারহানা ")
	if got := a.Attrs(hook("search-group"), "data-group"); !slices.Equal(got, []string{"orders", "customers"}) {
		t.Errorf("found in %v", got)
	}
	orders := a.One(hook("search-group", "group", "orders"))
	if n := orders.Count(hook("search-hit")); n != 5 {
		t.Errorf("%d orders", n)
	}
	if hit := orders.All(hook("search-hit"))[0].Text(); !strings.Contains(hit, "ফারহানা আক্তার") || !strings.Contains(hit, "৳") {
		t.Errorf("an order is %q", hit)
	}
	all := d.see(orders.One(hook("search-all")).Attr("href"))
	for _, name := range all.Texts(hook("order-row") + " .cell-who") {
		if !strings.Contains(name, "ফারহানা") {
			t.Errorf("all that match has %q", name)
		}
	}
	if got := d.search("ফারহানা").One(".topbar").Value("q"); got != "ফারহানা" {
		t.Errorf("the field has %q", got)
	}
}

func TestSearchKnowsRoles(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	for text, want := range map[string]string{"faults": "/22/developer/faults", "earnings": "/22/developer/earnings", "sms": "/22/developer/messages", "rollback": "/22/developer/extensions"} {
		if got := d.search(text).One(hook("search-group", "group", "pages")).Attrs(hook("search-hit"), "href"); !slices.Equal(got, []string{want}) {
			t.Errorf("%s leads to %v", text, got)
		}
	}
	if a := d.as(platformtest.Merchant).get("/24/search?q=a"); a.StatusCode != http.StatusNotFound {
		t.Errorf("a store that may not be opened: %s", a.Status)
	}
}

// Every page that a search leads to is there.
func TestSearchLeadsSomewhere(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	seen := map[string]bool{}
	for _, letter := range strings.Split("aeiou", "") {
		for _, href := range d.search(letter).Attrs(hook("search-group", "group", "pages")+" a", "href") {
			seen[href] = true
		}
	}
	for href := range seen {
		d.see(href)
	}
	if len(seen) != 24 {
		t.Errorf("%d pages", len(seen))
	}
}

func TestSearchForWhatIsNotThere(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	for text, want := range map[string]string{
		"":                          "What are you looking for?",
		"  \t":                      "What are you looking for?",
		"<b>x</b>\"'":               "Nothing matches “<b>x</b>\"'”",
		"খুঁজে পাই না":              "Nothing matches “খুঁজে পাই না”",
		"a\x00\xffzzz":              "Nothing matches “azzz”",
		strings.Repeat("ক", 50_000): "Nothing matches “" + strings.Repeat("ক", 100) + "”",
	} {
		before := len(d.Requests("/api/stores/22/orders"))
		a := d.search(text)
		if got := a.One(hook("search-empty") + " h2").Text(); got != want {
			t.Errorf("%.20q: %.60q", text, got)
		}
		if says := a.One(hook("search-empty") + " p:last-child").Text(); !strings.Contains(says, "products by name or SKU") {
			t.Errorf("it says %q", says)
		}
		if asked := len(d.Requests("/api/stores/22/orders")) - before; strings.TrimSpace(text) == "" && asked != 0 {
			t.Errorf("%q asked for orders %d times", text, asked)
		}
		for _, complaint := range complaints(a) {
			t.Errorf("%.20q: %s", text, complaint)
		}
	}
}

// What one kind cannot tell does not keep the others back.
func TestSearchWithoutOneKind(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	for kind, others := range map[string]int{"orders": 1, "products": 2, "customers": 1} {
		d.Fail(func(r *http.Request) int {
			if strings.HasPrefix(r.URL.Path, "/api/stores/22/"+kind) {
				return http.StatusInternalServerError
			}
			return 0
		})
		a := d.search("nusrat")
		if got := a.One(hook("search-group", "group", kind) + " " + hook("search-failed")).Text(); !strings.Contains(got, "could not be searched") {
			t.Errorf("%s: %q", kind, got)
		}
		if n := a.Count(hook("search-group") + " ul"); n != others {
			t.Errorf("without %s %d kinds are shown", kind, n)
		}
	}
}

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

func TestHome(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	a := d.see("/22")
	if n := a.Count(hook("order-row")); n != 5 {
		t.Errorf("%d recent orders, want 5", n)
	}
	if n := a.Count("svg.chart rect, figure svg rect"); n < 14 {
		t.Errorf("%d bars, want one for each of 14 days", n)
	}
	if n := a.Count("figcaption tbody tr"); n != 14 {
		t.Errorf("the chart's words have %d days, want 14", n)
	}
	for _, words := range []string{"৳\u00a05,267.50", "Pending", "Refunded"} {
		if !strings.Contains(a.text, words) {
			t.Errorf("the page says nothing of %s", words)
		}
	}
	d.ForgetOrders(23)
	if a := d.see("/23"); a.Count(hook("order-row")) != 0 || a.Count(".empty") == 0 {
		t.Error("a store without orders has no empty state")
	}
}

func TestOrdersList(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	a := d.see("/22/orders")
	rows := a.All(hook("order-row"))
	if len(rows) != 25 || rows[0].Attr("data-order-id") != "1200" || rows[0].One("a").Attr("href") != "/22/orders/1200" {
		t.Fatalf("%d rows, the first is %s", len(rows), rows[0].Attr("data-order-id"))
	}
	for _, words := range []string{"Nusrat Jahan", "Pending", "৳ 410.00", "31 Jan 2026, 15:30"} {
		if !strings.Contains(rows[0].Text(), words) {
			t.Errorf("the first row says %q, nothing of %s", rows[0].Text(), words)
		}
	}
	if when := rows[0].One("time").Attr("datetime"); when != "2026-01-31T09:30:00.000Z" {
		t.Errorf("the time is %s", when)
	}
	if got := a.Texts(".tabs a"); len(got) != 1+len(api.OrderStatuses) || a.One(`.tabs [aria-current="page"]`).Text() != "All" {
		t.Errorf("the tabs are %v", got)
	}
}

// All that narrows the list down stands in its address, and every link on the
// page keeps it.
func TestOrdersListKeepsItsState(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	a := d.see("/22/orders?status=completed&search=a&sort=grand_total:asc")
	asked := d.Requests("/api/stores/22/orders")
	u, err := url.Parse(asked[len(asked)-1].URI)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(url.Values{"status": {"completed"}, "search": {"a"}, "sort": {"grand_total:asc"}, "page": {"1"}, "limit": {"25"}}, u.Query()); diff != "" {
		t.Errorf("the platform was asked (-want +got):\n%s", diff)
	}
	for _, status := range a.Attrs(hook("order-row")+" "+hook("order-status"), "data-status") {
		if status != api.OrderCompleted {
			t.Errorf("an order that is %s is in the list", status)
		}
	}
	if current := a.One(`.tabs [aria-current="page"]`).Text(); current != "Completed" {
		t.Errorf("%s is the current tab", current)
	}
	if search := a.One(hook("order-search")).Attr("value"); search != "a" {
		t.Errorf("the search field has %q", search)
	}
	if hidden := a.Attrs(`form[role="search"] input[type="hidden"]`, "value"); !slices.Contains(hidden, "completed") || !slices.Contains(hidden, "grand_total:asc") {
		t.Errorf("a search would keep %v", hidden)
	}
	links := append(a.Attrs(".tabs a", "href"), a.Attrs("a.sort", "href")...)
	for _, link := range links {
		if !strings.Contains(link, "search=a") {
			t.Errorf("%s loses the search", link)
		}
		if answer := d.get(strings.ReplaceAll(link, "&amp;", "&")); answer.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", link, answer.Status)
		}
	}
}

func TestOrdersListOddAddresses(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	for _, query := range []string{
		"status=nonsense", "sort=nonsense", "sort=grand_total:sideways", "sort=order_number", "page=0", "page=-1", "page=x", "page=99999999999999999999", "search=" + strings.Repeat("a", 5000),
		"status=pending&status=hold", "search=%00", "search=%ff", "%zz",
	} {
		if a := d.get("/22/orders?" + query); a.StatusCode != http.StatusOK {
			t.Errorf("%.40s: %s %s", query, a.Status, a.Text())
		}
	}
	a := d.see(`/22/orders?search="><script>x</script>`)
	if a.Count("script:not([src]):not([type])") != 0 || a.One(hook("order-search")).Attr("value") != `"><script>x</script>` || a.Count(".empty") != 1 {
		t.Error("a search for markup is not text")
	}
}

func TestOrdersPaging(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	seen := map[string]bool{}
	path, pages := "/22/orders?sort=grand_total", 0
	for path != "" && pages < 10 {
		pages++
		a := d.see(path)
		for _, id := range a.Attrs(hook("order-row"), "data-order-id") {
			if seen[id] {
				t.Errorf("order %s is on two pages", id)
			}
			seen[id] = true
		}
		if (pages == 1) != (a.Count("a"+hook("page-previous")) == 0) {
			t.Errorf("page %d: going back is wrong", pages)
		}
		path = ""
		for _, next := range a.Attrs("a"+hook("page-next"), "href") {
			path = next
		}
	}
	if len(seen) != 78 || pages != 4 {
		t.Errorf("%d orders on %d pages, want 78 on 4", len(seen), pages)
	}
	beyond := d.see("/22/orders?page=40")
	if beyond.Count("a"+hook("page-previous")) != 1 {
		t.Error("from beyond the end no link leads back")
	}
}

func TestOrder(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	want := d.FirstOrder(22, api.OrderPending)
	a := d.see(fmt.Sprintf("/22/orders/%d", want.OrderID))
	if got := a.One(hook("order-status")).Attr("data-status"); got != api.OrderPending {
		t.Errorf("the status is %s", got)
	}
	for _, words := range []string{want.OrderNumber, want.CustomerName, want.CustomerPhone, want.Items[0].Name, want.Items[0].SKUCode, want.Note, "House 12, Road 7, Dhanmondi", "Order placed", "৳ 410.00", "Cash on delivery"} {
		if !strings.Contains(a.Text(), words) {
			t.Errorf("the page says nothing of %q", words)
		}
	}
	for _, status := range api.OrderStatuses {
		if got, legal := a.Count(hook("order-next-"+status)), slices.Contains(want.NextStatuses, status); (got == 1) != legal {
			t.Errorf("%d buttons lead to %s; is that legal: %t", got, status, legal)
		}
	}
	// Cancelling is asked about first.
	if a.One(hook("order-next-cancelled")).Attr("type") != "button" || a.Count(`dialog button[name="status"][value="cancelled"]`) != 1 {
		t.Error("an order is cancelled without a question")
	}
	delivered := d.see(fmt.Sprintf("/22/orders/%d", d.FirstOrder(22, api.OrderDelivered).OrderID))
	if delivered.One(hook("order-next-refunded")).Attr("data-dialog") != "ask-refunded" || delivered.One("dialog#ask-refunded button[name]").Attr("value") != "refunded" {
		t.Error("an order is refunded without a question")
	}
	for _, path := range []string{"/22/orders/1", "/22/orders/0", "/22/orders/99999999999999999999", fmt.Sprintf("/22/orders/%d", d.FirstOrder(24, api.OrderPending).OrderID), "/22/orders/x"} {
		if a := d.get(path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", path, a.Status)
		}
	}
}

func TestMoveOrder(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	order := d.FirstOrder(22, api.OrderPending)
	page := fmt.Sprintf("/22/orders/%d", order.OrderID)
	a := d.post(page+"/status", url.Values{"status": {api.OrderConfirmed}})
	if a.StatusCode != http.StatusSeeOther || a.where() != page {
		t.Fatalf("%s to %s", a.Status, a.where())
	}
	a = d.see(page)
	if text := a.One(hook("flash")).Text(); !strings.Contains(text, order.OrderNumber) || !strings.Contains(text, "confirmed") {
		t.Errorf("the flash says %q", text)
	}
	if got := a.One(hook("order-status")).Attr("data-status"); got != api.OrderConfirmed {
		t.Errorf("the order is %s", got)
	}
	if d.see(page).Count(hook("flash")) != 0 {
		t.Error("the flash is there twice")
	}
	for _, status := range []string{api.OrderRefunded, "nonsense", ""} {
		if a := d.post(page+"/status", url.Values{"status": {status}}); a.where() != page {
			t.Errorf("%q leads to %s %s", status, a.Status, a.where())
		}
		if text := d.flash(page); !strings.Contains(text, "processing, hold, cancelled") {
			t.Errorf("%q: the flash says %q", status, text)
		}
	}
	foreign := d.FirstOrder(24, api.OrderPending).OrderID
	if a := d.post(fmt.Sprintf("/22/orders/%d/status", foreign), url.Values{"status": {api.OrderConfirmed}}); a.StatusCode != http.StatusNotFound {
		t.Errorf("another store's order: %s", a.Status)
	}
	if a := d.get(page + "/status"); a.StatusCode != http.StatusNotFound {
		t.Errorf("GET of the form's address: %s", a.Status)
	}
}

// A script's refresh leaves the flash to the page that people look at.
func TestRefreshLeavesTheFlash(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	order := d.FirstOrder(22, api.OrderPending)
	page := fmt.Sprintf("/22/orders/%d", order.OrderID)
	d.post(page+"/status", url.Values{"status": {api.OrderConfirmed}})
	r := d.request(http.MethodGet, page, "")
	r.Header.Set("X-Live-Refresh", "1")
	if a := d.do(r); a.Count(hook("flash")) != 0 {
		t.Error("the refresh took the flash")
	}
	if d.see(page).Count(hook("flash")) != 1 {
		t.Error("the flash is lost")
	}
}

func TestProducts(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	a := d.see("/22/products")
	if n := a.Count(hook("product-row")); n != 20 {
		t.Errorf("%d products, want 20", n)
	}
	for _, src := range a.Attrs(hook("product-row")+" img", "src") {
		if !strings.HasPrefix(src, d.PublicURL+"/media/products/") {
			t.Errorf("a picture is at %s", src)
		}
	}
	if n := a.Count(hook("product-row") + " img"); n != 20 {
		t.Errorf("%d pictures, want 20", n)
	}
	if a := d.see("/22/products?search=orchid"); a.Count(hook("product-row")) == 0 || strings.Contains(a.One("table").Text(), "Rose") {
		t.Error("the search finds the wrong products")
	}
	if a := d.see("/22/products?search=nothing"); a.Count(".empty") != 1 {
		t.Error("nothing found is not said")
	}
	id := a.All(hook("product-row"))[0].Attr("data-product-id")
	if a := d.see("/22/products/" + id); !strings.Contains(a.Text(), "FL-"+id+"-0") || a.Count("tbody img") != a.Count("tbody tr") {
		t.Error("the product's variants are not there")
	}
	if a := d.get("/22/products/152"); a.StatusCode != http.StatusNotFound {
		t.Errorf("another store's product: %s", a.Status)
	}
}

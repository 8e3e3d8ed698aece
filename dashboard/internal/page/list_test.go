package page_test

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
)

func read(t *testing.T, address string) page.List {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return page.ReadList(u, "created_at", []string{"created_at", "grand_total"})
}

// What stands in the URL is the list's whole state; what makes no sense there
// counts as not given.
func TestListReadsItsURL(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		address, sort, search string
		page                  int
	}{
		{"/22/orders", "created_at", "", 1},
		{"/22/orders?sort=grand_total&page=3&search=+rose+", "grand_total", "rose", 3},
		{"/22/orders?sort=grand_total:asc", "grand_total:asc", "", 1},
		{"/22/orders?sort=created_at:up", "created_at", "", 1},
		{"/22/orders?sort=password&page=-1", "created_at", "", 1},
		{"/22/orders?page=99999999999999999999", "created_at", "", 1},
		{"/22/orders?page=abc", "created_at", "", 1},
	} {
		l := read(t, test.address)
		if l.SortQuery() != test.sort || l.Search != test.search || l.Page != test.page {
			t.Errorf("%s: sort %s, search %q, page %d", test.address, l.SortQuery(), l.Search, l.Page)
		}
	}
}

// Links keep what is narrowed down, begin at the first page where the rows
// change, and leave out what is standard.
func TestListLinks(t *testing.T) {
	t.Parallel()
	l := read(t, "/22/orders?status=hold&search=a%26b&page=2").Found(api.Pagination{Page: 2, Limit: 25, Total: 60, TotalPages: 3})
	got := map[string]string{
		"previous": l.Previous(), "next": l.Next(), "sort": l.SortBy("grand_total"), "same": l.SortBy("created_at"), "plain": l.Plain(),
		"all": l.Tabs([]string{"hold"})[0].URL, "tab": l.Tabs([]string{"hold"})[1].URL,
	}
	want := map[string]string{
		"previous": "/22/orders?search=a%26b&status=hold",
		"next":     "/22/orders?page=3&search=a%26b&status=hold",
		"sort":     "/22/orders?search=a%26b&sort=grand_total&status=hold",
		"same":     "/22/orders?search=a%26b&sort=created_at%3Aasc&status=hold",
		"plain":    "/22/orders",
		"all":      "/22/orders?search=a%26b",
		"tab":      "/22/orders?search=a%26b&status=hold",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if tabs := l.Tabs([]string{"hold"}); tabs[0].Current || !tabs[1].Current {
		t.Errorf("tabs are %+v", tabs)
	}
	if l.From() != 26 || l.To() != 50 {
		t.Errorf("shows %d to %d", l.From(), l.To())
	}
}

func TestListEnds(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]struct{ previous, next string }{
		"/22/orders":         {"", "/22/orders?page=2"},
		"/22/orders?page=2":  {"/22/orders", ""},
		"/22/orders?page=90": {"/22/orders?page=2", ""}, // beyond the end leads back into the list
	} {
		l := read(t, address).Found(api.Pagination{Limit: 25, Total: 40, TotalPages: 2})
		if l.Previous() != want.previous || l.Next() != want.next {
			t.Errorf("%s: %q and %q", address, l.Previous(), l.Next())
		}
	}
}

func TestGroupScopesKeepsOrder(t *testing.T) {
	t.Parallel()
	groups := page.GroupConsent([]api.ConsentScope{
		{ScopeInfo: api.ScopeInfo{Scope: api.ReadOrders, Group: "Orders", PersonalData: true}},
		{ScopeInfo: api.ScopeInfo{Scope: api.ReadStore, Group: "Store"}},
		{ScopeInfo: api.ScopeInfo{Scope: api.WriteOrders, Group: "Orders"}, New: true},
		{ScopeInfo: api.ScopeInfo{Scope: "read:stars", Group: "Stars"}},
	})
	var got []string
	for _, g := range groups {
		got = append(got, g.Name)
		if g.Icon == "" || g.Personal != (g.Name == "Orders") {
			t.Errorf("%+v", g)
		}
	}
	if diff := cmp.Diff([]string{"Orders", "Store", "Stars"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(groups[0].Scopes) != 2 || !groups[0].Scopes[1].New {
		t.Errorf("orders are %+v", groups[0].Scopes)
	}
}

func TestPlainText(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"<p>Twelve <b>red</b> roses.</p>\n<p>Fresh &amp; wrapped</p>": "Twelve red roses. Fresh & wrapped",
		"<script>alert(1)</script>x":                                  "alert(1) x",
		"":                                                            "",
	} {
		if got := page.PlainText(given); got != want {
			t.Errorf("%q: got %q", given, got)
		}
	}
}

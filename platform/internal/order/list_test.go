package order

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

const orders = "/api/apps/v1/orders"

func ids(list []api.Order) (ids []int64) {
	for _, o := range list {
		ids = append(ids, o.OrderID)
	}
	return ids
}

// variety places five orders that differ, and one in another store.
func variety(b *bench) {
	day := func(n int) time.Time { return storetest.Now.AddDate(0, 0, n) }
	b.add(
		made{id: 1, placed: day(-5), total: 50000, name: "Fatima Khatun", phone: "01898000111"},
		made{id: 2, placed: day(-4), total: 90000, status: api.OrderConfirmed, buyer: buyer + 1, name: "50% Off_Shop"},
		made{id: 3, placed: day(-3), total: 70000, status: api.OrderDelivered},
		made{id: 4, placed: day(-2), total: 70000, method: "bkash"},
		made{id: 5, placed: day(-1).Add(17*time.Hour + 59*time.Minute), total: 60000, status: api.OrderConfirmed}, // 23:59 UTC
		made{id: 9, store: storetest.Crafts, buyer: buyer + 2, placed: day(-1)},
	)
}

func TestListFiltersAndSorts(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	variety(b)
	for query, want := range map[string][]int64{
		"":                                  {5, 4, 3, 2, 1},
		"sort=created_at":                   {5, 4, 3, 2, 1},
		"sort=created_at:asc":               {1, 2, 3, 4, 5},
		"sort=updated_at:asc":               {1, 2, 3, 4, 5},
		"sort=grand_total:desc":             {2, 4, 3, 5, 1},
		"sort=grand_total:asc":              {1, 5, 3, 4, 2},
		"status=confirmed":                  {5, 2},
		"status=shipped":                    nil,
		"customer_id=302":                   {2},
		"customer_id=303":                   nil, // of another store
		"since=2026-01-29":                  {5, 4},
		"since=2026-01-29T06:00:00.000Z":    {5, 4},
		"since=2026-01-29T06:00:00.001Z":    {5},
		"since=2026-01-29T12:00:00%2B06:00": {5, 4},
		"until=2026-01-28T06:00:00.000Z":    {3, 2, 1},
		"until=2026-01-28T05:59:59.999Z":    {2, 1},
		"until=2026-01-30":                  {5, 4, 3, 2, 1}, // the whole day
		"until=2026-01-29":                  {4, 3, 2, 1},
		"since=2026-01-28&until=2026-01-29": {4, 3},
		"search=fatima":                     {1},
		"search=KHATUN":                     {1},
		"search=018980":                     {1},
		"search=%233":                       {3}, // a number as people write it
		"search=50%25":                      {2},
		"search=f_s":                        {2},
		"search=%25_%25":                    nil,
		"search=%5C":                        nil,
		"search=%20%20":                     {5, 4, 3, 2, 1},
		"status=confirmed&customer_id=302&since=2026-01-01&search=shop": {2},
		"status=pending&sort=grand_total:asc&limit=1":                   {1},
		"limit=2&page=2": {3, 2},
		"page=9":         nil,
	} {
		got := storetest.Into[api.List[api.Order]](b.Get(storetest.App, orders+"?"+query))
		if diff := cmp.Diff(want, ids(got.Data)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
		if got.Data == nil {
			t.Errorf("%s: data is null", query)
		}
		if !strings.Contains(query, "limit") && !strings.Contains(query, "page") && got.Pagination.Total != len(want) {
			t.Errorf("%s: total %d, want %d", query, got.Pagination.Total, len(want))
		}
	}
}

func TestListPagination(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	variety(b)
	for query, want := range map[string]api.Pagination{
		"":                                {Page: 1, Limit: 50, Total: 5, TotalPages: 1},
		"limit=2":                         {Page: 1, Limit: 2, Total: 5, TotalPages: 3},
		"limit=2&page=3":                  {Page: 3, Limit: 2, Total: 5, TotalPages: 3},
		"limit=2&page=7":                  {Page: 7, Limit: 2, Total: 5, TotalPages: 3},
		"limit=10000":                     {Page: 1, Limit: 250, Total: 5, TotalPages: 1},
		"limit=1&status=confirmed":        {Page: 1, Limit: 1, Total: 2, TotalPages: 2},
		"limit=1&customer_id=301":         {Page: 1, Limit: 1, Total: 4, TotalPages: 4},
		"status=refunded":                 {Page: 1, Limit: 50},
		"limit=1&since=2026-01-29&page=2": {Page: 2, Limit: 1, Total: 2, TotalPages: 2},
	} {
		got := storetest.Into[api.List[api.Order]](b.Get(storetest.App, orders+"?"+query)).Pagination
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}

func TestListRefuses(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for query, field := range map[string]string{
		"page=0": "page", "page=x": "page", "limit=0": "limit", "limit=-5": "limit", "status=lost": "status", "status=Pending": "status",
		"since=yesterday": "since", "until=2026-13-01": "until", "customer_id=abc": "customer_id", "customer_id=0": "customer_id",
		"sort=name": "sort", "sort=created_at:up": "sort", "sort=created_at;DROP": "query", "sort=created_at%20desc": "sort",
		"status=pending&status=hold": "status",
	} {
		e := b.Get(storetest.App, orders+"?"+query).Refusal(http.StatusBadRequest)
		if e.Code != api.CodeValidation || len(e.Errors) == 0 || e.Errors[0].Field != field {
			t.Errorf("%s: %+v, want a complaint about %s", query, e, field)
		}
	}
}

// TestPagesNeverOverlap walks through orders that are equal in every sort
// column.
func TestPagesNeverOverlap(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var all []int64
	for id := int64(1); id <= 23; id++ {
		b.add(made{id: id, placed: storetest.Now.Add(-time.Duration(id%3) * time.Second), total: 60000 + api.Money(id%2)*200})
		all = append(all, id)
	}
	for _, column := range []string{"created_at", "updated_at", "grand_total"} {
		for _, direction := range []string{"asc", "desc"} {
			var seen []int64
			for page := 1; page <= 5; page++ {
				target := fmt.Sprintf("%s?sort=%s:%s&limit=5&page=%d", orders, column, direction, page)
				seen = append(seen, ids(storetest.Into[api.List[api.Order]](b.Get(storetest.App, target)).Data)...)
			}
			slices.Sort(seen)
			if diff := cmp.Diff(all, seen); diff != "" {
				t.Errorf("%s %s (-want +got):\n%s", column, direction, diff)
			}
		}
	}
}

// TestListsUseAnIndex asks SQLite for its plan: a list of a store must not
// sort, nor read the whole table.
func TestListsUseAnIndex(t *testing.T) {
	t.Parallel()
	dbtest.SQLiteOnly(t, "PostgreSQL plans by the size of a table")
	b := newBench(t)
	for _, c := range []struct{ where, order string }{
		{"store_id = $1", "created_ms DESC, id DESC"},
		{"store_id = $1", "updated_ms ASC, id ASC"},
		{"store_id = $1", "grand_total_minor DESC, id DESC"},
		{"store_id = $1 AND status = 'pending'", "created_ms DESC, id DESC"},
	} {
		var plan []string
		err := b.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
			plan, err = db.All(tx, func(r db.Row) (detail string, err error) {
				err = r.Scan(new(any), new(any), new(any), &detail)
				return detail, err
			}, `EXPLAIN QUERY PLAN SELECT `+columns+` FROM shop_order WHERE `+c.where+` ORDER BY `+c.order+` LIMIT 50`, storetest.Florist)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if text := strings.Join(plan, "; "); !strings.Contains(text, "USING INDEX") || strings.Contains(text, "TEMP B-TREE") {
			t.Errorf("%s by %s: %s", c.where, c.order, text)
		}
	}
}

// lots is a store with ten thousand orders over a year.
func lots(tb testing.TB) *bench {
	b := newBench(tb)
	many := make([]made, 10_000)
	for n := range many {
		many[n] = made{
			id: int64(n + 1), placed: storetest.Now.Add(-time.Duration(n) * 50 * time.Minute), status: api.OrderStatuses[n%9],
			total: api.Money(50000 + n%977*100), buyer: buyer + int64(n%2), name: fmt.Sprintf("Customer %d", n%997),
		}
	}
	b.add(many...)
	return b
}

func BenchmarkOrderList(b *testing.B) {
	bench := lots(b)
	for _, query := range []string{
		"", "limit=250", "page=200", "status=pending", "sort=grand_total:desc", "customer_id=301", "since=2026-01-01", "search=customer+99",
	} {
		b.Run(query, func(b *testing.B) {
			for b.Loop() {
				if a := bench.Get(storetest.App, orders+"?"+query); a.Code != http.StatusOK {
					b.Fatal(a.Body)
				}
			}
		})
	}
}

func BenchmarkHome(b *testing.B) {
	bench := lots(b)
	for b.Loop() {
		if a := bench.Get(storetest.Merchant, "/api/stores/22/home"); a.Code != http.StatusOK {
			b.Fatal(a.Body)
		}
	}
}

func BenchmarkChangeStatus(b *testing.B) {
	bench := lots(b)
	id := bench.add(made{id: 50_000})
	turn := []string{api.OrderConfirmed, api.OrderHold, api.OrderPending}
	for n := 0; b.Loop(); n++ {
		if _, err := bench.change(id, turn[n%3]); err != nil {
			b.Fatal(err)
		}
	}
}

package order

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

// grow places orders up to a number, a second apart, in the statuses in turn.
func grow(b *bench, from, to int) {
	b.t.Helper()
	statuses := ""
	for n, status := range api.OrderStatuses {
		statuses += fmt.Sprintf(" WHEN %d THEN '%s'", n, status)
	}
	dbtest.Exec(b.t, b.DB, `WITH RECURSIVE n(i) AS (SELECT CAST($1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < CAST($2 AS BIGINT))
		INSERT INTO shop_order (id, store_id, customer_id, number, status, financial_status, fulfillment_status, customer_name, customer_phone,
		address, city, search_folded, sub_total_minor, tax_minor, shipping_minor, discount_minor, grand_total_minor, payment_method, note,
		created_ms, updated_ms)
		SELECT i, $3, $4, CAST(i AS TEXT), CASE i % 9`+statuses+` END, 'unpaid', 'unfulfilled', 'Rahim Ahmed', '01712345678',
		'House 12', 'Dhaka', CAST(i AS TEXT) || ' rahim ahmed 01712345678', 100000, 0, 6000, 0, 106000 + i, 'cod', '', i * 1000, i * 1000 FROM n`,
		from, to, storetest.Florist, buyer)
	dbtest.Exec(b.t, b.DB, `DELETE FROM order_count`)
	dbtest.Exec(b.t, b.DB, `INSERT INTO order_count (store_id, status, n) SELECT store_id, status, COUNT(*) FROM shop_order GROUP BY store_id, status`)
}

// BenchmarkGrowth shows how the list takes a store that grows to a million
// orders.
func BenchmarkGrowth(b *testing.B) {
	bench := newBench(b)
	placed := 0
	for _, size := range []int{1_000, 10_000, 100_000, 1_000_000} {
		grow(bench, placed+1, size)
		placed = size
		for _, query := range []string{"", "status=pending", "customer_id=301", "sort=grand_total:desc", "since=1970-01-01T00:10:00Z"} {
			b.Run(fmt.Sprintf("orders=%d/%s", size, query), func(b *testing.B) {
				for b.Loop() {
					if a := bench.Get(storetest.App, orders+"?"+query); a.Code != http.StatusOK {
						b.Fatal(a.Body)
					}
				}
			})
		}
	}
}

package sandbox

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/crypto/bcrypt"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/order"
	"github.com/selorax/sandbox/platform/internal/sandbox/credentials"
	"github.com/selorax/sandbox/platform/internal/secret"
)

// noon of the day that tests seed on, in Dhaka.
var noon = time.Date(2026, 1, 31, 6, 0, 0, 0, time.UTC)

// newService returns a service on an empty database, its clock frozen.
func newService(t testing.TB, now time.Time) *Service {
	t.Helper()
	d := dbtest.New(t)
	d.Clock.Restore(clock.State{Frozen: &now})
	path := filepath.Join(t.TempDir(), "credentials.json")
	file, err := credentials.Ensure(path)
	if err != nil {
		t.Fatal(err)
	}
	box, err := secret.NewBox(make([]byte, secret.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	return &Service{DB: d, Box: box, Credentials: file, CredentialsFile: path, DemoAppURL: "http://restock.localhost:5010", PasswordCost: bcrypt.MinCost}
}

func seeded(t testing.TB, now time.Time) *Service {
	t.Helper()
	s := newService(t, now)
	if err := s.EnsureDemo(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// dump returns every row of a table as text, without the columns named.
func dump(t *testing.T, d *db.DB, table string, without ...string) (rows []string) {
	t.Helper()
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		columns, err := dbtest.Columns(tx, table)
		if err != nil {
			return err
		}
		columns = slices.DeleteFunc(columns, func(c string) bool { return slices.Contains(without, c) })
		rows, err = db.All(tx, func(r db.Row) (string, error) {
			values := make([]any, len(columns))
			for n := range values {
				values[n] = new(any)
			}
			err := r.Scan(values...)
			var b strings.Builder
			for n, v := range values {
				fmt.Fprintf(&b, "%s=%v ", columns[n], *v.(*any))
			}
			return b.String(), err
		}, `SELECT `+strings.Join(columns, ", ")+` FROM `+table+` ORDER BY 1, 2`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// tables of the seed, with the columns that hold secrets or the time of day.
var tables = map[string][]string{
	"store": nil, "account": {"password_hash", "created_ms"}, "account_store": nil, "product": nil, "variant": nil, "customer": nil,
	"shop_order": nil, "order_count": nil, "order_item": nil, "order_payment": nil, "order_number": nil, "discount": nil, "shipping_zone": nil, "shipping_method": nil, "order_timeline": nil,
	"app": {"client_id", "client_secret_hash", "signing_key", "webhook_secret", "created_ms", "updated_ms"},
}

func TestSeedIsTheSameEveryTimeOfOneDay(t *testing.T) {
	t.Parallel()
	morning := seeded(t, time.Date(2026, 1, 30, 18, 45, 0, 0, time.UTC)) // 00:45 in Dhaka
	night := seeded(t, time.Date(2026, 1, 31, 18, 44, 59, 0, time.UTC))
	for table, without := range tables {
		a, b := dump(t, morning.DB, table, without...), dump(t, night.DB, table, without...)
		if len(a) == 0 {
			t.Errorf("%s is empty", table)
		}
		if diff := cmp.Diff(a, b); diff != "" {
			t.Errorf("%s (-morning +night):\n%s", table, diff)
		}
	}
	next := seeded(t, time.Date(2026, 1, 31, 18, 45, 0, 0, time.UTC))
	if cmp.Equal(dump(t, night.DB, "shop_order"), dump(t, next.DB, "shop_order")) {
		t.Error("a day later the orders are still of the day before")
	}
	if diff := cmp.Diff(dump(t, night.DB, "order_item"), dump(t, next.DB, "order_item")); diff != "" {
		t.Errorf("a day later other things were bought:\n%s", diff)
	}
}

func TestSeedFigures(t *testing.T) {
	t.Parallel()
	d := seeded(t, noon).DB
	for query, want := range map[string]int64{
		`SELECT COUNT(*) FROM store`:                                        3,
		`SELECT COUNT(*) FROM account`:                                      3,
		`SELECT COUNT(*) FROM account_store`:                                6,
		`SELECT COUNT(*) FROM product WHERE store_id = 22`:                  16,
		`SELECT COUNT(*) FROM product WHERE store_id = 23`:                  14,
		`SELECT COUNT(*) FROM product WHERE store_id = 24`:                  10,
		`SELECT COUNT(*) FROM customer`:                                     60,
		`SELECT COUNT(*) FROM shop_order`:                                   240,
		`SELECT MIN(id) FROM product`:                                       150,
		`SELECT MIN(id) FROM customer`:                                      301,
		`SELECT MIN(id) FROM shop_order WHERE store_id = 22`:                1001,
		`SELECT MAX(id) FROM shop_order`:                                    1240,
		`SELECT COUNT(*) FROM shop_order WHERE number = '1001'`:             3,
		`SELECT id FROM discount WHERE code = 'SUMMER20' AND store_id = 22`: 5,
		`SELECT COUNT(*) FROM discount WHERE store_id = 24`:                 4,
		`SELECT COUNT(*) FROM shipping_zone`:                                6,
		`SELECT id FROM app WHERE slug = 'restock'`:                         1,
		`SELECT id FROM app WHERE slug = 'my-app'`:                          2,
		`SELECT COUNT(*) FROM event`:                                        0,
		`SELECT COUNT(DISTINCT status) FROM shop_order WHERE store_id = 22`: 9,
		`SELECT COUNT(DISTINCT status) FROM shop_order WHERE store_id = 23`: 9,
		`SELECT COUNT(*) FROM variant WHERE price_minor <= 0`:               0,
		`SELECT COUNT(*) FROM (SELECT product_id FROM variant GROUP BY product_id HAVING COUNT(*) > 4 OR SUM(is_default) <> 1) AS odd`: 0,
		`SELECT COUNT(*) FROM customer WHERE phone NOT LIKE '01_________' OR substr(phone, 3, 1) NOT BETWEEN '3' AND '9'`:              0,
	} {
		if got := dbtest.Value[int64](t, d, query); got != want {
			t.Errorf("%s: %d, want %d", query, got, want)
		}
	}
	for query, low := range map[string]int64{
		`SELECT COUNT(*) FROM variant WHERE quantity = 0`:                                          3,
		`SELECT COUNT(*) FROM variant WHERE quantity BETWEEN 1 AND 4`:                              8,
		`SELECT COUNT(*) FROM shop_order WHERE store_id = 22 AND status = 'pending'`:               3,
		`SELECT COUNT(*) FROM shop_order WHERE store_id = 24 AND status = 'pending'`:               1,
		`SELECT COUNT(*) FROM shop_order WHERE financial_status = 'paid' AND status = 'cancelled'`: 1,
		`SELECT COUNT(DISTINCT payment_method) FROM shop_order`:                                    4,
	} {
		if got := dbtest.Value[int64](t, d, query); got < low {
			t.Errorf("%s: %d, want at least %d", query, got, low)
		}
	}
}

func TestSeededOrdersAreConsistent(t *testing.T) {
	t.Parallel()
	d := seeded(t, noon).DB
	for complaint, query := range map[string]string{
		"sub total is not the sum of the items": `SELECT COUNT(*) FROM shop_order o WHERE sub_total_minor <>
			(SELECT SUM(quantity * unit_price_minor) FROM order_item WHERE order_id = o.id)`,
		"grand total does not add up": `SELECT COUNT(*) FROM shop_order
			WHERE grand_total_minor <> sub_total_minor + tax_minor + shipping_minor - discount_minor OR grand_total_minor <= 0`,
		"payment is not the grand total": `SELECT COUNT(*) FROM shop_order o WHERE grand_total_minor <>
			(SELECT SUM(amount_minor) FROM order_payment WHERE order_id = o.id AND type = 'payment')`,
		"a refund is not the grand total": `SELECT COUNT(*) FROM shop_order o
			WHERE CASE financial_status WHEN 'refunded' THEN grand_total_minor ELSE 0 END <> refunded_minor OR refunded_minor <>
			(SELECT COALESCE(SUM(amount_minor), 0) FROM order_payment WHERE order_id = o.id AND type = 'refund')`,
		"a store counts on from elsewhere": `SELECT COUNT(*) FROM order_number n WHERE last <>
			(SELECT MAX(CAST(number AS BIGINT)) FROM shop_order WHERE store_id = n.store_id)`,
		"shipping is not what the zones say": `SELECT COUNT(*) FROM shop_order o WHERE shipping_minor <> (SELECT CASE
			WHEN o.sub_total_minor >= m.free_from_minor THEN 0 ELSE m.price_minor END
			FROM shipping_method m JOIN shipping_zone z ON z.id = m.zone_id
			WHERE m.store_id = o.store_id AND (z.name = 'Dhaka') = (o.city = 'Dhaka'))`,
		"an item is of another store": `SELECT COUNT(*) FROM order_item i JOIN shop_order o ON o.id = i.order_id
			JOIN variant v ON v.id = i.variant_id WHERE v.store_id <> o.store_id OR v.product_id <> i.product_id`,
		"a customer is of another store, or came later": `SELECT COUNT(*) FROM shop_order o JOIN customer c ON c.id = o.customer_id
			WHERE c.store_id <> o.store_id OR c.created_ms > o.created_ms OR c.phone <> o.customer_phone`,
		"ids do not follow time": `SELECT COUNT(*) FROM shop_order a JOIN shop_order b ON a.store_id = b.store_id
			AND a.id < b.id AND a.created_ms > b.created_ms`,
		"something lies in the future": fmt.Sprintf(`SELECT COUNT(*) FROM order_timeline WHERE created_ms > %d`, noon.UnixMilli()),
		"an order is older than 30 days": fmt.Sprintf(`SELECT COUNT(*) FROM shop_order WHERE created_ms < %d`,
			noon.Add(-30*24*time.Hour).UnixMilli()),
		"the last change is not the last of the timeline": `SELECT COUNT(*) FROM shop_order o WHERE updated_ms <>
			(SELECT MAX(created_ms) FROM order_timeline WHERE order_id = o.id)`,
		"a parcel has a number and has not been shipped, or the other way round": `SELECT COUNT(*) FROM shop_order
			WHERE (tracking_id IS NULL) <> (fulfillment_status = 'unfulfilled')`,
		"a counter is wrong": `SELECT COUNT(*) FROM order_count c WHERE n <>
			(SELECT COUNT(*) FROM shop_order WHERE store_id = c.store_id AND status = c.status)`,
	} {
		if n := dbtest.Value[int](t, d, query); n != 0 {
			t.Errorf("%s: %d rows", complaint, n)
		}
	}
	if n := dbtest.Value[int](t, d, `SELECT CAST(SUM(n) AS BIGINT) FROM order_count`); n != 240 {
		t.Errorf("the counters know %d orders", n)
	}
}

// TestSeededTimelinesAreLegal walks every order's timeline through the state
// table, and compares where it ends with the order.
func TestSeededTimelinesAreLegal(t *testing.T) {
	t.Parallel()
	d := seeded(t, noon).DB
	type row struct {
		order.State
		id              int64
		method, payment string
	}
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		orders, err := db.All(tx, func(r db.Row) (o row, err error) {
			err = r.Scan(&o.id, &o.Status, &o.Financial, &o.Fulfillment, &o.method, &o.payment)
			return o, err
		}, `SELECT o.id, o.status, financial_status, fulfillment_status, payment_method, p.status
			FROM shop_order o JOIN order_payment p ON p.order_id = o.id`)
		if err != nil {
			return err
		}
		for _, o := range orders {
			messages, err := db.All(tx, db.Value[string], `SELECT message FROM order_timeline WHERE order_id = $1 ORDER BY id`, o.id)
			if err != nil {
				return err
			}
			at := order.State{Status: api.OrderPending, Financial: order.Unpaid, Fulfillment: order.Unfulfilled}
			if o.method != order.CashOnDelivery {
				at.Financial = order.Paid
			}
			for _, m := range messages[1:] {
				from, to, _ := strings.Cut(strings.TrimPrefix(m, "Status changed from "), " to ")
				if from != at.Status || !slices.Contains(order.Next(at.Status, at.Financial), to) {
					t.Errorf("order %d: %q after %s", o.id, m, at.Status)
				}
				at = at.After(to, o.method)
			}
			if at != o.State || at.Payment() != o.payment {
				t.Errorf("order %d is %+v with payment %s, its timeline ends at %+v", o.id, o.State, o.payment, at)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

package order

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

// TestNothingIsLostOverAnySequence places, moves, refunds, cancels and deletes
// orders at random, three callers at once, and then adds everything up.
func TestNothingIsLostOverAnySequence(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.checkout()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	var wg sync.WaitGroup
	for n := range 3 {
		d := rand.New(rand.NewPCG(seed, uint64(n)))
		wg.Go(func() {
			var mine []int64
			for range 40 {
				mine = b.step(d, mine)
			}
		})
	}
	wg.Wait()
	b.audit()
}

// step does something at random that the rules may refuse.
func (b *bench) step(d *rand.Rand, mine []int64) []int64 {
	if len(mine) == 0 || d.IntN(3) == 0 {
		if id := b.placeAny(d); id != 0 {
			return append(mine, id)
		}
		return mine
	}
	path := fmt.Sprintf("%s/%d", orders, mine[d.IntN(len(mine))])
	var a storetest.Answer
	switch d.IntN(10) {
	case 0:
		a = b.Do(storetest.App, http.MethodDelete, path, nil)
	case 1, 2:
		a = b.Do(storetest.App, http.MethodPost, path+"/refund", object{"amount": d.IntN(500) + 1, "reason": "Any"})
	case 3:
		a = b.Do(storetest.App, http.MethodPost, path+"/refund", object{"reason": "All"})
	default:
		status := api.OrderStatuses[d.IntN(len(api.OrderStatuses))]
		a = b.Do(storetest.App, http.MethodPut, path+"/status", api.StatusChange{Status: status})
	}
	switch a.Code {
	case http.StatusOK, http.StatusConflict, http.StatusNotFound:
	default:
		b.t.Errorf("%s: %d %s", path, a.Code, a.Body)
	}
	return mine
}

// placeAny places some order and returns its id, or 0 when it is refused.
func (b *bench) placeAny(d *rand.Rand) int64 {
	pick := func(list ...any) any { return list[d.IntN(len(list))] }
	body := rahim(object{"payment_method": pick("cod", "bkash"), "user_id": pick(buyer, buyer+1)},
		item(variant, int64(d.IntN(3)+1)), item(1601, int64(d.IntN(70)+1)))
	if code := pick("", "SUMMER20", "FREESHIP", "LAST", "ALL"); code != "" {
		body["discount_code"] = code
	}
	a := b.Do(storetest.App, http.MethodPost, orders, body)
	var o api.Envelope[api.OrderDetail]
	if err := json.Unmarshal(a.Body.Bytes(), &o); err != nil || a.Code != http.StatusCreated && a.Code != http.StatusConflict {
		b.t.Errorf("%d %s", a.Code, a.Body)
	}
	if a.Code != http.StatusCreated {
		return 0
	}
	return o.Data.OrderID
}

// audit adds everything up: each query counts the rows that are wrong.
func (b *bench) audit() {
	b.t.Helper()
	for complaint, query := range map[string]string{
		"a total that does not add up": `SELECT COUNT(*) FROM shop_order WHERE grand_total_minor < 0
			OR grand_total_minor <> sub_total_minor + tax_minor + shipping_minor - discount_minor`,
		"a sub total that is not its items": `SELECT COUNT(*) FROM shop_order o WHERE sub_total_minor <>
			(SELECT SUM(quantity * unit_price_minor) FROM order_item WHERE order_id = o.id)`,
		"refunds above what was paid, or not those on record": `SELECT COUNT(*) FROM shop_order o WHERE refunded_minor > grand_total_minor OR refunded_minor <>
			(SELECT COALESCE(SUM(amount_minor), 0) FROM order_payment WHERE order_id = o.id AND type = 'refund')`,
		"stock that was lost or made": `SELECT COUNT(*) FROM variant v WHERE v.id IN (1501, 1601) AND v.quantity +
			(SELECT COALESCE(SUM(i.quantity), 0) FROM order_item i JOIN shop_order o ON o.id = i.order_id WHERE i.variant_id = v.id AND NOT EXISTS
				(SELECT 1 FROM order_timeline WHERE order_id = o.id AND message LIKE '% to cancelled'))
			<> CASE v.id WHEN 1501 THEN 10 ELSE 5000 END`,
		"a counter that is wrong": `SELECT COUNT(*) FROM order_count c WHERE n <>
			(SELECT COUNT(*) FROM shop_order WHERE store_id = c.store_id AND status = c.status AND deleted_ms IS NULL)`,
		"a customer's number of orders": `SELECT COUNT(*) FROM customer c WHERE total_orders <>
			(SELECT COUNT(*) FROM shop_order WHERE customer_id = c.id AND deleted_ms IS NULL)`,
		"what a customer spent": `SELECT COUNT(*) FROM customer c WHERE total_spent_minor <>
			(SELECT COALESCE(SUM(grand_total_minor - refunded_minor), 0) FROM shop_order o WHERE customer_id = c.id AND status NOT IN ('cancelled', 'refunded'))`,
		"a code's uses": `SELECT COUNT(*) FROM discount d WHERE used <> (SELECT COUNT(*) FROM discount_use WHERE discount_id = d.id)
			OR used <> (SELECT COUNT(*) FROM shop_order o WHERE discount_code = d.code AND NOT EXISTS
				(SELECT 1 FROM order_timeline WHERE order_id = o.id AND message LIKE '% to cancelled'))`,
		"a number given twice, or left out": `SELECT COUNT(*) FROM order_number WHERE last - 1000 <> (SELECT COUNT(*) FROM shop_order)`,
	} {
		if n := value[int](b, query); n != 0 {
			b.t.Errorf("%s: %d rows", complaint, n)
		}
	}
}

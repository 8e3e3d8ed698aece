package order

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

// TestTheLastPiecesAreSoldOnce places thirty orders at once for a stock of ten.
func TestTheLastPiecesAreSoldOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	codes := make(chan int, 30)
	var wg sync.WaitGroup
	for range cap(codes) {
		wg.Go(func() { codes <- b.Do(storetest.App, http.MethodPost, orders, rahim(nil, item(variant, 1))).Code })
	}
	wg.Wait()
	close(codes)
	count := map[int]int{}
	for code := range codes {
		count[code]++
	}
	if diff := cmp.Diff(map[int]int{http.StatusCreated: 10, http.StatusConflict: 20}, count); diff != "" || b.left(variant) != 0 {
		t.Errorf("%d left; (-want +got):\n%s", b.left(variant), diff)
	}
	// Numbers have no gaps: those who were refused took none.
	if low, high := value[string](b, `SELECT MIN(number) FROM shop_order`), value[string](b, `SELECT MAX(number) FROM shop_order`); low != "1001" || high != "1010" {
		t.Errorf("numbers %s to %s", low, high)
	}
}

func TestTheSameKeyPlacesOneOrder(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	bodies := make(chan string, 8)
	var wg sync.WaitGroup
	for range cap(bodies) {
		wg.Go(func() {
			a := b.send(http.MethodPost, orders, rahim(nil, item(variant, 1)), api.HeaderIdempotency, "order-1")
			bodies <- fmt.Sprint(a.Code, a.Body)
		})
	}
	wg.Wait()
	close(bodies)
	first := <-bodies
	for body := range bodies {
		if body != first {
			t.Errorf("another answer: %s\n%s", body, first)
		}
	}
	if n := value[int](b, `SELECT COUNT(*) FROM shop_order`); n != 1 || b.left(variant) != stock-1 || !strings.HasPrefix(first, "201") {
		t.Errorf("%d orders, %d left: %s", n, b.left(variant), first)
	}
	b.send(http.MethodPost, orders, rahim(nil, item(variant, 2)), api.HeaderIdempotency, "order-1").Refusal(http.StatusConflict)
}

// TestTheLastUseOfACodeIsOnes: of many orders that want it one gets it, and
// its cancellation gives it to another.
func TestTheLastUseOfACodeIsOnes(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.checkout()
	got := make(chan int64, 6)
	var wg sync.WaitGroup
	for range cap(got) {
		wg.Go(func() {
			a := b.Do(storetest.App, http.MethodPost, orders, rahim(object{"discount_code": "LAST"}, item(1601, 1)))
			var o api.Envelope[api.OrderDetail]
			if a.Code == http.StatusCreated && json.Unmarshal(a.Body.Bytes(), &o) == nil {
				got <- o.Data.OrderID
			}
		})
	}
	wg.Wait()
	if len(got) != 1 {
		t.Fatalf("%d orders have the code", len(got))
	}
	if _, err := b.change(<-got, api.OrderCancelled); err != nil {
		t.Fatal(err)
	}
	if b.left(1601) != 5000 {
		t.Errorf("%d left", b.left(1601))
	}
	b.post(rahim(object{"discount_code": "LAST"}, item(1601, 1)))
}

// TestARepeatedChangeIsMadeOnce repeats each write of an order under its key.
func TestARepeatedChangeIsMadeOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add(made{status: api.OrderProcessing, method: "bkash"})
	for n, c := range []struct {
		method, path string
		body         any
		says         string // in the answer
	}{
		{http.MethodPut, "", object{"note": "Once"}, "Order updated."},
		{http.MethodPut, "/fulfillment", object{"courier": "Pathao"}, "Order shipped."},
		{http.MethodPut, "/status", object{"status": "delivered"}, "Order status changed."},
		{http.MethodPost, "/refund", object{"amount": 10, "reason": "Part"}, "Order refunded."},
		{http.MethodPost, "/refund", object{"reason": "Rest"}, "Order refunded."},
		{http.MethodDelete, "", nil, "Order deleted."},
	} {
		key := fmt.Sprint("key ", n)
		first := b.send(c.method, orders+"/1001"+c.path, c.body, api.HeaderIdempotency, key)
		again := b.send(c.method, orders+"/1001"+c.path, c.body, api.HeaderIdempotency, key)
		if first.Code != http.StatusOK || !strings.Contains(first.Body.String(), c.says) || again.Body.String() != first.Body.String() ||
			again.Header().Get(api.HeaderReplayed) != "true" {
			t.Errorf("%s %s: %d %s\nagain %d %s", c.method, c.path, first.Code, first.Body, again.Code, again.Body)
		}
	}
	if n := value[int](b, `SELECT COUNT(*) FROM order_timeline`); n != 9 {
		t.Errorf("%d timeline entries, want 9", n)
	}
}

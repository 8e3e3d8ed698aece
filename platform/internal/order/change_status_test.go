package order

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

// change moves an order as the florist's merchant.
func (b *bench) change(id int64, status string) (o api.OrderDetail, err error) {
	err = b.DB.Write(b.t.Context(), func(tx *db.Tx) error {
		o, err = b.ChangeStatus(tx, storetest.Florist, "Farhana Rahman", id, api.StatusChange{Status: status})
		return err
	})
	return o, err
}

// eventsOf returns the events of a topic, or of all for "".
func eventsOf(b *bench, topic string) (list []api.WebhookBody[api.OrderEvent]) {
	b.t.Helper()
	err := b.DB.Read(b.t.Context(), func(tx *db.Tx) error {
		bodies, err := db.All(tx, db.Value[[]byte], `SELECT body FROM event WHERE topic = $1 OR $1 = '' ORDER BY seq`, topic)
		for _, body := range bodies {
			var e api.WebhookBody[api.OrderEvent]
			if err := json.Unmarshal(body, &e); err != nil {
				return err
			}
			list = append(list, e)
		}
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return list
}

func topics(events []api.WebhookBody[api.OrderEvent]) (list []string) {
	for _, e := range events {
		list = append(list, e.EventTopic)
	}
	return list
}

func TestAMoveChangesEverythingTogether(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id := b.add(made{placed: storetest.Now.Add(-1)}, made{id: 1002})
	got, err := b.change(id, api.OrderConfirmed)
	if err != nil {
		t.Fatal(err)
	}
	if got.OrderStatus != api.OrderConfirmed || got.FinancialStatus != Unpaid || got.UpdatedAt.Time != storetest.Now {
		t.Errorf("got %+v", got.Order)
	}
	if diff := cmp.Diff([]string{"processing", "hold", "cancelled"}, got.NextStatuses); diff != "" {
		t.Errorf("next (-want +got):\n%s", diff)
	}
	want := []api.TimelineEntry{
		{Kind: "created", Message: "Order placed", Actor: "Store", CreatedAt: api.Time{Time: storetest.Now}},
		{Kind: "status_changed", Message: "Status changed from pending to confirmed", Actor: "Farhana Rahman", CreatedAt: api.Time{Time: storetest.Now}},
	}
	if diff := cmp.Diff(want, got.Timeline); diff != "" {
		t.Errorf("timeline (-want +got):\n%s", diff)
	}
	for status, n := range map[string]int{"pending": 1, "confirmed": 1} {
		if c := value[int](b, `SELECT n FROM order_count WHERE store_id = 22 AND status = $1`, status); c != n {
			t.Errorf("%d orders counted as %s, want %d", c, status, n)
		}
	}
	if q := value[int](b, `SELECT quantity FROM variant WHERE id = $1`, variant); q != stock {
		t.Errorf("stock %d, want %d", q, stock)
	}
}

func TestEventsOfAMove(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id := b.add(made{})
	for _, status := range []string{api.OrderConfirmed, api.OrderCancelled} {
		if _, err := b.change(id, status); err != nil {
			t.Fatal(err)
		}
	}
	events := eventsOf(b, "")
	want := []string{"order.status_changed", "order.updated", "inventory.updated", "order.status_changed", "order.updated", "order.cancelled"}
	if diff := cmp.Diff(want, topics(events)); diff != "" {
		t.Fatalf("topics (-want +got):\n%s", diff)
	}
	events = slices.Delete(events, 2, 3) // that of the stock is catalog's
	record, err := b.change(id, api.OrderPending)
	if !problem.Is(err, api.CodeConflict) {
		t.Fatalf("got %+v, %v", record, err)
	}
	list := storetest.Into[api.List[api.Order]](b.Get(storetest.Merchant, "/api/stores/22/orders")).Data
	wantData := api.OrderEvent{
		OrderID: id, OrderNumber: "1001", CustomerName: "Rahim Ahmed", CustomerPhone: "01712345678", Total: 106000,
		StoreName: "FloristBD", Status: api.OrderCancelled, PreviousStatus: api.OrderConfirmed, Order: list[0],
	}
	for _, e := range events[2:] {
		want := wantData
		if e.EventTopic == api.TopicOrderUpdated {
			want.PreviousStatus = ""
		}
		if diff := cmp.Diff(want, e.Data); diff != "" || e.StoreID != storetest.Florist {
			t.Errorf("%s of store %d (-want +got):\n%s", e.EventTopic, e.StoreID, diff)
		}
	}
}

func TestCancellingReturnsTheStockOnceAndARefundDoesNot(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	paid := b.add(made{method: "bkash"})
	sent := b.add(made{id: 1002, status: api.OrderShipped})
	for _, move := range []struct {
		id     int64
		status string
		stock  int
	}{
		{paid, api.OrderConfirmed, stock}, {paid, api.OrderCancelled, stock + 2}, {paid, api.OrderRefunded, stock + 2},
		{sent, api.OrderDelivered, stock + 2}, {sent, api.OrderRefunded, stock + 2},
	} {
		got, err := b.change(move.id, move.status)
		if err != nil {
			t.Fatal(err)
		}
		if q := value[int](b, `SELECT quantity FROM variant WHERE id = $1`, variant); q != move.stock {
			t.Errorf("order %d became %s: stock %d, want %d", move.id, move.status, q, move.stock)
		}
		if state := stateOf(got.Order); got.Payments[0].Status != state.Payment() {
			t.Errorf("order %d is %+v, its payment %s", move.id, state, got.Payments[0].Status)
		}
	}
	if q := value[int](b, `SELECT quantity FROM variant WHERE id = $1`, variant+1); q != stock {
		t.Errorf("the other store's stock is %d, want %d", q, stock)
	}
}

func TestRefusedMovesChangeNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id := b.add(made{status: api.OrderDelivered, method: "bkash"})
	for status, code := range map[string]string{
		api.OrderPending: api.CodeConflict, api.OrderDelivered: api.CodeConflict, "lost": api.CodeValidation, "": api.CodeValidation,
	} {
		if _, err := b.change(id, status); !problem.Is(err, code) {
			t.Errorf("to %q: %v, want %s", status, err, code)
		}
	}
	if n := len(eventsOf(b, "")) + value[int](b, `SELECT COUNT(*) FROM order_timeline`); n != 1 {
		t.Errorf("%d events and timeline entries, want the first alone", n)
	}
	e := b.Do(storetest.Merchant, http.MethodPut, "/api/stores/22/orders/1001/status", api.StatusChange{Status: "pending"}).Refusal(http.StatusConflict)
	if e.Message != "A delivered order can become completed or refunded, not pending." {
		t.Errorf("got %q", e.Message)
	}
	e = b.Do(storetest.Merchant, http.MethodPut, "/api/stores/22/orders/1001/status", map[string]string{}).Refusal(http.StatusBadRequest)
	want := []api.FieldError{{Field: "status", Message: "must be one of pending, confirmed, processing, shipped, delivered, completed, hold, cancelled, refunded"}}
	if diff := cmp.Diff(want, e.Errors); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOfManyEqualMovesOneWins(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id := b.add(made{status: api.OrderConfirmed})
	var wg sync.WaitGroup
	results := make(chan error, 16)
	for range cap(results) {
		wg.Go(func() {
			_, err := b.change(id, api.OrderCancelled)
			results <- err
		})
	}
	wg.Wait()
	close(results)
	won := 0
	for err := range results {
		switch {
		case err == nil:
			won++
		case !problem.Is(err, api.CodeConflict):
			t.Error(err)
		}
	}
	if won != 1 {
		t.Errorf("%d moves won", won)
	}
	if q := value[int](b, `SELECT quantity FROM variant WHERE id = $1`, variant); q != stock+2 {
		t.Errorf("stock %d, want %d", q, stock+2)
	}
	if n := len(eventsOf(b, api.TopicOrderCancelled)); n != 1 {
		t.Errorf("%d events", n)
	}
}

// TestAStaleMoveLoses moves from a status that the order has left: the guard
// of the UPDATE holds even where two transactions read the same row.
func TestAStaleMoveLoses(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id := b.add(made{})
	err := b.DB.Write(t.Context(), func(tx *db.Tx) error {
		before, err := byID(tx, storetest.Florist, id)
		if err != nil {
			return err
		}
		if err := b.move(tx, before, api.OrderConfirmed, "First"); err != nil {
			return err
		}
		return b.move(tx, before, api.OrderCancelled, "Second")
	})
	if !problem.Is(err, api.CodeConflict) {
		t.Errorf("got %v", err)
	}
}

// TestCountersAgreeAfterAnyMoves makes random moves, legal or not, by several
// callers at once.
func TestCountersAgreeAfterAnyMoves(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	var wg sync.WaitGroup
	for n := range 4 {
		d := rand.New(rand.NewPCG(seed, uint64(n)))
		first := int64(2000 + 100*n)
		for i := range 8 {
			method := []string{CashOnDelivery, "bkash"}[d.IntN(2)]
			b.add(made{id: first + int64(i), status: api.OrderStatuses[d.IntN(len(api.OrderStatuses))], method: method})
		}
		wg.Go(func() {
			for range 60 {
				_, err := b.change(first+int64(d.IntN(8)), api.OrderStatuses[d.IntN(len(api.OrderStatuses))])
				if err != nil && !problem.Is(err, api.CodeConflict) {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	counts := map[string]int{}
	for _, status := range api.OrderStatuses {
		counts[status] = value[int](b, `SELECT COUNT(*) FROM shop_order WHERE store_id = 22 AND status = $1`, status)
	}
	for status, want := range counts {
		target := fmt.Sprintf("/api/stores/22/orders?status=%s&limit=1", status)
		if got := storetest.Into[api.List[api.Order]](b.Get(storetest.Merchant, target)).Pagination.Total; got != want {
			t.Errorf("%s: counted %d, there are %d", status, got, want)
		}
	}
	if got := storetest.Into[api.List[api.Order]](b.Get(storetest.Merchant, "/api/stores/22/orders?limit=1")).Pagination.Total; got != 32 {
		t.Errorf("counted %d, there are 32", got)
	}
	moves := value[int](b, `SELECT COUNT(*) FROM order_timeline WHERE kind = 'status_changed'`)
	if events := len(eventsOf(b, api.TopicOrderStatusChanged)); events != moves || moves == 0 {
		t.Errorf("%d events of %d moves", events, moves)
	}
	restocked := value[int](b, `SELECT COUNT(*) FROM order_timeline WHERE message LIKE '% to cancelled'`)
	if q := value[int](b, `SELECT quantity FROM variant WHERE id = $1`, variant); q != stock+2*restocked {
		t.Errorf("stock %d after %d cancellations, want %d", q, restocked, stock+2*restocked)
	}
}

// TestAFailedEventUndoesTheMove: without its event no change is kept.
func TestAFailedEventUndoesTheMove(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	id := b.add(made{})
	dbtest.Full(t, b.DB, "event", "NEW.store_id > 0")
	if _, err := b.change(id, api.OrderConfirmed); err == nil {
		t.Fatal("the move succeeded")
	}
	if s := value[string](b, `SELECT status FROM shop_order WHERE id = $1`, id); s != api.OrderPending {
		t.Errorf("the order is %s", s)
	}
	if n := value[int](b, `SELECT COUNT(*) FROM order_timeline`); n != 1 {
		t.Errorf("%d timeline entries", n)
	}
}

func TestAppsMoveOrdersTooWithTheirName(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add(made{})
	got := storetest.Data[api.OrderDetail](b.Do(storetest.App, http.MethodPut, "/api/apps/v1/orders/1001/status", api.StatusChange{Status: "confirmed"}))
	if last := got.Timeline[len(got.Timeline)-1]; last.Actor != "Restock" || !slices.Contains(got.NextStatuses, "processing") {
		t.Errorf("got %+v", got)
	}
	e := b.Do(storetest.BlindApp, http.MethodPut, "/api/apps/v1/orders/1001/status", api.StatusChange{Status: "hold"}).Refusal(http.StatusForbidden)
	if e.Code != api.CodeInsufficientScope {
		t.Errorf("got %+v", e)
	}
}

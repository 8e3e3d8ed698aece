package order

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

// refundBy refunds order 1001.
func (b *bench) refundBy(as string, body any) storetest.Answer {
	b.t.Helper()
	path := orders
	if as == storetest.Merchant {
		path = dashboardOrders
	}
	return b.Do(as, http.MethodPost, path+"/1001/refund", body)
}

func (b *bench) spent() int64 {
	b.t.Helper()
	return value[int64](b, `SELECT total_spent_minor FROM customer WHERE id = 301`)
}

func TestARefundInParts(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add(made{method: "bkash", status: api.OrderDelivered})
	part := storetest.Data[api.OrderDetail](b.refundBy(storetest.App, object{"amount": 60.5, "reason": "One stem was broken"}))
	if part.OrderStatus != api.OrderDelivered || part.FinancialStatus != Paid || part.RefundedAmount != 60_50 || b.spent() != 999_50 {
		t.Errorf("after a part: %+v; spent %d", part, b.spent())
	}
	if e := last(part); e.Kind != "refunded" || e.Message != "Refunded 60.50: One stem was broken" || e.Actor != "Restock" {
		t.Errorf("timeline %+v", e)
	}
	e := b.refundBy(storetest.App, object{"amount": 999.51, "reason": "More"}).Refusal(http.StatusConflict)
	if e.Message != "At most 999.50 can be refunded: 1060.00 was paid and 60.50 refunded already." {
		t.Errorf("too much: %q", e.Message)
	}
	rest := storetest.Data[api.OrderDetail](b.refundBy(storetest.Merchant, object{"reason": "It came late"}))
	if rest.OrderStatus != api.OrderRefunded || rest.FinancialStatus != Refunded || rest.RefundedAmount != 1060_00 || b.spent() != 0 {
		t.Errorf("after the rest: %+v; spent %d", rest, b.spent())
	}
	at, broken, late := api.Time{Time: storetest.Now}, "One stem was broken", "It came late"
	want := []api.OrderPayment{
		{PaymentID: 1, Type: "payment", Method: "bkash", Amount: 1060_00, Status: "refunded", CreatedAt: at},
		{PaymentID: 2, Type: "refund", Method: "bkash", Amount: 60_50, Status: "refunded", Reason: &broken, CreatedAt: at},
		{PaymentID: 3, Type: "refund", Method: "bkash", Amount: 999_50, Status: "refunded", Reason: &late, CreatedAt: at},
	}
	if diff := cmp.Diff(want, rest.Payments); diff != "" {
		t.Errorf("payments (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"order.updated", "order.status_changed", "order.updated"}, topics(eventsOf(b, ""))); diff != "" {
		t.Errorf("topics (-want +got):\n%s", diff)
	}
	b.refundBy(storetest.App, object{"reason": "Again"}).Refusal(http.StatusConflict)
}

func TestTheStatusRefundsWhatIsLeft(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add(made{method: "bkash", status: api.OrderCompleted})
	storetest.Data[api.OrderDetail](b.refundBy(storetest.App, object{"amount": 60, "reason": "Part"}))
	got, err := b.change(1001, api.OrderRefunded)
	if err != nil {
		t.Fatal(err)
	}
	if got.RefundedAmount != 1060_00 || len(got.Payments) != 3 || got.Payments[2].Amount != 1000_00 || b.spent() != 0 {
		t.Errorf("got %+v; spent %d", got, b.spent())
	}
}

func TestACancelledOrderIsPaidBack(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add(made{method: "nagad"})
	if _, err := b.change(1001, api.OrderCancelled); err != nil {
		t.Fatal(err)
	}
	part := storetest.Data[api.OrderDetail](b.refundBy(storetest.App, object{"amount": 1000, "reason": "Part"}))
	if part.OrderStatus != api.OrderCancelled || b.spent() != 0 {
		t.Errorf("%s, spent %d", part.OrderStatus, b.spent())
	}
	if rest := storetest.Data[api.OrderDetail](b.refundBy(storetest.App, object{"amount": 60, "reason": "Rest"})); rest.OrderStatus != api.OrderRefunded || b.spent() != 0 {
		t.Errorf("%s, spent %d", rest.OrderStatus, b.spent())
	}
}

func TestRefundsThatAreRefused(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for n, c := range []struct {
		made
		body object
		code int
		says string
	}{
		{made{method: "bkash"}, object{"reason": "x"}, 409, "A pending order can become confirmed, hold or cancelled, not refunded."},
		{made{method: "bkash", status: api.OrderShipped}, object{"reason": "x"}, 409, "A shipped order can become delivered, not refunded."},
		{made{status: api.OrderCancelled}, object{"reason": "x"}, 409, "A cancelled order cannot change any more"},
		{made{status: api.OrderDelivered}, object{"reason": "x"}, 409, "nothing was paid"},
		{made{method: "bkash", status: api.OrderDelivered}, object{"reason": " "}, 400, "reason must have 1 to 500"},
		{made{method: "bkash", status: api.OrderDelivered}, object{"reason": strings.Repeat("x", 501)}, 400, "reason must have 1 to 500"},
		{made{method: "bkash", status: api.OrderDelivered}, object{"reason": "x", "amount": 0}, 400, "amount must be above 0"},
		{made{method: "bkash", status: api.OrderDelivered}, object{"reason": "x", "amount": -5}, 400, "amount must be above 0"},
		{made{method: "bkash", status: api.OrderDelivered}, object{"reason": "x", "amount": "5"}, 400, "amount must be a number"},
		{made{method: "bkash", status: api.OrderDelivered}, object{"reason": "x", "amount": 1060.01}, 409, "At most 1060.00"},
	} {
		c.made.id = int64(1001 + n)
		b.add(c.made)
		a := b.Do(storetest.App, http.MethodPost, fmt.Sprintf("%s/%d/refund", orders, c.made.id), c.body)
		if e := a.Refusal(c.code); !strings.Contains(e.Message, c.says) {
			t.Errorf("%+v %v: %q, want %q", c.made, c.body, e.Message, c.says)
		}
	}
	if n := len(eventsOf(b, "")) + value[int](b, `SELECT COUNT(*) FROM order_timeline`) + value[int](b, `SELECT COUNT(*) FROM order_payment`); n != 20 {
		t.Errorf("%d events, timeline entries and payments, want those of ten new orders", n)
	}
}

// TestRefundsNeverExceedWhatWasPaid: of twenty refunds at once of a tenth each
// ten are paid.
func TestRefundsNeverExceedWhatWasPaid(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add(made{method: "card", status: api.OrderCompleted})
	codes := make(chan int, 20)
	var wg sync.WaitGroup
	for n := range cap(codes) {
		wg.Go(func() {
			codes <- b.refundBy(storetest.App, object{"amount": 106, "reason": fmt.Sprint("Part ", n)}).Code
		})
	}
	wg.Wait()
	close(codes)
	paid := 0
	for code := range codes {
		if code == http.StatusOK {
			paid++
		}
	}
	sum := value[int64](b, `SELECT CAST(SUM(amount_minor) AS BIGINT) FROM order_payment WHERE type = 'refund'`)
	if status := value[string](b, `SELECT status FROM shop_order`); paid != 10 || sum != 1060_00 || status != api.OrderRefunded || b.spent() != 0 {
		t.Errorf("%d refunds of %d in all, the order is %s, the customer spent %d", paid, sum, status, b.spent())
	}
}

func TestAFailedEventUndoesTheRefund(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add(made{method: "bkash", status: api.OrderDelivered})
	dbtest.Full(t, b.DB, "event", "NEW.store_id > 0")
	b.refundBy(storetest.App, object{"reason": "Late"}).Refusal(http.StatusInternalServerError)
	got := storetest.Data[api.OrderDetail](b.Get(storetest.App, orders+"/1001"))
	if got.OrderStatus != api.OrderDelivered || got.RefundedAmount != 0 || len(got.Payments) != 1 || len(got.Timeline) != 1 || b.spent() != 1060_00 {
		t.Errorf("got %+v; spent %d", got, b.spent())
	}
}

package order

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
)

// legal is the contract's list of moves, written out: every pair that is not
// here is refused.
var legal = []string{
	"pending>confirmed", "pending>hold", "pending>cancelled",
	"confirmed>processing", "confirmed>hold", "confirmed>cancelled",
	"processing>shipped", "processing>hold", "processing>cancelled",
	"hold>pending", "hold>confirmed", "hold>processing", "hold>cancelled",
	"shipped>delivered",
	"delivered>completed", "delivered>refunded",
	"completed>refunded",
}

func TestEveryPairOfStatuses(t *testing.T) {
	t.Parallel()
	for _, financial := range []string{Unpaid, Paid, Refunded} {
		for _, from := range api.OrderStatuses {
			var got, want []string
			for _, to := range api.OrderStatuses {
				pair := from + ">" + to
				if slices.Contains(legal, pair) || pair == "cancelled>refunded" && financial == Paid {
					want = append(want, to)
				}
				if slices.Contains(Next(from, financial), to) {
					got = append(got, to)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s and %s (-want +got):\n%s", from, financial, diff)
			}
		}
	}
	if next := Next(api.OrderRefunded, Refunded); next == nil || len(next) != 0 {
		t.Errorf("a final status has moves %v, want an empty list", next)
	}
}

func TestNextCannotChangeTheTable(t *testing.T) {
	t.Parallel()
	Next(api.OrderPending, Unpaid)[0] = "lost"
	if slices.Contains(Next(api.OrderPending, Unpaid), "lost") {
		t.Error("the caller holds the table itself")
	}
}

func TestWhatAMoveChanges(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from    State
		to      string
		method  string
		want    State
		payment string
	}{
		{State{"pending", Unpaid, Unfulfilled}, "confirmed", "cod", State{"confirmed", Unpaid, Unfulfilled}, "pending"},
		{State{"processing", Unpaid, Unfulfilled}, "shipped", "cod", State{"shipped", Unpaid, Fulfilled}, "pending"},
		{State{"shipped", Unpaid, Fulfilled}, "delivered", "cod", State{"delivered", Paid, Fulfilled}, "paid"},
		{State{"shipped", Unpaid, Fulfilled}, "delivered", "bkash", State{"delivered", Unpaid, Fulfilled}, "pending"},
		{State{"delivered", Paid, Fulfilled}, "refunded", "cod", State{"refunded", Refunded, Fulfilled}, "refunded"},
		{State{"pending", Unpaid, Unfulfilled}, "cancelled", "cod", State{"cancelled", Unpaid, Unfulfilled}, "cancelled"},
		{State{"pending", Paid, Unfulfilled}, "cancelled", "bkash", State{"cancelled", Paid, Unfulfilled}, "paid"},
		{State{"cancelled", Paid, Unfulfilled}, "refunded", "bkash", State{"refunded", Refunded, Unfulfilled}, "refunded"},
	} {
		got := c.from.After(c.to, c.method)
		if got != c.want || got.Payment() != c.payment {
			t.Errorf("%+v to %s by %s: %+v, payment %s; want %+v, %s", c.from, c.to, c.method, got, got.Payment(), c.want, c.payment)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ status, financial, asked, want string }{
		{"delivered", Paid, "pending", "A delivered order can become completed or refunded, not pending."},
		{"shipped", Unpaid, "cancelled", "A shipped order can become delivered, not cancelled."},
		{"hold", Unpaid, "shipped", "An order on hold can become pending, confirmed, processing or cancelled, not shipped."},
		{"confirmed", Unpaid, "confirmed", "This order is already confirmed. It can become processing, hold or cancelled."},
		{"hold", Unpaid, "hold", "This order is already on hold. It can become pending, confirmed, processing or cancelled."},
		{"refunded", Refunded, "refunded", "This order is already refunded."},
		{"cancelled", Unpaid, "refunded", "A cancelled order cannot change any more, so it cannot become refunded."},
		{"cancelled", Paid, "pending", "A cancelled order can become refunded, not pending."},
	} {
		if got := refusal(State{Status: c.status, Financial: c.financial}, c.asked); got != c.want {
			t.Errorf("%s to %s:\n got %s\nwant %s", c.status, c.asked, got, c.want)
		}
	}
}

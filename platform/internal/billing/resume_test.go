package billing_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
)

// A subscription that was to end when its notice was due, and goes on after
// all, is told of at once; one that was told of is not told of again.
func TestAResumedSubscriptionIsToldOf(t *testing.T) {
	t.Parallel()
	b := newPlan(t)
	c := b.start(nil)
	for range 2 {
		b.step(c.ChargeID, "cancel", api.CancelSubscription{AtPeriodEnd: true})
		b.until(time.Date(2027, 2, 26, 0, 0, 0, 0, time.UTC)) // the notice was due on the 25th
		b = b.refresh()
		b.step(c.ChargeID, "resume", nil)
	}
	b.until(time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC))
	want := []string{
		"2027-01-31 charge.created", "2027-01-31 charge.activated",
		"2027-02-26 subscription.renewal_pending", "2027-02-28 charge.activated renewed",
	}
	if diff := cmp.Diff(want, b.told(c.ChargeID)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

package billing_test

import (
	"net/http"
	"slices"
	"sync"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

// Two subscriptions are paid at once: one takes the other's place. Of two offers
// of one plan with a trial only one begins: who approved the other one did not
// agree to pay at once.
func TestSubscriptionsThatBeginAtOnceTakeTurns(t *testing.T) {
	t.Parallel()
	d := newDesk(t, api.FeePayerDeveloper)
	for round := range 10 {
		trial := 14 * (round % 2)
		dbtest.Exec(t, d.db, `UPDATE charge SET status = 'declined', trial_ends_ms = NULL WHERE type = 'recurring'`)
		var ids [2]int64
		for n := range ids {
			ids[n] = d.offer("subscriptions", map[string]any{"name": "Pro", "amount": 500, "billing_interval": "monthly", "trial_days": trial}).ChargeID
		}
		var wg sync.WaitGroup
		var answers [2]int
		for n, id := range ids {
			wg.Go(func() { answers[n] = d.step(id, api.PaymentPay) })
		}
		wg.Wait()
		slices.Sort(answers[:])
		second := map[int]int{0: http.StatusOK, 14: http.StatusConflict}[trial] // nobody approved it without a trial
		if answers != [2]int{http.StatusOK, second} {
			t.Errorf("trial of %d days: the payments answered %v", trial, answers)
		}
		if n := dbtest.Value[int](t, d.db, `SELECT COUNT(*) FROM charge WHERE status = 'active'`); n != 1 {
			t.Errorf("%d subscriptions go on", n)
		}
		if n := dbtest.Value[int](t, d.db, `SELECT COUNT(*) FROM charge WHERE trial_ends_ms IS NOT NULL`); n != min(1, trial) {
			t.Errorf("%d of them had the trial", n)
		}
	}
}

// A top-up is paid back while the app spends it: what goes back is what is left,
// and a refusal names what is.
func TestATopupIsPaidBackWhileItIsSpent(t *testing.T) {
	t.Parallel()
	d := newDesk(t, api.FeePayerDeveloper)
	for range 10 {
		c := d.buy("wallet-topup", map[string]any{"amount": 100})
		var wg sync.WaitGroup
		var back, spent int
		wg.Go(func() { back = d.refund(c.ChargeID, `{"reason": "Not needed"}`).Code })
		wg.Go(func() {
			storetest.Write(t, d.db, func(tx *db.Tx) error {
				n, err := tx.Exec(`UPDATE wallet SET balance_minor = balance_minor - 4000, spent_minor = spent_minor + 4000 WHERE balance_minor >= 4000`)
				spent = int(n)
				return err
			})
		})
		wg.Wait()
		left := api.Money(dbtest.Value[int](t, d.db, `SELECT balance_minor FROM wallet`))
		if got := d.read(c.ChargeID).RefundedAmount; back != http.StatusOK || left != 0 || got != api.Money(100_00-spent*40_00) {
			t.Errorf("the refund answered %d and paid back %v, %d times 40.00 are spent and %v are left", back, got, spent, left)
		}
	}
}

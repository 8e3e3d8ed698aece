package billing_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/queue/queuetest"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
	"github.com/selorax/sandbox/platform/internal/timer"
)

// BenchmarkCharge measures a one-time charge made over HTTP.
func BenchmarkCharge(b *testing.B) {
	d := newDesk(b, api.FeePayerDeveloper)
	for b.Loop() {
		if a := d.Do(storetest.App, http.MethodPost, "/api/apps/v1/billing/charges", map[string]any{"name": "Pack", "amount": 500}); a.Code != http.StatusCreated {
			b.Fatal(a.Body)
		}
	}
}

// BenchmarkRenewals measures one clock move that renews 10,000 subscriptions,
// each with its notice three days before.
func BenchmarkRenewals(b *testing.B) {
	const count = 10_000
	for b.Loop() {
		b.StopTimer()
		d := newDesk(b, api.FeePayerDeveloper)
		queuetest.Run(b, d.queue)
		d.subscribeMany(b, count)
		b.StartTimer()
		started := time.Now()
		if err := d.timer.Advance(b.Context(), timer.Move{By: 32 * 24 * time.Hour}); err != nil {
			b.Fatal(err)
		}
		took := time.Since(started)
		b.StopTimer()
		if n := dbtest.Value[int](b, d.db, `SELECT COUNT(*) FROM payment WHERE number = 2`); n != count {
			b.Fatalf("%d are renewed", n)
		}
		b.ReportMetric(count/took.Seconds(), "renewals/s")
		b.StartTimer()
	}
}

// subscribeMany makes subscriptions that are paid for.
func (d *desk) subscribeMany(t testing.TB, count int) {
	owner, caller := storetest.Caller(storetest.Merchant), storetest.Caller(storetest.App)
	amount, interval, beside := api.Money(500_00), api.IntervalMonthly, false
	for made := 0; made < count; made += 500 {
		storetest.Write(t, d.db, func(tx *db.Tx) error {
			for n := range 500 {
				c, _, err := d.service.Create(tx, caller, api.NewCharge{
					Type: api.ChargeRecurring, Name: fmt.Sprintf("Plan %d", made+n), Amount: &amount, BillingInterval: &interval, Replaces: &beside,
				})
				if err != nil {
					return err
				}
				for _, step := range []func(*db.Tx, api.Charge) (api.Charge, string, error){d.service.Approve, d.service.Pay(api.PaymentPay)} {
					if _, err := d.service.Decide(tx, owner, c.ChargeID, step); err != nil {
						return err
					}
				}
			}
			return nil
		})
	}
}

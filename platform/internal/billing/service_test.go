package billing_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/billing"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/ledger"
	"github.com/selorax/sandbox/platform/internal/money"
	"github.com/selorax/sandbox/platform/internal/queue"
	"github.com/selorax/sandbox/platform/internal/queue/queuetest"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
	"github.com/selorax/sandbox/platform/internal/timer"
)

// desk is the billing of one app on one store, without the platform around it.
type desk struct {
	*storetest.Server
	t       testing.TB
	db      *db.DB
	queue   *queue.Queue
	timer   *timer.Timer
	service *billing.Service
}

// newDesk has the callers' app with a commission of 10 %, installed on the
// florist's store. The queue does not run yet.
func newDesk(t testing.TB, feePayer string) *desk {
	d := storetest.New(t)
	dbtest.Exec(t, d, `INSERT INTO account (id, name, email, password_hash, roles, created_ms) VALUES (1, 'Merchant', 'm@example.com', 'x', 'merchant', 1)`)
	a, _ := apptest.Register(t, d, "restock", "", api.Billing)
	dbtest.Exec(t, d, `UPDATE app SET commission_ppm = 100000, fee_payer = $1`, feePayer)
	apptest.Install(t, d, a.AppID, storetest.Florist, api.Billing)
	q := queuetest.New(t, d)
	tm := &timer.Timer{DB: d, Queue: q, Busy: []func(*db.Tx) (int, error){billing.Busy}}
	s := &billing.Service{
		DB: d, Writes: idempotency.Writes{DB: d}, Apps: app.Apps{Box: apptest.Box(t)}, Events: &event.Log{Feed: &event.Feed{}}, Timer: tm,
		DashboardURL: "http://admin.selorax.localhost:5080", GatewayFee: money.RateOf(0.025),
	}
	s.Register(q)
	return &desk{storetest.Serve(t, s.Routes), t, d, q, tm, s}
}

func (d *desk) charge(amount string) api.Charge {
	d.t.Helper()
	a := d.Do(storetest.App, http.MethodPost, "/api/apps/v1/billing/charges", map[string]any{"name": "SMS Pack 100", "amount": json.RawMessage(amount)})
	var e api.Envelope[api.Charge]
	if err := json.Unmarshal(a.Body.Bytes(), &e); err != nil || a.Code != http.StatusCreated {
		d.t.Fatalf("%d %s", a.Code, a.Body)
	}
	return e.Data
}

// step takes a merchant's step and returns the status.
func (d *desk) step(id int64, name string) int {
	var body any
	if name == api.PaymentPay || name == api.PaymentFail {
		name, body = "pay", api.PaymentRequest{Outcome: name}
	}
	return d.Do(storetest.Merchant, http.MethodPost, fmt.Sprintf("/api/apps/billing/charges/%d/%s", id, name), body).Code
}

func (d *desk) read(id int64) api.StoreCharge {
	return storetest.Data[api.StoreCharge](d.Get(storetest.Merchant, fmt.Sprintf("/api/apps/billing/charges/%d", id)))
}

// balances are the sums of the postings by account.
func (d *desk) balances() map[string]api.Money {
	d.t.Helper()
	type sum struct {
		account string
		amount  api.Money
	}
	found := map[string]api.Money{}
	err := d.db.Read(d.t.Context(), func(tx *db.Tx) error {
		sums, err := db.All(tx, func(r db.Row) (s sum, err error) {
			err = r.Scan(&s.account, &s.amount)
			return s, err
		}, `SELECT account, CAST(SUM(amount_minor) AS BIGINT) FROM ledger_posting GROUP BY account`)
		for _, s := range sums {
			found[s.account] = s.amount
		}
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return found
}

// The platform's own worked examples, to the last cent.
func TestWorkedExamples(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		feePayer, price                    string
		paid, platform, gateway, developer api.Money
	}{
		{api.FeePayerDeveloper, "500", 500_00, 50_00, 12_50, 437_50},
		{api.FeePayerMerchant, "500.00", 562_50, 50_00, 12_50, 500_00},
		{api.FeePayerDeveloper, "150", 150_00, 15_00, 3_75, 131_25},
		{api.FeePayerDeveloper, "10.00", 10_00, 1_00, 25, 8_75},
		{api.FeePayerDeveloper, "33.33", 33_33, 3_33, 83, 29_17},
	} {
		d := newDesk(t, c.feePayer)
		charge := d.charge(c.price)
		got := [4]api.Money{charge.Amount, charge.PlatformAmount, charge.GatewayFeeAmount, charge.DeveloperAmount}
		if diff := cmp.Diff([4]api.Money{c.paid, c.platform, c.gateway, c.developer}, got); diff != "" || charge.CommissionRate != 0.1 || charge.GatewayFeeRate != 0.025 {
			t.Errorf("%s paid by the %s: %+v (-want +got):\n%s", c.price, c.feePayer, charge, diff)
		}
		d.step(charge.ChargeID, "approve")
		d.step(charge.ChargeID, api.PaymentPay)
		want := map[string]api.Money{
			string(ledger.Merchant(storetest.Florist)): -c.paid, string(ledger.Platform): c.platform, string(ledger.Gateway): c.gateway,
			string(ledger.Developer(charge.AppID)): c.developer,
		}
		if diff := cmp.Diff(want, d.balances()); diff != "" {
			t.Errorf("the ledger after %s (-want +got):\n%s", c.price, diff)
		}
	}
}

// When the event cannot be written nothing of the payment is.
func TestAPaymentIsWholeOrNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t, api.FeePayerDeveloper)
	c := d.charge("500")
	d.step(c.ChargeID, "approve")
	before := d.read(c.ChargeID)
	dbtest.Exec(t, d.db, `ALTER TABLE event RENAME TO event_away`)
	if status := d.step(c.ChargeID, api.PaymentPay); status != http.StatusInternalServerError {
		t.Errorf("status %d", status)
	}
	dbtest.Exec(t, d.db, `ALTER TABLE event_away RENAME TO event`)
	if diff := cmp.Diff(before, d.read(c.ChargeID)); diff != "" || len(d.balances()) != 0 {
		t.Errorf("the failed payment left %v and (-before +after):\n%s", d.balances(), diff)
	}
	if status := d.step(c.ChargeID, api.PaymentPay); status != http.StatusOK {
		t.Errorf("afterwards: %d", status)
	}
}

// A charge whose time is over cannot be approved, even before its job has run.
func TestAnOverdueChargeIsNotApproved(t *testing.T) {
	t.Parallel()
	d := newDesk(t, api.FeePayerDeveloper)
	c := d.charge("500")
	d.db.Clock.MoveTo(storetest.Now.Add(48 * time.Hour))
	if status := d.step(c.ChargeID, "approve"); status != http.StatusConflict {
		t.Errorf("an overdue charge was approved: %d", status)
	}
}

// A payment and what ends a charge come at once: one of them wins.
func TestAPaymentRacesWhatEndsTheCharge(t *testing.T) {
	t.Parallel()
	d := newDesk(t, api.FeePayerDeveloper)
	var paid api.Money
	for n := range 20 {
		c := d.charge("500")
		d.step(c.ChargeID, "approve")
		end := func() int { return d.step(c.ChargeID, "decline") }
		if n%2 == 1 {
			end = func() int {
				storetest.Write(t, d.db, func(tx *db.Tx) error {
					_, err := billing.CancelInstallation(tx, c.InstallationID)
					return err
				})
				return 0
			}
		}
		var wg sync.WaitGroup
		var payment int
		wg.Go(func() { payment = d.step(c.ChargeID, api.PaymentPay) })
		wg.Go(func() { end() })
		wg.Wait()
		got := d.read(c.ChargeID).Status
		if (payment == http.StatusOK) != (got == api.ChargeActive) || payment != http.StatusOK && payment != http.StatusConflict {
			t.Errorf("the payment answered %d and the charge is %s", payment, got)
		}
		if got == api.ChargeActive {
			paid += c.DeveloperAmount
		}
	}
	if got := d.balances()[string(ledger.Developer(1))]; got != paid {
		t.Errorf("the developer has %v, want %v", got, paid)
	}
}

// Whatever happens to charges, in any order, the books agree with them.
func TestTheBooksAgreeAfterAnySequence(t *testing.T) {
	t.Parallel()
	d := newDesk(t, api.FeePayerMerchant)
	seed := rand.Uint64()
	dice := rand.New(rand.NewPCG(22, seed))
	var ids []int64
	for range 300 {
		if len(ids) == 0 || dice.IntN(4) == 0 {
			ids = append(ids, d.charge(fmt.Sprintf("%d.%02d", 10+dice.IntN(1000), dice.IntN(100))).ChargeID)
			continue
		}
		steps := []string{"approve", "approve", api.PaymentPay, api.PaymentPay, api.PaymentFail, "decline", "cancel", "complete"}
		if status := d.step(ids[dice.IntN(len(ids))], steps[dice.IntN(len(steps))]); status != http.StatusOK && status != http.StatusConflict {
			t.Fatalf("seed %d: a step answered %d", seed, status)
		}
	}
	want := map[string]api.Money{}
	for _, id := range ids {
		if c := d.read(id); c.Status == api.ChargeActive || c.Status == api.ChargeCompleted {
			want[string(ledger.Merchant(c.StoreID))] -= c.Amount
			want[string(ledger.Platform)] += c.PlatformAmount
			want[string(ledger.Gateway)] += c.GatewayFeeAmount
			want[string(ledger.Developer(c.AppID))] += c.DeveloperAmount
		}
	}
	if diff := cmp.Diff(want, d.balances()); diff != "" {
		t.Errorf("seed %d (-charges +ledger):\n%s", seed, diff)
	}
	for what, query := range map[string]string{
		"movements that do not sum to zero": `SELECT COUNT(*) FROM (SELECT 1 FROM ledger_posting GROUP BY movement_id HAVING SUM(amount_minor) <> 0) AS odd`,
		"charges collected twice":           `SELECT COUNT(*) FROM (SELECT 1 FROM ledger_movement GROUP BY charge_id HAVING COUNT(*) > 1) AS twice`,
	} {
		if n := dbtest.Value[int](t, d.db, query); n != 0 {
			t.Errorf("seed %d: %d %s", seed, n, what)
		}
	}
}

func TestListOfCharges(t *testing.T) {
	t.Parallel()
	d := newDesk(t, api.FeePayerDeveloper)
	first, second := d.charge("10"), d.charge("20")
	d.step(first.ChargeID, "decline")
	for query, want := range map[string][]int64{
		"store_id=22":                  {second.ChargeID, first.ChargeID},
		"store_id=22&status=declined":  {first.ChargeID},
		"store_id=22&app_id=1&limit=1": {second.ChargeID},
		"store_id=22&app_id=2":         nil,
		"store_id=22&limit=1&page=2":   {first.ChargeID},
		"store_id=23":                  nil,
	} {
		list := storetest.Into[api.List[api.StoreCharge]](d.Get(storetest.Merchant, "/api/apps/billing/charges?"+query))
		var got []int64
		for _, c := range list.Data {
			got = append(got, c.ChargeID)
			if c.App.Slug != "restock" || len(c.Timeline) == 0 || c.Timeline[0].Kind != "created" {
				t.Errorf("%s: %+v", query, c)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
	d.Get(storetest.Merchant, "/api/apps/billing/charges?store_id=22&status=lost").Refusal(http.StatusBadRequest)
	d.Get(storetest.Merchant, "/api/apps/billing/charges?store_id=24").Refusal(http.StatusNotFound)
	d.Get(storetest.Merchant, "/api/apps/billing/charges").Refusal(http.StatusBadRequest)
	d.Do(storetest.BlindApp, http.MethodPost, "/api/apps/v1/billing/charges", map[string]any{"name": "X", "amount": 10}).Refusal(http.StatusForbidden)
	d.Get(storetest.StrangerApp, fmt.Sprintf("/api/apps/v1/billing/charges/%d", first.ChargeID)).Refusal(http.StatusNotFound)
}

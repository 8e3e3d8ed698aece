package billing_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/billing"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
	"github.com/selorax/sandbox/platform/platformtest"
)

// world is a platform on which anything may happen to the charges of one app
// on one store, several things at once.
type world struct {
	bench
	mu      sync.Mutex
	charges []int64
	debits  []int64
	failed  []string // answers that nobody should get
}

func newWorld(t *testing.T) *world {
	w := &world{bench: newPlan(t)}
	w.app = w.Client(demo.Restock, 22)
	return w
}

// call makes a request, and returns and remembers the id that its answer has
// under a name.
func (w *world) call(h platformtest.Header, path string, body any, id string) (n int64) {
	a := w.Do(http.MethodPost, path, h, body)
	w.mu.Lock()
	defer w.mu.Unlock()
	if a.Status >= 500 && a.Code() != api.CodeTryAgain {
		w.failed = append(w.failed, fmt.Sprintf("%s %v: %s", path, body, a.Body))
	}
	var made struct{ Data map[string]json.RawMessage }
	if a.Status != http.StatusCreated || json.Unmarshal(a.Body, &made) != nil || json.Unmarshal(made.Data[id], &n) != nil {
		return 0
	}
	if id == "charge_id" {
		w.charges = append(w.charges, n)
	} else {
		w.debits = append(w.debits, n)
	}
	return n
}

// v1 is where apps bill.
const v1 = "/api/apps/v1/billing"

// decisions are what a merchant may do with a charge, by the path it goes to.
var decisions = []struct {
	path string
	body any
}{
	{"approve", nil}, {"approve", nil}, {"pay", api.PaymentRequest{Outcome: api.PaymentPay}}, {"pay", api.PaymentRequest{Outcome: api.PaymentPay}},
	{"pay", api.PaymentRequest{Outcome: api.PaymentFail}}, {"decline", nil}, {"cancel", nil}, {"cancel", api.CancelSubscription{AtPeriodEnd: true}},
	{"resume", nil}, {"complete", nil},
}

// action draws something that may happen.
func (w *world) action(t *rapid.T) func() {
	switch rapid.IntRange(0, 9).Draw(t, "who") {
	case 0:
		behavior := rapid.SampledFrom([]string{api.MethodSucceeds, api.MethodFails}).Draw(t, "behavior")
		return func() { w.method(behavior, nil) }
	case 1:
		return func() { w.call(w.user, fmt.Sprintf("/api/apps/installations/%d/uninstall", w.installationID), nil, "") }
	case 2, 3, 4, 5:
		d := rapid.SampledFrom(decisions).Draw(t, "decision")
		path := fmt.Sprintf("/api/apps/billing/charges/%d/%s", recent(t, w.charges), d.path)
		return func() { w.call(w.user, path, d.body, "") }
	}
	return w.appAction(t)
}

// recent draws one of the last ids.
func recent(t *rapid.T, from []int64) int64 {
	if len(from) == 0 {
		return 1
	}
	return rapid.SampledFrom(from[max(0, len(from)-6):]).Draw(t, "id")
}

// appAction draws something that an app may do. A charge it makes is paid at
// once half of the time.
func (w *world) appAction(t *rapid.T) func() {
	amount := api.Money(rapid.Int64Range(10_00, 900_00).Draw(t, "amount"))
	whole, third := json.RawMessage(amount.String()), json.RawMessage((amount / 3).String())
	path, id, body := "", "charge_id", map[string]any{}
	switch rapid.IntRange(0, 7).Draw(t, "action") {
	case 0:
		path, body = "/charges", map[string]any{"name": "Pack", "amount": whole}
	case 1:
		path, body = "/wallet-topup", map[string]any{"amount": whole}
	case 2:
		path, id, body = "/usage-charges", "", map[string]any{"description": "SMS", "quantity": json.RawMessage("1.5"), "unit_price": whole}
	case 3, 4:
		path, id, body = "/wallet/debit", "transaction_id", map[string]any{"amount": third, "description": "SMS"}
	case 5:
		path, id, body = "/wallet/refund", "", map[string]any{"transaction_id": recent(t, w.debits)}
	case 6:
		path, id, body = fmt.Sprintf("/charges/%d/refund", recent(t, w.charges)), "", map[string]any{"reason": "x", "amount": whole}
	default:
		path, body = "/subscriptions", map[string]any{
			"name": rapid.SampledFrom([]string{"Plus", "Max"}).Draw(t, "plan"), "amount": whole, "billing_interval": "monthly",
			"trial_days": rapid.SampledFrom([]int{0, 0, 2, 14}).Draw(t, "trial"), "replaces": rapid.Bool().Draw(t, "replaces"),
		}
	}
	bought := id == "charge_id" && rapid.Bool().Draw(t, "bought")
	return func() {
		if made := w.call(w.app, v1+path, body, id); bought {
			w.call(w.user, fmt.Sprintf("/api/apps/billing/charges/%d/approve", made), nil, "")
			w.call(w.user, fmt.Sprintf("/api/apps/billing/charges/%d/pay", made), api.PaymentRequest{Outcome: api.PaymentPay}, "")
		}
	}
}

// Whatever happens to charges, in any order and at once, the books are right.
func TestTheBooksAreRightWhateverHappens(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		t, w := rt, newWorld(t)
		defer w.Stop()
		for range rapid.IntRange(8, 20).Draw(t, "rounds") {
			actions := make([]func(), rapid.IntRange(1, 4).Draw(t, "at once"))
			for i := range actions { // all are drawn before one of them changes what there is to draw from
				actions[i] = w.action(t)
			}
			var all sync.WaitGroup
			for _, do := range actions {
				all.Go(do)
			}
			all.Wait()
			w.live(t)
		}
		if len(w.failed) > 0 {
			t.Fatalf("%v", w.failed)
		}
		w.audit(t)
	})
}

// TestMain makes fewer checks of each property than the library would: each
// has a platform of its own.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "25"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// live lets time go by now and then, and brings an app back that was removed.
func (w *world) live(t *rapid.T) {
	if rapid.IntRange(0, 2).Draw(t, "time passes") == 0 {
		w.Advance(time.Duration(rapid.SampledFrom([]int{1, 20, 25, 72, 24 * 32}).Draw(t, "hours")) * time.Hour)
		w.user = platformtest.User(w.Login(platformtest.FloristMerchant))
	}
	installed := platformtest.Data[[]api.InstalledApp](w.Do(http.MethodGet, "/api/apps/installations?store_id=22", w.user, nil))
	if len(installed) > 0 {
		return
	}
	w.none(t, map[string]string{"charges that outlive the app": `SELECT COUNT(*) FROM charge
		WHERE status IN ('pending', 'frozen') OR status = 'active' AND type = 'recurring'`})
	w.Install(demo.Restock, 22)
}

// none expects that queries count nothing.
func (w *world) none(t *rapid.T, queries map[string]string) {
	w.Read(func(tx *db.Tx) error {
		for what, query := range queries {
			if n, err := db.One(tx, db.Value[int], query); err != nil || n != 0 {
				t.Errorf("%d %s %v", n, what, err)
			}
		}
		return nil
	})
}

// audit reads the database with its own queries and looks for what must not be.
func (w *world) audit(t *rapid.T) {
	w.Advance(time.Millisecond) // what is due now is done
	w.none(t, map[string]string{
		"movements that do not sum to zero": `SELECT COUNT(*) FROM (SELECT 1 FROM ledger_posting GROUP BY movement_id HAVING SUM(amount_minor) <> 0) AS odd`,
		"payments without a movement": `SELECT COUNT(*) FROM payment p WHERE NOT EXISTS (SELECT 1 FROM ledger_movement m
			WHERE m.reference = 'payment:' || p.charge_id || ':' || p.number)`,
		"movements without a payment": `SELECT COUNT(*) FROM ledger_movement m WHERE m.kind = 'payment' AND NOT EXISTS (SELECT 1 FROM payment p
			WHERE m.reference = 'payment:' || p.charge_id || ':' || p.number)`,
		"charges whose payments are counted wrong": `SELECT COUNT(*) FROM charge c WHERE payments <> (SELECT COUNT(*) FROM payment p WHERE p.charge_id = c.id)
			OR paid_minor <> (SELECT COALESCE(SUM(amount_minor), 0) FROM payment p WHERE p.charge_id = c.id)
			OR refunded_minor <> (SELECT COALESCE(SUM(amount_minor), 0) FROM refund r WHERE r.charge_id = c.id)
			OR refunded_minor <> (SELECT COALESCE(SUM(refunded_minor), 0) FROM payment p WHERE p.charge_id = c.id)`,
		"payments after the end": `SELECT COUNT(*) FROM payment p JOIN charge c ON c.id = p.charge_id
			WHERE c.status IN ('declined', 'expired') OR c.status = 'cancelled' AND p.created_ms > c.cancelled_ms`,
		"payments of one period twice": `SELECT COUNT(*) FROM (SELECT 1 FROM payment WHERE period_start_ms IS NOT NULL
			GROUP BY charge_id, period_start_ms HAVING COUNT(*) > 1) AS twice`,
		"single payments collected twice": `SELECT COUNT(*) FROM charge WHERE type <> 'recurring' AND payments > 1`,
		"wallets that do not add up": `SELECT COUNT(*) FROM wallet w WHERE balance_minor < 0 OR balance_minor <> topup_minor - spent_minor
			OR balance_minor <> (SELECT COALESCE(SUM(CASE t.type WHEN 'deduction' THEN -t.amount_minor ELSE t.amount_minor END), 0)
				FROM wallet_transaction t WHERE t.wallet_id = w.id)
			OR balance_minor <> (SELECT COALESCE(SUM(amount_minor), 0) FROM ledger_posting WHERE account = 'wallet:' || w.app_id || ':' || w.store_id)`,
		"balances after a transaction that are wrong": `SELECT COUNT(*) FROM wallet_transaction t WHERE balance_minor <> (SELECT
			SUM(CASE u.type WHEN 'deduction' THEN -u.amount_minor ELSE u.amount_minor END) FROM wallet_transaction u WHERE u.wallet_id = t.wallet_id AND u.id <= t.id)`,
		"months that are not the sum of their uses": `SELECT COUNT(*) FROM charge c WHERE type = 'usage'
			AND amount_minor <> (SELECT COALESCE(SUM(amount_minor), 0) FROM usage_charge u WHERE u.charge_id = c.id)`,
		"installations with two trials of a plan": `SELECT COUNT(*) FROM (SELECT 1 FROM charge WHERE trial_ends_ms IS NOT NULL
			GROUP BY installation_id, name HAVING COUNT(*) > 1) AS twice`,
		"things owed and not done": `SELECT COUNT(*) FROM charge WHERE status IN ('cancelled', 'declined', 'expired', 'completed')
			AND (next_payment_ms IS NOT NULL OR notice_ms IS NOT NULL)`,
	})
	told := map[int64]int{}
	w.Read(func(tx *db.Tx) error {
		bodies, err := db.All(tx, db.Value[[]byte], `SELECT body FROM event WHERE topic LIKE 'charge.%' OR topic LIKE 'subscription.%'`)
		for _, body := range bodies {
			var e struct{ Data api.ChargeEvent }
			if err := json.Unmarshal(body, &e); err != nil {
				return err
			}
			told[e.Data.ChargeID]++
		}
		return err
	})
	w.auditMoves(t, told)
}

// auditMoves follows every timeline through the state tables, and counts the
// events that its moves must have brought.
func (w *world) auditMoves(t *rapid.T, told map[int64]int) {
	for _, id := range w.charges {
		c := w.read(id)
		status, events := api.ChargePending, 0
		for _, e := range c.Timeline {
			to := map[string]string{"activated": api.ChargeActive, "trial_started": api.ChargeActive, "renewed": api.ChargeActive}[e.Kind]
			if slices.Contains([]string{api.ChargeFrozen, api.ChargeCompleted, api.ChargeDeclined, api.ChargeCancelled, api.ChargeExpired}, e.Kind) {
				to = e.Kind
			}
			if e.Kind != api.ChargeFrozen && e.Kind != api.ChargeCompleted && (to != "" || slices.Contains([]string{"created", "payment_failed", "renewal_notice"}, e.Kind)) {
				events++
			}
			if to == "" || e.Kind == "renewed" && status == api.ChargeActive {
				continue
			}
			if !slices.Contains(billing.Moves[c.Type][status], to) {
				t.Errorf("charge %d, a %s, went from %s to %s: %+v", id, c.Type, status, to, c.Timeline)
			}
			status = to
		}
		if status != c.Status {
			t.Errorf("charge %d is %s, its timeline ends with %s", id, c.Status, status)
		}
		if told[id] != events {
			t.Errorf("charge %d has %d events, its timeline asks for %d: %+v", id, told[id], events, c.Timeline)
		}
	}
}

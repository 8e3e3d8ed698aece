package selorax

import (
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// recorded answers every call with one answer and keeps what was asked for.
func recorded(t *testing.T, status int, answer string) (*fixture, *[]string) {
	t.Helper()
	var asked []string
	f := newFixture(t, func(w http.ResponseWriter, r *http.Request, _ int) {
		body, _ := io.ReadAll(r.Body)
		asked = append(asked, r.Method+" "+r.URL.RequestURI()+" "+string(body))
		reply(w, status, answer)
	})
	return f, &asked
}

func TestSubscriptionCalls(t *testing.T) {
	t.Parallel()
	f, asked := recorded(t, 201, `{"data":{"charge_id":8,"type":"recurring","status":"active","amount":500.00,"billing_interval":"monthly","trial_days":14,
		"trial_ends_at":"2026-03-14T10:00:00.000Z","next_payment_at":null,"cancel_at_period_end":true,"payments_made":0,"cancel_reason":null,"metadata":null}}`)
	s, err := f.CreateSubscription(t.Context(), "token", NewSubscription{Name: "Plus", Amount: 500_00, Interval: Monthly, TrialDays: 14, IdempotencyKey: "plus-22"})
	if err != nil || s.ChargeID != 8 || !s.Running() || s.TrialEndsAt == nil || s.NextPaymentAt != nil || !s.CancelAtPeriodEnd {
		t.Errorf("%+v %v", s, err)
	}
	if _, err := f.CancelSubscription(t.Context(), "token", 8, true); err != nil {
		t.Error(err)
	}
	if _, err := f.Refund(t.Context(), "token", 8, 12_50, "Broken"); err != nil {
		t.Error(err)
	}
	if _, err := f.Refund(t.Context(), "token", 8, 0, "Broken"); err != nil {
		t.Error(err)
	}
	want := []string{
		`POST /api/apps/v1/billing/subscriptions {"name":"Plus","amount":500.00,"billing_interval":"monthly","trial_days":14,"idempotency_key":"plus-22","replaces":true}`,
		`POST /api/apps/v1/billing/subscriptions/8/cancel {"at_period_end":true}`,
		`POST /api/apps/v1/billing/charges/8/refund {"amount":12.50,"reason":"Broken"}`,
		`POST /api/apps/v1/billing/charges/8/refund {"reason":"Broken"}`,
	}
	if diff := cmp.Diff(want, *asked); diff != "" {
		t.Error(diff)
	}
}

func TestWalletCalls(t *testing.T) {
	t.Parallel()
	f, asked := recorded(t, 200, `{"data":{"wallet_id":3,"balance":350.00,"total_topup":500.00,"total_spent":150.00,"transaction_id":7,"type":"deduction",
		"amount":2.50,"balance_after":347.50}}`)
	if w, err := f.Wallet(t.Context(), "token"); err != nil || w.Balance != 350_00 || w.TotalSpent != 150_00 {
		t.Errorf("%+v %v", w, err)
	}
	if d, err := f.Debit(t.Context(), "token", NewDebit{Amount: 2_50, Description: "SMS", IdempotencyKey: "sms-7"}); err != nil || d.BalanceAfter != 347_50 {
		t.Errorf("%+v %v", d, err)
	}
	if _, err := f.ReverseDebit(t.Context(), "token", 7, "Not sent"); err != nil {
		t.Error(err)
	}
	if _, err := f.TopUp(t.Context(), "token", NewTopup{Amount: 500_00}); err != nil {
		t.Error(err)
	}
	if _, err := f.RecordUsage(t.Context(), "token", NewUsage{Description: "SMS", Quantity: "2.5", UnitPrice: 2_50}); err != nil {
		t.Error(err)
	}
	want := []string{
		`GET /api/apps/v1/billing/wallet `,
		`POST /api/apps/v1/billing/wallet/debit {"amount":2.50,"description":"SMS","idempotency_key":"sms-7"}`,
		`POST /api/apps/v1/billing/wallet/refund {"description":"Not sent","transaction_id":7}`,
		`POST /api/apps/v1/billing/wallet-topup {"amount":500.00}`,
		`POST /api/apps/v1/billing/usage-charges {"description":"SMS","quantity":2.5,"unit_price":2.50}`,
	}
	if diff := cmp.Diff(want, *asked); diff != "" {
		t.Error(diff)
	}
}

// Too little is told apart from other refusals, and is not tried again.
func TestShortfall(t *testing.T) {
	t.Parallel()
	f, asked := recorded(t, 402, `{"message":"The wallet holds less.","code":"insufficient_balance","status":402,"balance":1.50,"required":2.50}`)
	_, err := f.Debit(t.Context(), "token", NewDebit{Amount: 2_50, Description: "SMS", IdempotencyKey: "k"})
	if balance, required, short := Shortfall(err); !short || balance != 1_50 || required != 2_50 || len(*asked) != 1 {
		t.Errorf("%v %v %v after %d calls", balance, required, err, len(*asked))
	}
	if _, _, short := Shortfall(&Error{Status: 402, Code: "other"}); short {
		t.Error("any refusal is a shortfall")
	}
}

func TestWalletTransactionsAreReadPageByPage(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(w http.ResponseWriter, r *http.Request, call int) {
		if r.URL.Query().Get("page") == "3" {
			reply(w, 500, `{}`)
			return
		}
		reply(w, 200, `{"data":[{"transaction_id":`+r.URL.Query().Get("page")+`,"type":"topup","amount":1.00}],"pagination":{"page":1,"limit":100,"total":3,"total_pages":3}}`)
	})
	var ids []int64
	var failed error
	for transaction, err := range f.WalletTransactions(t.Context(), "token") {
		if failed = err; err == nil {
			ids = append(ids, transaction.TransactionID)
		}
	}
	if diff := cmp.Diff([]int64{1, 2}, ids); diff != "" || failed == nil {
		t.Errorf("%v %s", failed, diff)
	}
}

func TestDecimal(t *testing.T) {
	t.Parallel()
	if text, err := json.Marshal(Decimal("0.001")); err != nil || string(text) != "0.001" {
		t.Errorf("%s %v", text, err)
	}
	if text, err := json.Marshal(NewUsage{Quantity: "many"}); err == nil {
		t.Errorf("%s", text)
	}
}

package billing_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/ledger"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

func (d *desk) refund(id int64, body string) storetest.Answer {
	return d.Do(storetest.App, http.MethodPost, fmt.Sprintf("/api/apps/v1/billing/charges/%d/refund", id), json.RawMessage(body))
}

// offer makes a charge and approves it.
func (d *desk) offer(path string, body map[string]any) api.Charge {
	d.t.Helper()
	a := d.Do(storetest.App, http.MethodPost, "/api/apps/v1/billing/"+path, body)
	var made api.Envelope[api.Charge]
	if err := json.Unmarshal(a.Body.Bytes(), &made); err != nil || a.Code != http.StatusCreated {
		d.t.Fatalf("%s: %d %s", path, a.Code, a.Body)
	}
	d.step(made.Data.ChargeID, "approve")
	return made.Data
}

// buy makes a charge and pays it.
func (d *desk) buy(path string, body map[string]any) api.Charge {
	d.t.Helper()
	c := d.offer(path, body)
	if status := d.step(c.ChargeID, api.PaymentPay); status != http.StatusOK {
		d.t.Fatalf("%s: %d", path, status)
	}
	return c
}

// Parts of a payment are paid back until nothing is left. The commission comes
// back with them to the last poisha, the gateway's fee does not.
func TestAPaymentIsPaidBackInParts(t *testing.T) {
	t.Parallel()
	d := newDesk(t, api.FeePayerMerchant)
	c := d.charge("33.33") // paid: 33.33 + 3.33 + 0.83 = 37.49
	if a := d.refund(c.ChargeID, `{"reason": "too early"}`); a.Code != http.StatusConflict {
		t.Errorf("%d %s", a.Code, a.Body)
	}
	d.step(c.ChargeID, "approve")
	d.step(c.ChargeID, api.PaymentPay)
	for _, amount := range []string{"10.00", "0.01", "13.37"} {
		got := storetest.Data[api.Charge](d.refund(c.ChargeID, `{"reason": "Broken", "amount": `+amount+`}`))
		if got.Status != api.ChargeActive || got.RefundedAt == nil {
			t.Errorf("%+v", got)
		}
	}
	d.refund(c.ChargeID, `{"reason": "Broken", "amount": 14.12}`).Refusal(http.StatusBadRequest)
	got := storetest.Data[api.Charge](d.refund(c.ChargeID, `{"reason": "The rest"}`))
	if got.RefundedAmount != 37_49 {
		t.Errorf("%v is paid back", got.RefundedAmount)
	}
	d.refund(c.ChargeID, `{"reason": "Again"}`).Refusal(http.StatusConflict)
	want := map[string]api.Money{
		string(ledger.Merchant(storetest.Florist)): 0, string(ledger.Platform): 0, string(ledger.Gateway): 83, string(ledger.Developer(1)): -83,
	}
	if diff := cmp.Diff(want, d.balances()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	timeline := d.read(c.ChargeID).Timeline
	if last := timeline[len(timeline)-1]; last.Kind != "refunded" || last.Message != "৳ 14.11 paid back: The rest" {
		t.Errorf("%+v", last)
	}
}

func TestBadRefundsAreRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t, api.FeePayerDeveloper)
	c := d.buy("charges", map[string]any{"name": "Pack", "amount": 100})
	for _, body := range []string{
		`{}`, `{"reason": " "}`, `{"reason": "x", "amount": 0}`, `{"reason": "x", "amount": -1}`, `{"reason": "x", "amount": 100.01}`,
		`{"reason": "x", "amount": 1.001}`, `{"reason": "x", "amount": "1"}`, `{"reason": "` + strings.Repeat("x", 256) + `"}`,
	} {
		d.refund(c.ChargeID, body).Refusal(http.StatusBadRequest)
	}
	d.refund(999, `{"reason": "x"}`).Refusal(http.StatusNotFound)
	d.Do(storetest.StrangerApp, http.MethodPost, fmt.Sprintf("/api/apps/v1/billing/charges/%d/refund", c.ChargeID),
		json.RawMessage(`{"reason": "x"}`)).Refusal(http.StatusNotFound)
	if n := dbtest.Value[int](t, d.db, `SELECT COUNT(*) FROM refund`); n != 0 {
		t.Errorf("%d refunds are written", n)
	}
}

// A top-up credits the base price, is complete at once, and is paid back as far
// as the wallet still holds it.
func TestATopupFillsTheWallet(t *testing.T) {
	t.Parallel()
	d := newDesk(t, api.FeePayerMerchant)
	c := d.buy("wallet-topup", map[string]any{"amount": 500})
	got := d.read(c.ChargeID)
	if got.Status != api.ChargeCompleted || got.Name != "Wallet top-up" || got.Amount != 562_50 || got.ActivatedAt == nil {
		t.Errorf("%+v", got.Charge)
	}
	if n := dbtest.Value[int](t, d.db, `SELECT COUNT(*) FROM event WHERE topic LIKE 'charge.%'`); n != 2 { // created, activated
		t.Errorf("%d events of the charge", n)
	}
	wallet, issued := string(ledger.Wallet(1, storetest.Florist)), string(ledger.WalletIssued(1))
	want := map[string]api.Money{
		string(ledger.Merchant(storetest.Florist)): -562_50, string(ledger.Platform): 50_00, string(ledger.Gateway): 12_50,
		string(ledger.Developer(1)): 500_00, wallet: 500_00, issued: -500_00,
	}
	if diff := cmp.Diff(want, d.balances()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// Of the 500.00 in the wallet 400.00 are spent: 100.00 can go back, which
	// cost the merchant 112.50.
	dbtest.Exec(t, d.db, `UPDATE wallet SET balance_minor = 10000, spent_minor = 40000`)
	d.refund(c.ChargeID, `{"reason": "x", "amount": 112.52}`).Refusal(http.StatusPaymentRequired)
	back := storetest.Data[api.Charge](d.refund(c.ChargeID, `{"reason": "Not needed"}`))
	if back.RefundedAmount != 112_50 {
		t.Errorf("%v is paid back", back.RefundedAmount)
	}
	if left := dbtest.Value[int](t, d.db, `SELECT balance_minor FROM wallet`); left != 0 {
		t.Errorf("the wallet holds %d", left)
	}
	d.refund(c.ChargeID, `{"reason": "x"}`).Refusal(http.StatusPaymentRequired)
	// 0.04 in the wallet are what 0.05 bought, rounded: it is all that goes back.
	dbtest.Exec(t, d.db, `UPDATE wallet SET balance_minor = 4`)
	if more := storetest.Data[api.Charge](d.refund(c.ChargeID, `{"reason": "The rest"}`)); more.RefundedAmount != 112_55 {
		t.Errorf("%v is paid back", more.RefundedAmount)
	}
}

// A charge is found by its id and by the name the payment gateway has for it.
func TestAChargeIsFoundByItsTransactionID(t *testing.T) {
	t.Parallel()
	d := newDesk(t, api.FeePayerDeveloper)
	c := d.charge("500")
	got := storetest.Data[api.Charge](d.Get(storetest.App, "/api/apps/v1/billing/charges/"+c.MerchantTransactionID))
	if got.ChargeID != c.ChargeID {
		t.Errorf("%+v", got)
	}
	for _, name := range []string{"SLX-23-1", "SLX-22-2", "SLX-22-01", "SLX-22-1x", "slx-22-1", "01", "x"} {
		d.Get(storetest.App, "/api/apps/v1/billing/charges/"+name).Refusal(http.StatusNotFound)
	}
}

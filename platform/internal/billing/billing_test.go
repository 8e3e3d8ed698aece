package billing_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
	"github.com/selorax/sandbox/platform/platformtest"
)

type bench struct {
	*platformtest.Platform
	app, user      platformtest.Header
	installationID int64
}

func newBench(t *testing.T) bench {
	t.Helper()
	p := platformtest.Start(t, platformtest.Config{})
	tokens := p.Install(demo.Restock, 22)
	return bench{p, platformtest.Bearer(tokens.AccessToken), platformtest.User(p.Login(platformtest.FloristMerchant)), tokens.InstallationID}
}

func (b bench) create(body map[string]any) platformtest.Answer {
	whole := map[string]any{"name": "SMS Pack", "amount": 500}
	for name, value := range body {
		whole[name] = value
	}
	return b.Do(http.MethodPost, "/api/apps/v1/billing/charges", b.app, whole)
}

func (b bench) charge(body map[string]any) api.Charge {
	return platformtest.Data[api.Charge](b.create(body))
}

func (b bench) step(id int64, name string, body any) platformtest.Answer {
	return b.Do(http.MethodPost, fmt.Sprintf("/api/apps/billing/charges/%d/%s", id, name), b.user, body)
}

func (b bench) read(id int64) api.StoreCharge {
	return platformtest.Data[api.StoreCharge](b.Do(http.MethodGet, fmt.Sprintf("/api/apps/billing/charges/%d", id), b.user, nil))
}

func TestAChargeIsApprovedPaidAndCompleted(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	c := b.charge(map[string]any{"return_url": b.DashboardURL + "/22/apps/e/restock?tab=1&payment=old"})
	if c.PlatformAmount != 100_00 || c.GatewayFeeAmount != 12_50 || c.DeveloperAmount != 387_50 || c.Status != api.ChargePending ||
		c.ConfirmationURL != fmt.Sprintf("/22/settings/apps/billing/%d", c.ChargeID) {
		t.Fatalf("got %+v", c)
	}
	if a := b.step(c.ChargeID, "pay", api.PaymentRequest{Outcome: "pay"}); a.Code() != api.CodeConflict {
		t.Errorf("paid without an approval: %s", a.Body)
	}
	approved := platformtest.Data[api.PaymentResult](b.step(c.ChargeID, "approve", nil))
	if approved.Charge.Status != api.ChargePending || approved.RedirectURL != c.ConfirmationURL+"/pay" {
		t.Errorf("got %+v", approved)
	}
	failed := platformtest.Data[api.PaymentResult](b.step(c.ChargeID, "pay", api.PaymentRequest{Outcome: "fail"}))
	if failed.Charge.Status != api.ChargePending || !strings.Contains(failed.RedirectURL, "payment=failed") {
		t.Errorf("got %+v", failed)
	}
	paid := platformtest.Data[api.PaymentResult](b.step(c.ChargeID, "pay", api.PaymentRequest{Outcome: "pay"}))
	want := fmt.Sprintf("/22/apps/e/restock?tab=1&payment=success&charge_id=%d", c.ChargeID)
	if paid.Charge.Status != api.ChargeActive || paid.RedirectURL != want {
		t.Errorf("got %q with status %s, want %q", paid.RedirectURL, paid.Charge.Status, want)
	}
	active := platformtest.Data[[]api.Charge](b.Do(http.MethodGet, "/api/apps/v1/billing/active", b.app, nil))
	if len(active) != 1 || active[0].ChargeID != c.ChargeID {
		t.Errorf("active: %+v", active)
	}
	if a := b.step(c.ChargeID, "decline", nil); a.Code() != api.CodeConflict || !strings.Contains(string(a.Body), api.ChargeCompleted) {
		t.Errorf("got %s", a.Body)
	}
	done := platformtest.Data[api.PaymentResult](b.step(c.ChargeID, "complete", nil))
	if done.Charge.Status != api.ChargeCompleted || len(done.Charge.Timeline) != 5 {
		t.Errorf("got %+v", done.Charge)
	}
}

func TestBadChargesAreRefused(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for field, value := range map[string]any{
		"type": "wallet_topup", "name": " ", "amount": 9.99, "currency": "USD", "metadata": []int{1},
		"return_url": "https://elsewhere.example/", "description": strings.Repeat("x", 2001), "idempotency_key": "",
	} {
		if a := b.create(map[string]any{field: value}); a.Code() != api.CodeValidation || !strings.Contains(string(a.Body), `"field":"`+field+`"`) {
			t.Errorf("%s: got %s", field, a.Body)
		}
	}
	for _, amount := range []any{10.001, 50000.01, "x"} {
		if a := b.create(map[string]any{"amount": amount}); a.Code() != api.CodeValidation {
			t.Errorf("amount %v: got %s", amount, a.Body)
		}
	}
}

func TestAKeyMakesOneCharge(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	first := b.charge(map[string]any{"idempotency_key": "k", "metadata": map[string]int{"a": 1}})
	again := b.create(map[string]any{"idempotency_key": "k", "metadata": map[string]int{"a": 1}})
	if again.Status != http.StatusOK || platformtest.Data[api.Charge](again).ChargeID != first.ChargeID {
		t.Errorf("got %s", again.Body)
	}
	if a := b.create(map[string]any{"idempotency_key": "k", "amount": 501}); a.Code() != api.CodeConflict {
		t.Errorf("got %s", a.Body)
	}
}

// The header does what the field does, and gives the very same answer.
func TestAHeaderMakesOneChargeToo(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	h := platformtest.Header{api.HeaderIdempotency: "k"}
	for name, value := range b.app {
		h[name] = value
	}
	var bodies []string
	for range 2 {
		a := b.Do(http.MethodPost, "/api/apps/v1/billing/charges", h, map[string]any{"name": "SMS Pack", "amount": 500})
		if a.Status != http.StatusCreated {
			t.Fatalf("%d %s", a.Status, a.Body)
		}
		bodies = append(bodies, string(a.Body))
	}
	if bodies[0] != bodies[1] {
		t.Errorf("%s\n%s", bodies[0], bodies[1])
	}
}

func TestParallelPaymentsCollectOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	c := b.charge(nil)
	b.step(c.ChargeID, "approve", nil)
	statuses := make([]int, 20)
	var all sync.WaitGroup
	for n := range statuses {
		all.Go(func() { statuses[n] = b.step(c.ChargeID, "pay", api.PaymentRequest{Outcome: "pay"}).Status })
	}
	all.Wait()
	count := map[int]int{}
	for _, status := range statuses {
		count[status]++
	}
	if count[http.StatusOK] != 1 || count[http.StatusConflict] != 19 {
		t.Errorf("got %v", count)
	}
}

func TestAForgottenChargeExpires(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	c := b.charge(nil)
	b.Advance(49 * time.Hour)
	b.user = platformtest.User(b.Login(platformtest.FloristMerchant))
	if got := b.read(c.ChargeID); got.Status != api.ChargeExpired || len(got.Actions) != 0 {
		t.Errorf("got %+v", got)
	}
}

func TestAnUninstallCancelsWhatIsPending(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	pending, paid := b.charge(nil), b.charge(nil)
	b.step(paid.ChargeID, "approve", nil)
	b.step(paid.ChargeID, "pay", api.PaymentRequest{Outcome: "pay"})
	out := b.Uninstall(b.user[api.HeaderAuthToken], b.installationID)
	if got := b.read(pending.ChargeID); out.ChargesCancelled != 1 || got.Status != api.ChargeCancelled || *got.CancelReason != api.ReasonAppUninstalled {
		t.Errorf("%d cancelled, got %+v", out.ChargesCancelled, got)
	}
	if got := b.read(paid.ChargeID); got.Status != api.ChargeActive {
		t.Errorf("the paid charge is %s", got.Status)
	}
}

func TestChargesOfOthersAreNotFound(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	c := b.charge(nil)
	other := platformtest.User(b.Login(platformtest.CraftsMerchant))
	if a := b.Do(http.MethodGet, fmt.Sprintf("/api/apps/billing/charges/%d", c.ChargeID), other, nil); a.Status != http.StatusNotFound {
		t.Errorf("got %s", a.Body)
	}
}

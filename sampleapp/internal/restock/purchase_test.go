package restock

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// request makes a request with a session token of a store.
func (h *harness) request(method, path string, storeID int64, body ...string) answerTo {
	h.Helper()
	req, err := http.NewRequestWithContext(h.Context(), method, h.url+path, strings.NewReader(strings.Join(body, "")))
	if err != nil {
		h.Fatal(err)
	}
	req.Header.Set("X-Session-Token", h.session(storeID))
	return h.do(req)
}

func (h *harness) purchase(a answerTo) (v purchaseView) {
	h.Helper()
	if err := json.Unmarshal([]byte(a.body), &v); a.status != http.StatusOK || err != nil {
		h.Fatalf("%d %s, %v", a.status, a.body, err)
	}
	return v
}

// buy presses the button.
func (h *harness) buy(storeID int64) purchaseView {
	h.Helper()
	return h.purchase(h.request(http.MethodPost, "/api/shop/report", storeID))
}

// standing is what the page shows; query is of its address.
func (h *harness) standing(storeID int64, query string) purchaseView {
	h.Helper()
	return h.shop(storeID, query).Report
}

func (h *harness) shop(storeID int64, query string) (v shopView) {
	h.Helper()
	a := h.request(http.MethodGet, "/api/shop"+query, storeID)
	if err := json.Unmarshal([]byte(a.body), &v); a.status != http.StatusOK || err != nil {
		h.Fatalf("%d %s, %v", a.status, a.body, err)
	}
	return v
}

// tell delivers the webhook of a charge, as it stands now.
func (h *harness) tell(id, topic string, c charge) {
	h.Helper()
	body := fmt.Sprintf(`{"event_id":%q,"event_topic":%q,"store_id":%d,"timestamp":%q,"data":%s}`,
		id, topic, c.StoreID, h.tick().Format("2006-01-02T15:04:05.000Z"), asJSON(map[string]any{"charge_id": c.ChargeID, "status": c.Status, "charge": c}))
	if a := h.deliver(topic, body, h.clock(), webhookSecret); a.status != http.StatusOK {
		h.Errorf("%s gets %d %s", topic, a.status, a.body)
	}
}

func asJSON(v any) string {
	text, _ := json.Marshal(v)
	return string(text)
}

// hasReport fails unless the store may read the report, or may not.
func (h *harness) hasReport(storeID int64, want bool) {
	h.Helper()
	status := map[bool]int{true: http.StatusOK, false: http.StatusPaymentRequired}[want]
	if a := h.request(http.MethodGet, "/api/report", storeID); a.status != status {
		h.Errorf("the report of store %d: %d %s, want %d", storeID, a.status, a.body, status)
	}
}

func TestPurchase(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	if v := h.standing(22, ""); v.Status != none || v.Price != 150_00 || v.ConfirmationURL != "" {
		t.Errorf("before: %+v", v)
	}
	h.hasReport(22, false)
	v := h.buy(22)
	if v.Status != pending || v.ConfirmationURL != "/22/settings/apps/billing/1" {
		t.Errorf("asked: %+v", v)
	}
	want := []charge{{
		StoreID: 22, ChargeID: 1, Name: "Reorder report", Amount: "150.00", Status: "pending", URL: v.ConfirmationURL,
		Return: dashboard + "/22/apps/e/restock", Metadata: json.RawMessage(`{"product":"reorder-report"}`),
		Key: fmt.Sprintf("reorder-report-22-%d-1", noon.UnixMilli()),
	}}
	if diff := cmp.Diff(want, h.platform.charged()); diff != "" {
		t.Errorf("charges (-want +got):\n%s", diff)
	}
	h.hasReport(22, false)
	h.platform.decide(1, "active")
	if v := h.standing(22, "?payment=success&charge_id=1"); v.Status != paid || v.Payment != "success" || v.ConfirmationURL != "" {
		t.Errorf("paid: %+v", v)
	}
	h.hasReport(22, true)
	if v := h.buy(22); v.Status != paid || len(h.platform.charged()) != 1 {
		t.Errorf("bought again: %+v", v)
	}
}

// The webhook and the merchant come in any order, and the webhook twice.
func TestActivatedBeforeAndAfterTheReturn(t *testing.T) {
	t.Parallel()
	for _, first := range []bool{true, false} {
		t.Run(fmt.Sprintf("webhook first %t", first), func(t *testing.T) {
			t.Parallel()
			h := start(t)
			h.install(22)
			h.buy(22)
			c := h.platform.decide(1, "active")
			if first {
				h.tell("e1", "charge.activated", c)
				h.platform.billingIs(func(b *billing) { b.down = true }) // nobody needs to ask any more
			}
			if v := h.standing(22, "?payment=success&charge_id=1"); v.Status != paid || v.Payment != "success" {
				t.Errorf("%+v", v)
			}
			h.tell("e1", "charge.activated", c)
			h.tell("e2", "charge.activated", c)
			h.hasReport(22, true)
			if rows := h.count("purchase"); rows != 1 {
				t.Errorf("%d purchases", rows)
			}
		})
	}
}

// The address is the merchant's to write: only the platform's word counts.
func TestForgedReturns(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	h.install(23)
	h.buy(23)
	h.platform.decide(1, "active")
	h.buy(22)
	for _, query := range []string{
		"?payment=success&charge_id=2", "?payment=success&charge_id=1", "?payment=success&charge_id=99", "?payment=success",
		"?payment=success&charge_id=abc", "?payment=success&charge_id=-1", "?payment=failed&charge_id=1",
	} {
		if v := h.standing(22, query); v.Status != pending || v.Payment != "" {
			t.Errorf("%s: %+v", query, v)
		}
	}
	h.hasReport(22, false)
	h.platform.billingIs(func(b *billing) {
		b.charges[1].Status, b.charges[1].Metadata = "active", json.RawMessage(`{"product":"other"}`)
	})
	h.tell("e1", "charge.activated", h.platform.charged()[1])
	if v := h.standing(22, "?payment=success&charge_id=2"); v.Status != pending {
		t.Errorf("another product: %+v", v)
	}
}

func TestPlatformDownWhileBuying(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	h.platform.billingIs(func(b *billing) { b.down = true })
	if a := h.request(http.MethodPost, "/api/shop/report", 22); a.status != http.StatusBadGateway || !strings.Contains(a.body, "platform_unavailable") {
		t.Errorf("%d %s", a.status, a.body)
	}
	// The charge is made, and the answer lost.
	h.platform.billingIs(func(b *billing) { b.down = false })
	lost := 0
	h.through(func(r *http.Request) (*http.Response, error) {
		resp, err := http.DefaultTransport.RoundTrip(r)
		if err == nil && r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/charges") && lost < 4 {
			lost++
			return nil, fmt.Errorf("broken: %w", resp.Body.Close())
		}
		return resp, err
	})
	if a := h.request(http.MethodPost, "/api/shop/report", 22); a.status != http.StatusBadGateway || lost != 4 {
		t.Errorf("%d %s after %d", a.status, a.body, lost)
	}
	if v := h.standing(22, ""); v.Status != pending || v.ConfirmationURL != "" {
		t.Errorf("%+v", v)
	}
	if v := h.buy(22); v.ConfirmationURL == "" || len(h.platform.charged()) != 1 {
		t.Errorf("%+v after %d charges", v, len(h.platform.charged()))
	}
}

// A payment that fails leaves the charge as it is; a charge that was ended
// makes way for another.
func TestAnotherTry(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	first := h.buy(22)
	h.tell("e1", "charge.payment_failed", h.platform.charged()[0])
	for _, payment := range []string{"failed", "cancelled"} {
		if v := h.standing(22, "?charge_id=1&payment="+payment); v.Payment != payment || v.Status != pending || v.ConfirmationURL == "" {
			t.Errorf("%s: %+v", payment, v)
		}
	}
	if v := h.buy(22); v != first {
		t.Errorf("got %+v, want %+v again", v, first)
	}
	for n, status := range []string{"declined", "cancelled", "expired"} {
		id := int64(n + 1)
		c := h.platform.decide(id, status)
		if n > 0 { // the first is found out by asking
			h.tell(fmt.Sprint("d", n), "charge."+status, c)
		}
		shown := map[string]string{"expired": ""}
		v := h.standing(22, fmt.Sprintf("?charge_id=%d&payment=declined", id))
		if want, ok := shown[status]; v.Status != status || v.ConfirmationURL != "" || ok && v.Payment != want || !ok && v.Payment != status {
			t.Errorf("%s: %+v", status, v)
		}
		if v := h.buy(22); v.Status != pending || v.ConfirmationURL != fmt.Sprintf("/22/settings/apps/billing/%d", id+1) {
			t.Errorf("after %s: %+v", status, v)
		}
	}
	keys := map[string]bool{}
	for _, c := range h.platform.charged() {
		keys[c.Key] = true
	}
	if len(keys) != 4 {
		t.Errorf("keys %v", keys)
	}
	// A late webhook about an ended charge changes nothing.
	h.tell("late", "charge.declined", h.platform.charged()[0])
	if v := h.standing(22, ""); v.Status != pending {
		t.Errorf("%+v", v)
	}
}

func TestTwoTabs(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	var tabs sync.WaitGroup
	answers := make([]answerTo, 6)
	for n := range answers {
		tabs.Go(func() { answers[n] = h.request(http.MethodPost, "/api/shop/report", 22) })
	}
	tabs.Wait()
	for _, a := range answers {
		if a.status != http.StatusOK || a.body != answers[0].body {
			t.Errorf("%d %s", a.status, a.body)
		}
	}
	if n := len(h.platform.charged()); n != 1 {
		t.Errorf("%d charges", n)
	}
}

// A key that was used with another return address is given up for the next.
func TestKeyUsedElsewhere(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	h.platform.billingIs(func(b *billing) {
		b.charges = []charge{{StoreID: 22, ChargeID: 1, Status: "pending", Return: "http://elsewhere", Key: fmt.Sprintf("reorder-report-22-%d-1", noon.UnixMilli())}}
	})
	if v := h.buy(22); v.Status != pending || v.ConfirmationURL != "/22/settings/apps/billing/2" {
		t.Errorf("%+v", v)
	}
}

// A key that the platform knows of a charge that has ended, as where its clock
// stood still over a reinstall, makes way for the next as well.
func TestKeyOfAnEndedCharge(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	h.buy(22)
	h.send("gone", "app.uninstalled", 22, h.clock())
	h.platform.decide(1, "cancelled")
	h.install(22)
	if v := h.buy(22); v.Status != pending || v.ConfirmationURL != "/22/settings/apps/billing/2" {
		t.Errorf("%+v", v)
	}
	if keys := h.platform.charged(); len(keys) != 2 || keys[0].Key == keys[1].Key {
		t.Errorf("charges %+v", keys)
	}
}

func TestPurchaseNeedsASession(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	old := h.session(22)
	h.pass(11 * time.Minute)
	for _, token := range []string{"", "x", old} {
		for _, path := range []string{"/api/shop", "/api/report", "/api/stock"} {
			if a := h.get(path, "X-Session-Token", token); a.status != http.StatusUnauthorized {
				t.Errorf("%s with %q: %d %s", path, token, a.status, a.body)
			}
		}
	}
}

func TestOutcomeOfAPayment(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ status, said, want string }{
		{paid, "failed", "success"}, {paid, "", "success"}, {pending, "success", ""}, {pending, "failed", "failed"},
		{pending, "<b>", ""}, {selorax.ChargeDeclined, "success", "declined"}, {selorax.ChargeExpired, "success", ""},
	} {
		if got := (purchase{status: test.status}).outcome(test.said); got != test.want {
			t.Errorf("%+v: %q", test, got)
		}
	}
}

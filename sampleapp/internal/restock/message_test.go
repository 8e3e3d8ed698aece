package restock

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// lily is sold out in the shops of the tests.
const (
	lily    = 2221
	lilyIs  = 2202
	someone = "01712345678"
)

// work has the outbox do all that is due.
func (h *harness) work() {
	for h.app.round(h.Context()) {
	}
}

// alerts is what the page shows.
func (h *harness) alerts() (v alertsView) {
	h.Helper()
	a := h.request(http.MethodGet, "/api/alerts", 22)
	if err := json.Unmarshal([]byte(a.body), &v); a.status != http.StatusOK || err != nil {
		h.Fatalf("%d %s, %v", a.status, a.body, err)
	}
	return v
}

// statuses are the messages as words: kind, recipient, status, what holds it.
func (h *harness) statuses() (all []string) {
	h.Helper()
	for _, m := range h.alerts().Messages {
		all = append(all, strings.TrimSpace(strings.Join([]string{m.Kind, m.Recipient, m.Status, m.HeldFor, m.Error}, " ")))
	}
	return all
}

func (h *harness) expect(want ...string) {
	h.Helper()
	if diff := cmp.Diff(want, h.statuses()); diff != "" {
		h.Errorf("messages (-want +got):\n%s", diff)
	}
}

// waitFor puts somebody on the waiting list for lilies.
func (h *harness) waitFor(who string) answerTo {
	h.Helper()
	return h.request(http.MethodPost, "/api/waiting", 22, fmt.Sprintf(`{"product_id":%d,"sku_id":%d,"recipient":%q}`, lilyIs, lily, who))
}

// counted tells how many lilies there are now, with the webhook.
func (h *harness) counted(before, now int64) {
	h.Helper()
	h.platform.knows(func(p *platform) { p.counted[lily] = now })
	h.tellOf("inventory.updated", map[string]any{
		"product_id": lilyIs, "sku_id": lily, "product_name": "=Lily", "variant_name": "Default", "previous_quantity": before, "quantity": now,
	})
}

// tellOf delivers an event.
func (h *harness) tellOf(topic string, data any) {
	h.Helper()
	at := h.tick()
	body := fmt.Sprintf(`{"event_id":"%s-%d","event_topic":%q,"store_id":22,"timestamp":%q,"data":%s}`,
		strings.ReplaceAll(topic, "/", "-"), at.UnixNano(), topic, at.Format("2006-01-02T15:04:05.000Z"), asJSON(data))
	if a := h.deliver(topic, body, h.clock(), webhookSecret); a.status != http.StatusOK {
		h.Fatalf("%s gets %d %s", topic, a.status, a.body)
	}
}

// ended tells what became of a message that was sent.
func (h *harness) ended(n int, status string, because string) {
	h.Helper()
	h.tellOf("message."+status, map[string]any{
		"message_id": n + 1, "status": status, "message": map[string]any{"metadata": h.platform.messages()[n].Metadata, "error": because},
	})
}

// open installs the app on a store that has the plan, and money in its wallet.
func (h *harness) open(money float64) {
	h.Helper()
	h.install(22)
	h.platform.knows(func(p *platform) { p.wallet.balance = money })
	h.request(http.MethodPost, "/api/shop/plan", 22)
	h.tell("plan", "charge.activated", h.platform.decide(1, "active"))
}

func TestBackInStock(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.open(10)
	if a := h.waitFor("+880 1712-345678"); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	h.work()
	h.expect("back 01712345678 waiting")
	h.counted(0, 4)
	h.work()
	h.expect("back 01712345678 sent")
	sent := h.platform.messages()
	if len(sent) != 1 || sent[0].To != someone || sent[0].Channel != "sms" || sent[0].Message != "Store 22: =Lily is back in stock. You asked us to tell you." {
		t.Errorf("sent %+v", sent)
	}
	h.ended(0, "delivered", "")
	h.expect("back 01712345678 delivered")
	if v := h.alerts(); v.Balance != 9_50 {
		t.Errorf("%s are left", v.Balance)
	}
	h.counted(4, 5) // nobody waits any more
	h.work()
	if n := len(h.platform.messages()); n != 1 {
		t.Errorf("%d messages", n)
	}
	h.pass(keepFinished + time.Hour)
	h.work()
	h.expect()
}

// Nobody's address is kept because the platform has not said what became of a
// message.
func TestNeverEnded(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.open(1)
	h.waitFor(someone)
	h.counted(0, 1)
	h.work()
	h.pass(keepFinished - time.Hour)
	h.work()
	h.expect("back 01712345678 sent")
	h.pass(2 * time.Hour)
	h.work()
	h.expect()
}

// What cannot be paid waits, says for what, and goes out once it can.
func TestHeld(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	h.waitFor(someone)
	h.waitFor("Nadia@Example.com")
	h.counted(0, 1)
	h.work()
	h.expect("back nadia@example.com held plan", "back 01712345678 held plan")
	h.request(http.MethodPost, "/api/shop/plan", 22)
	h.tell("plan", "charge.activated", h.platform.decide(1, "active"))
	h.work()
	h.expect("back nadia@example.com held wallet", "back 01712345678 held wallet")
	if held := h.alerts().Held; held != (heldView{ForWallet: 2, Price: 60}) {
		t.Errorf("%+v", held)
	}
	h.request(http.MethodPost, "/api/shop/wallet", 22)
	h.platform.knows(func(p *platform) { p.wallet.balance = 200 })
	h.tell("topup", "charge.activated", h.platform.decide(2, "completed"))
	h.work()
	h.expect("back nadia@example.com sent", "back 01712345678 sent")
	if sent := h.platform.messages(); len(sent) != 2 || sent[1].Channel != "email" || sent[1].Subject != "=Lily is back in stock" {
		t.Errorf("sent %+v", sent)
	}
	h.request(http.MethodPost, "/api/shop/wallet", 22) // a wallet takes more
	if n := len(h.platform.charged()); n != 3 {
		t.Errorf("%d charges", n)
	}
}

// A message that does not arrive costs nothing, however often that is said.
func TestNotDelivered(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.open(1)
	h.waitFor(someone)
	h.counted(0, 1)
	h.work()
	h.ended(0, "failed", "unknown subscriber")
	h.ended(0, "failed", "unknown subscriber")
	h.work()
	h.work()
	h.expect("back 01712345678 failed  unknown subscriber")
	if v := h.alerts(); v.Balance != 1_00 {
		t.Errorf("%s are left", v.Balance)
	}
	h.platform.knows(func(p *platform) {
		p.carrier.refuse = func(sentMessage) (int, string) { return http.StatusBadRequest, "validation_error" }
	})
	h.waitFor("nadia@example.com")
	h.work()
	if a := h.waitFor("nadia@example.com"); a.status != http.StatusConflict {
		t.Errorf("there are some: %d %s", a.status, a.body)
	}
}

// An answer that is lost is asked for again, with the same keys.
func TestOutboxRepeats(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.open(1)
	h.waitFor(someone)
	h.counted(0, 1)
	lost := 0
	h.through(func(r *http.Request) (*http.Response, error) {
		resp, err := http.DefaultTransport.RoundTrip(r)
		if err == nil && r.Method == http.MethodPost && (strings.HasSuffix(r.URL.Path, "/debit") || strings.HasSuffix(r.URL.Path, "/sms")) && lost < 9 {
			lost++
			return nil, errors.Join(errors.New("broken"), resp.Body.Close())
		}
		return resp, err
	})
	for range 4 {
		h.work()
		h.pass(time.Minute)
	}
	h.expect("back 01712345678 sent")
	if sent := h.platform.messages(); len(sent) != 1 || lost != 9 || h.alerts().Balance != 50 {
		t.Errorf("%d messages after %d losses, %s left", len(sent), lost, h.alerts().Balance)
	}
}

// What may have been paid for goes out: nobody takes it off the list, and stock
// that goes meanwhile does not have it wait until the platform has forgotten
// the debit's key.
func TestPaidUnheard(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.open(1)
	h.waitFor(someone)
	h.counted(0, 1)
	lost := false
	h.through(func(r *http.Request) (*http.Response, error) {
		resp, err := http.DefaultTransport.RoundTrip(r)
		if err == nil && strings.HasSuffix(r.URL.Path, "/debit") {
			lost = true
			return nil, errors.Join(errors.New("broken"), resp.Body.Close())
		}
		return resp, err
	})
	h.work()
	h.through(http.DefaultTransport.RoundTrip)
	remove := fmt.Sprint("/api/waiting/", h.alerts().Messages[0].MessageID)
	if a := h.request(http.MethodDelete, remove, 22); a.status != http.StatusConflict || !lost {
		t.Errorf("%d %s", a.status, a.body)
	}
	h.platform.knows(func(p *platform) { p.counted[lily] = 0 })
	h.pass(time.Minute)
	h.work()
	h.expect("back 01712345678 sent")
	if a := h.request(http.MethodDelete, remove, 22); a.status != http.StatusConflict {
		t.Errorf("what was sent: %d %s", a.status, a.body)
	}
	if n := len(h.platform.messages()); n != 1 || h.alerts().Balance != 50 {
		t.Errorf("%d messages, %s left", n, h.alerts().Balance)
	}
}

// The stock is asked for, since events are late at times.
func TestGoneAgain(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.open(1)
	h.waitFor(someone)
	h.counted(0, 1)
	h.platform.knows(func(p *platform) { p.counted[lily] = 0 })
	h.work()
	h.expect("back 01712345678 waiting")
	h.counted(0, 2)
	h.work()
	h.expect("back 01712345678 sent")
}

// Stock that returns while the outbox finds none is not overlooked.
func TestBackWhileLooking(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.open(1)
	h.waitFor(someone)
	looked := false
	h.through(func(r *http.Request) (*http.Response, error) {
		resp, err := http.DefaultTransport.RoundTrip(r)
		if strings.Contains(r.URL.Path, "/inventory/") && !looked {
			looked = true
			h.counted(0, 1)
		}
		return resp, err
	})
	h.work()
	h.expect("back 01712345678 sent")
}

// A payment that arrives while the outbox finds too little is not overlooked.
func TestPaidWhileLooking(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.open(0)
	h.waitFor(someone)
	h.counted(0, 1)
	h.request(http.MethodPost, "/api/shop/wallet", 22)
	short := 0
	h.through(func(r *http.Request) (*http.Response, error) {
		resp, err := http.DefaultTransport.RoundTrip(r)
		if strings.HasSuffix(r.URL.Path, "/debit") && resp.StatusCode == http.StatusPaymentRequired {
			short++
			h.platform.knows(func(p *platform) { p.wallet.balance = 200 })
			h.tell("topup", "charge.activated", h.platform.decide(2, "completed"))
		}
		return resp, err
	})
	h.work()
	h.expect("back 01712345678 sent")
	if short != 1 {
		t.Errorf("too little %d times", short)
	}
}

// The platform may say what became of a message before it has answered the
// call that sent it, and the merchant may leave meanwhile.
func TestMeanwhile(t *testing.T) {
	t.Parallel()
	for what, test := range map[string]struct {
		do   func(h *harness)
		want []string
	}{
		"delivered": {func(h *harness) {
			h.tellOf("message.delivered", map[string]any{"status": "delivered", "message": map[string]any{"metadata": map[string]any{"restock_message": 1}}})
		}, []string{"back 01712345678 delivered"}},
		"uninstalled": {func(h *harness) {
			h.send("gone", "app.uninstalled", 22, h.tick())
			h.tick()
			h.install(22)
		}, nil},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			h := start(t)
			h.open(1)
			h.waitFor(someone)
			h.counted(0, 1)
			h.platform.knows(func(p *platform) {
				p.carrier.before = func() {
					h.platform.knows(func(p *platform) { p.carrier.before = nil })
					test.do(h)
				}
			})
			h.work()
			h.expect(test.want...)
		})
	}
}

// Work looks when it is woken, and ends with the app.
func TestWork(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.open(1)
	arrived, ended := make(chan struct{}), make(chan struct{})
	h.platform.knows(func(p *platform) { p.carrier.before = func() { close(arrived) } })
	ctx, stop := contextOf(t)
	go func() {
		defer close(ended)
		h.app.Work(ctx)
	}()
	h.waitFor(someone)
	h.counted(0, 1)
	<-arrived
	stop()
	<-ended
}

func TestWhoMayWait(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.open(1)
	for body, want := range map[string]int{
		`{"product_id":2202,"sku_id":2221,"recipient":"01712345678"}`:     http.StatusOK,
		`{"product_id":2202,"sku_id":2221,"recipient":"8801712345678"}`:   http.StatusConflict, // the same person
		`{"product_id":2202,"sku_id":2221,"recipient":"021234567"}`:       http.StatusBadRequest,
		`{"product_id":2202,"sku_id":2221,"recipient":"N <n@x.example>"}`: http.StatusBadRequest,
		`{"product_id":2202,"sku_id":2221}`:                               http.StatusBadRequest,
		`{"product_id":2201,"sku_id":2211,"recipient":"01712345679"}`:     http.StatusConflict, // there are twenty
		`{"product_id":2202,"sku_id":2212,"recipient":"01712345679"}`:     http.StatusNotFound, // of another product
		`{"product_id":9999,"sku_id":2221,"recipient":"01712345679"}`:     http.StatusNotFound,
		`{"product_id":2204,"sku_id":2241,"recipient":"01712345679"}`:     http.StatusConflict, // not for sale
		`{"product_id":0,"sku_id":2221,"recipient":"01712345679"}`:        http.StatusBadRequest,
		`nonsense`: http.StatusBadRequest,
	} {
		if want == http.StatusConflict {
			h.waitFor(someone)
		}
		if a := h.request(http.MethodPost, "/api/waiting", 22, body); a.status != want && !(want == http.StatusOK && a.status == http.StatusConflict) {
			t.Errorf("%s: %d %s, want %d", body, a.status, a.body, want)
		}
	}
	id := h.alerts().Messages[0].MessageID
	h.install(23)
	h.request(http.MethodDelete, fmt.Sprint("/api/waiting/", id), 23)
	if n := len(h.alerts().Messages); n != 1 {
		t.Errorf("another store's merchant leaves %d messages", n)
	}
	h.request(http.MethodDelete, fmt.Sprint("/api/waiting/", id), 22)
	h.expect()
}

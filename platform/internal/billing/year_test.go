package billing_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

// Thirteen months of one subscription by one move of the clock: every notice
// and every payment, each with its webhook, in order. The aim is two seconds
// for all of them; what it took is in the log.
func TestThirteenMonths(t *testing.T) {
	t.Parallel()
	b := newPlan(t)
	arrived := make(chan string, 100)
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var e struct {
			Topic     string   `json:"event_topic"`
			Timestamp api.Time `json:"timestamp"`
		}
		if err := json.NewDecoder(r.Body).Decode(&e); err != nil {
			t.Error(err)
		}
		arrived <- e.Timestamp.Format("2006-01-02 ") + e.Topic
	}))
	t.Cleanup(receiver.Close)
	for _, topic := range []string{api.TopicChargeActivated, api.TopicSubscriptionRenewalPending} {
		b.Do(http.MethodPost, "/api/apps/v1/webhooks", b.app, map[string]string{"topic": topic, "url": receiver.URL})
	}
	c := b.start(nil)
	if first := <-arrived; first != "2027-01-31 charge.activated" {
		t.Errorf("first came %q", first)
	}
	started := time.Now()
	b.until(begin.AddDate(1, 1, 0))
	t.Logf("13 months took %v", time.Since(started))
	if got := b.refresh().read(c.ChargeID); got.PaymentsMade != 14 || got.Status != api.ChargeActive {
		t.Errorf("%+v", got.Charge)
	}
	before := ""
	for n := range 26 {
		line := <-arrived
		want := []string{api.TopicSubscriptionRenewalPending, api.TopicChargeActivated}[n%2]
		if line[11:] != want || line[:10] < before {
			t.Errorf("webhook %d is %q after %s, want %s", n, line, before, want)
		}
		before = line[:10]
	}
	if len(arrived) > 0 {
		t.Errorf("and then came %q", <-arrived)
	}
}

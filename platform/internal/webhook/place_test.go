package webhook

import (
	"context"
	"net/http"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/queue/queuetest"
)

// A job that is cut off, as when its time is up, passes its place on all the
// same: else the host had one less for good, and the first in line was never
// sent.
func TestAJobThatIsCutOffPassesItsPlaceOn(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	let := make(chan struct{})
	r := newReceiver(t, held(let, http.StatusOK))
	b.subscribe(r.URL, api.TopicOrderCreated)
	b.emit()
	second := b.emit()
	if _, err := b.fanOut(t.Context()); err != nil {
		t.Fatal(err)
	}
	jobs := [2]Attempt{}
	for n, d := range b.deliveries() {
		jobs[n] = Attempt{DeliveryID: d.DeliveryID, Number: 1}
	}
	for range maxInFlight - 1 {
		b.gate.enter(hostOf(r.URL), Attempt{})
	}
	ctx, cutOff := context.WithCancel(t.Context())
	ended := inBackground(ctx, func(ctx context.Context) error { return b.attempt(ctx, jobs[0]) })
	<-r.arrived
	if err := b.attempt(t.Context(), jobs[1]); err != nil { // gets in line
		t.Fatal(err)
	}
	cutOff()
	if err := ended(); err == nil {
		t.Error("the attempt counts although it was cut off")
	}
	close(let)
	queuetest.Loop(t, b.Service.Run)
	if got := (<-r.arrived).header.Get(api.HeaderWebhookEventID); got != second.ID {
		t.Errorf("event %s came, want %s", got, second.ID)
	}
}

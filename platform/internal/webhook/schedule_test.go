package webhook

import (
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
)

// instants are how long after the start the attempts of a delivery began.
func instants(start time.Time, d api.Delivery) (after []time.Duration) {
	for _, a := range d.Attempts {
		after = append(after, a.StartedAt.Sub(start))
	}
	return after
}

func TestSixAttemptsAtExactInstantsThenDead(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	r := newReceiver(t, answers(http.StatusInternalServerError))
	b.subscribe(r.URL, api.TopicOrderCreated)
	rec := b.emit()
	b.advance(30 * 24 * time.Hour)
	d := b.only()
	want := []time.Duration{
		0, time.Minute, 6 * time.Minute, 36 * time.Minute, 2*time.Hour + 36*time.Minute, 14*time.Hour + 36*time.Minute,
	}
	if diff := cmp.Diff(want, instants(b.start, d)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if d.Status != api.DeliveryDead || d.AttemptCount != 6 || d.NextAttemptAt != nil {
		t.Errorf("got %+v", d)
	}
	if s := b.subscriptions()[0]; s.FailureCount != 1 || !s.IsActive || s.LastFailureAt.Sub(b.start) != want[5] {
		t.Errorf("got %+v", s)
	}
	ids := map[string]bool{}
	for _, got := range r.all() {
		ids[got.header.Get("X-SeloraX-Delivery-Id")] = true
		if got.header.Get("webhook-id") != rec.ID || got.header.Get("X-SeloraX-Idempotency-Key") != rec.ID {
			t.Error("the event id changed between attempts")
		}
	}
	if len(ids) != 6 {
		t.Errorf("%d delivery ids in 6 attempts", len(ids))
	}
}

func TestRetryWaitsForItsInstant(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	var n atomic.Int32
	r := newReceiver(t, func(w http.ResponseWriter, _ *http.Request) {
		if n.Add(1) == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	b.subscribe(r.URL, api.TopicOrderCreated)
	b.emit()
	b.settle()
	if busy := b.busy(); busy != 0 {
		t.Errorf("a retry in the future counts as busy: %d", busy)
	}
	b.advance(time.Minute - time.Millisecond)
	if d := b.only(); d.AttemptCount != 1 || !d.NextAttemptAt.Equal(b.start.Add(time.Minute)) {
		t.Errorf("too early: %+v", d)
	}
	b.advance(time.Millisecond)
	if d := b.only(); d.Status != api.DeliveryDelivered || d.AttemptCount != 2 {
		t.Errorf("got %+v", d)
	}
}

func TestRetryAfterPutsTheNextAttemptOff(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	var n atomic.Int32
	r := newReceiver(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", []string{"600", "1", "999999"}[min(n.Add(1), 3)-1])
		w.WriteHeader(http.StatusTooManyRequests)
	})
	b.subscribe(r.URL, api.TopicOrderCreated)
	b.emit()
	b.advance(48 * time.Hour)
	want := []time.Duration{0, 10 * time.Minute, 15 * time.Minute, 24*time.Hour + 15*time.Minute}
	if diff := cmp.Diff(want, instants(b.start, b.only())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestGoneEndsDeliveryAndSubscription(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	var n atomic.Int32
	r := newReceiver(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader([]int{http.StatusInternalServerError, http.StatusGone}[min(n.Add(1), 2)-1])
	})
	b.subscribe(r.URL, api.TopicOrderCreated)
	b.emit()
	b.settle() // one delivery waits for its retry
	b.emit()
	b.settle()
	if s := b.subscriptions()[0]; s.IsActive {
		t.Errorf("still active: %+v", s)
	}
	b.emit()
	b.advance(24 * time.Hour)
	waiting, gone := b.deliveries()[0], b.deliveries()[1]
	if len(b.deliveries()) != 2 || gone.Status != api.DeliveryDead || gone.AttemptCount != 1 || waiting.Status != api.DeliveryCancelled || waiting.AttemptCount != 1 {
		t.Errorf("got %+v", b.deliveries())
	}
	if sent := len(r.all()); sent != 2 {
		t.Errorf("%d requests, want 2", sent)
	}
}

func TestFiveDeadInARowDeactivate(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	var healthy atomic.Bool
	r := newReceiver(t, func(w http.ResponseWriter, _ *http.Request) {
		if !healthy.Load() {
			w.WriteHeader(http.StatusBadGateway)
		}
	})
	b.subscribe(r.URL, api.TopicOrderCreated)
	die := func(times int) {
		for range times {
			b.emit()
			b.advance(15 * time.Hour)
		}
	}
	die(4)
	if s := b.subscriptions()[0]; s.FailureCount != 4 || !s.IsActive {
		t.Fatalf("after four: %+v", s)
	}
	healthy.Store(true)
	die(1)
	if s := b.subscriptions()[0]; s.FailureCount != 0 || !s.IsActive {
		t.Fatalf("a success does not reset: %+v", s)
	}
	healthy.Store(false)
	die(4)
	if s := b.subscriptions()[0]; s.FailureCount != 4 || !s.IsActive {
		t.Fatalf("four again: %+v", s)
	}
	die(1)
	if s := b.subscriptions()[0]; s.FailureCount != 5 || s.IsActive {
		t.Fatalf("after five: %+v", s)
	}
	sent := len(r.all())
	die(1)
	if len(r.all()) != sent || len(b.deliveries()) != 10 {
		t.Error("a deactivated subscription was sent something")
	}
}

func TestReactivatedInTimeLosesNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	var n atomic.Int32
	r := newReceiver(t, func(w http.ResponseWriter, _ *http.Request) {
		if n.Add(1) == 1 {
			w.WriteHeader(http.StatusBadGateway)
		}
	})
	b.subscribe(r.URL, api.TopicOrderCreated)
	b.emit()
	b.settle()
	dbtest.Exec(t, b.DB, `UPDATE subscription SET is_active = 0`)
	b.advance(30 * time.Second)
	dbtest.Exec(t, b.DB, `UPDATE subscription SET is_active = 1`)
	b.advance(30 * time.Second)
	if d := b.only(); d.Status != api.DeliveryDelivered {
		t.Errorf("got %+v", d)
	}
}

// Two runs of the same story with many receivers end the same way.
func TestAdvanceIsRepeatable(t *testing.T) {
	t.Parallel()
	story := func() (all [][]time.Duration) {
		b := newBench(t).run()
		for range 5 {
			b.subscribe(newReceiver(t, answers(http.StatusInternalServerError)).URL, api.TopicOrderCreated)
		}
		b.emit()
		b.advance(time.Hour)
		b.emit()
		b.advance(90 * 24 * time.Hour)
		for _, d := range b.deliveries() {
			all = append(all, instants(b.start, d))
		}
		return all
	}
	first := story()
	if diff := cmp.Diff(first, story()); diff != "" || len(first) != 10 || len(first[9]) != 6 {
		t.Errorf("%d deliveries (-first +second):\n%s", len(first), diff)
	}
}

// busy returns what Busy counts.
func (b *bench) busy() (n int) {
	b.t.Helper()
	err := b.DB.Read(b.t.Context(), func(tx *db.Tx) (err error) {
		n, err = b.Busy(tx)
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return n
}

func TestBusyUntilTheOutcomeIsRecorded(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	let := make(chan struct{})
	r := newReceiver(t, held(let, http.StatusInternalServerError))
	b.subscribe(r.URL, api.TopicOrderCreated)
	b.emit()
	if n := b.busy(); n != 1 {
		t.Errorf("an event not fanned out: %d", n)
	}
	b.run()
	<-r.arrived
	if n := b.busy(); n != 1 {
		t.Errorf("an attempt in flight: %d", n)
	}
	close(let)
	b.settle()
	if n := b.busy(); n != 0 || b.only().Status != api.DeliveryRetrying {
		t.Errorf("a retry in the future: %d", n)
	}
	if id := apptest.StoreID; dbtest.Value[int64](t, b.DB, `SELECT store_id FROM timer`) != id {
		t.Error("the timer does not know its store")
	}
}

package webhook

import (
	"net/http"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
)

// restart is what the server does on a database that a dead process left.
func (b *bench) restart() {
	b.t.Helper()
	b.reopen(b.DB)
	b.orphan()
	if err := b.Recover(b.t.Context(), nil); err != nil {
		b.t.Fatal(err)
	}
	b.run()
}

// orphan makes all claims those of a process that has been struck off.
func (b *bench) orphan() {
	b.t.Helper()
	dbtest.Exec(b.t, b.DB, `UPDATE delivery SET claimed_by = -1`)
}

// A recovery leaves the attempts of living processes alone.
func TestAClaimLastsAsLongAsItsProcess(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := newReceiver(t, nil)
	b.subscribe(r.URL, api.TopicOrderCreated)
	job := b.pending()
	c, err := b.claim(t.Context(), job)
	if err != nil || c == nil {
		t.Fatalf("claimed %v, %v", c, err)
	}
	if err := b.Recover(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if _, due := b.gate.unseen(); len(due) != 0 {
		t.Fatalf("an attempt in flight was taken for lost: %v", due)
	}
	b.orphan()
	b.giveBack(t.Context(), c) // by a process that no longer has it
	if n := dbtest.Value[int](t, b.DB, `SELECT COUNT(*) FROM delivery WHERE claimed_ms IS NULL`); n != 0 {
		t.Error("one process gave back the claim of another")
	}
	if err := b.Recover(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if c, err := b.claim(t.Context(), job); err != nil || c == nil {
		t.Errorf("a lost attempt cannot be made again: %v, %v", c, err)
	}
}

// An attempt whose delivery a reset took away, and whose id another delivery
// has now, changes nothing of that: neither its outcome nor its claim.
func TestAnAttemptOfWhatIsGoneChangesNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := newReceiver(t, nil)
	b.subscribe(r.URL, api.TopicOrderCreated)
	job := b.pending()
	gone, err := b.claim(t.Context(), job)
	if err != nil || gone == nil {
		t.Fatalf("claimed %v, %v", gone, err)
	}
	dbtest.Exec(t, b.DB, `UPDATE delivery SET claimed_ms = NULL, claimed_by = NULL, event_id = $1`, b.emit().ID)
	if c, err := b.claim(t.Context(), job); err != nil || c == nil {
		t.Fatalf("claimed %v, %v", c, err)
	}
	if err := b.record(t.Context(), gone, b.post(t.Context(), gone)); err != nil {
		t.Fatal(err)
	}
	b.giveBack(t.Context(), gone)
	n := dbtest.Value[int](t, b.DB, `SELECT COUNT(*) FROM delivery WHERE claimed_ms IS NOT NULL AND attempt_count = 0`)
	if attempts := dbtest.Value[int](t, b.DB, `SELECT COUNT(*) FROM delivery_attempt`); n != 1 || attempts != 0 {
		t.Errorf("%d deliveries are in flight, %d attempts recorded", n, attempts)
	}
}

// loseJobs leaves no attempt in the queue, as when all had left it for the
// lines in memory when the process died.
func (b *bench) loseJobs() {
	b.t.Helper()
	dbtest.Exec(b.t, b.DB, `DELETE FROM river_job WHERE kind = 'webhook.attempt'`)
}

func TestKilledInFlightIsDeliveredAfterRestart(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := newReceiver(t, nil)
	b.subscribe(r.URL, api.TopicOrderCreated)
	c, err := b.claim(t.Context(), b.pending())
	if err != nil || c == nil {
		t.Fatalf("claimed %v, %v", c, err)
	}
	b.post(t.Context(), c) // on the wire, but never recorded
	first := <-r.arrived
	b.loseJobs()
	b.restart()
	second := <-r.arrived
	b.settle()
	d := b.only()
	if d.Status != api.DeliveryDelivered || d.AttemptCount != 1 || len(d.Attempts) != 1 {
		t.Errorf("got %+v", d)
	}
	for _, name := range []string{"webhook-id", "X-SeloraX-Webhook-Event-Id", "X-SeloraX-Idempotency-Key"} {
		if v := first.header.Get(name); v == "" || v != second.header.Get(name) {
			t.Errorf("%s: %q, then %q", name, v, second.header.Get(name))
		}
	}
	if n := len(r.all()); n != 2 {
		t.Errorf("%d requests, want the lost one and one more", n)
	}
}

func TestLateOutcomeOfALostAttemptChangesNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := newReceiver(t, answers(http.StatusInternalServerError))
	b.subscribe(r.URL, api.TopicOrderCreated)
	c, err := b.claim(t.Context(), b.pending())
	if err != nil {
		t.Fatal(err)
	}
	old := b.Service
	b.restart()
	b.settle()
	if err := old.record(t.Context(), c, answer{id: "late", status: http.StatusOK}); err != nil {
		t.Fatal(err)
	}
	if d := b.only(); d.Status != api.DeliveryRetrying || len(d.Attempts) != 1 || d.Attempts[0].ID == "late" {
		t.Errorf("got %+v", d)
	}
}

func TestKilledBeforeTheFirstAttempt(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := newReceiver(t, nil)
	b.subscribe(r.URL, api.TopicOrderCreated)
	b.pending() // its job exists, and it stands in line too
	b.restart()
	b.settle()
	if d := b.only(); d.Status != api.DeliveryDelivered || len(r.all()) != 1 {
		t.Errorf("%d requests, %+v", len(r.all()), d)
	}
}

func TestRetryInTheTimetableSurvivesRestart(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := newReceiver(t, answers(http.StatusInternalServerError))
	b.subscribe(r.URL, api.TopicOrderCreated)
	if err := b.attempt(t.Context(), b.pending()); err != nil {
		t.Fatal(err)
	}
	b.restart()
	b.advance(24 * time.Hour)
	if d := b.only(); d.Status != api.DeliveryDead || d.AttemptCount != 6 || len(r.all()) != 6 {
		t.Errorf("%d requests, %+v", len(r.all()), d)
	}
}

package webhook

import (
	"net/http"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
)

// claimedAgain makes an attempt, claims it anew after its claim was dropped,
// as a recovery and a snapshot that is loaded drop it, and returns both.
func (b *bench) claimedAgain(job Attempt) (late, current *claimed) {
	b.t.Helper()
	for _, c := range []**claimed{&late, &current} {
		dbtest.Exec(b.t, b.DB, `UPDATE delivery SET claimed_ms = NULL`)
		var err error
		if *c, err = b.claim(b.t.Context(), job); err != nil || *c == nil {
			b.t.Fatalf("claimed %v, %v", *c, err)
		}
	}
	late.ms-- // it was claimed before
	return late, current
}

// An attempt that is made again while it is still in flight has its outcome
// from there, also where the same process makes both.
func TestALateAttemptLeavesTheCurrentOneAlone(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := newReceiver(t, nil)
	b.subscribe(r.URL, api.TopicOrderCreated)
	late, current := b.claimedAgain(b.pending())
	if err := b.record(t.Context(), late, answer{id: "late", request: http.Header{}, status: http.StatusGone}); err != nil {
		t.Fatal(err)
	}
	b.giveBack(t.Context(), late)
	if n := dbtest.Value[int](t, b.DB, `SELECT COUNT(*) FROM delivery WHERE claimed_ms IS NOT NULL AND attempt_count = 0`); n != 1 {
		t.Error("the late attempt ended the claim of the current one")
	}
	if err := b.record(t.Context(), current, answer{id: "current", request: http.Header{}, status: http.StatusOK}); err != nil {
		t.Fatal(err)
	}
	if d := b.only(); d.Status != api.DeliveryDelivered || len(d.Attempts) != 1 || d.Attempts[0].ID != "current" {
		t.Errorf("got %+v", d)
	}
	if s := b.subscriptions()[0]; !bool(s.IsActive) {
		t.Error("the late attempt deactivated the subscription")
	}
}

// What comes of a late token hook does not end the token that the current one
// hands over.
func TestALateTokenHookLeavesTheCurrentTokenAlive(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := newReceiver(t, nil)
	b.install(r.URL)
	late, current := b.claimedAgain(Attempt{DeliveryID: b.only().DeliveryID, Number: 1})
	if err := b.record(t.Context(), late, answer{id: "late", request: http.Header{}, status: http.StatusBadGateway}); err != nil {
		t.Fatal(err)
	}
	if err := b.record(t.Context(), current, answer{id: "current", request: http.Header{}, status: http.StatusOK}); err != nil {
		t.Fatal(err)
	}
	if b.alive(late.token) || !b.alive(current.token) {
		t.Errorf("late token alive %v, current one %v", b.alive(late.token), b.alive(current.token))
	}
}

package webhook

import (
	"net/http"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// again sends a delivery once more and returns what came of it.
func (b *bench) again(deliveryID int64) (d api.Delivery, err error) {
	err = b.DB.Write(b.t.Context(), func(tx *db.Tx) error {
		d, err = b.Resend(tx, deliveryID)
		return err
	})
	return d, err
}

// A token hook that is sent again mints anew, and takes away nothing that the
// app has, whatever becomes of it.
func TestATokenHookSentAgainMintsAnew(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	status := http.StatusOK
	r := newReceiver(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
	b.install(r.URL)
	first := tokenHook(t, <-r.arrived)
	b.settle()
	d, err := b.again(b.only().DeliveryID)
	if err != nil {
		t.Fatal(err)
	}
	second := tokenHook(t, <-r.arrived)
	b.settle()
	if first.AccessToken == second.AccessToken || !b.alive(first.AccessToken) || !b.alive(second.AccessToken) {
		t.Error("one of the tokens does not work")
	}
	status = http.StatusTeapot
	if _, err := b.again(d.DeliveryID); err != nil {
		t.Fatal(err)
	}
	refused := tokenHook(t, <-r.arrived)
	b.settle()
	if b.alive(refused.AccessToken) || !b.alive(first.AccessToken) || !b.alive(second.AccessToken) {
		t.Error("a resend that was refused changed the tokens")
	}
}

// Hooks are sent again while they tell the truth.
func TestHooksAreSentAgainWhileTheyAreTrue(t *testing.T) {
	t.Parallel()
	b := newBench(t).run()
	r := newReceiver(t, nil)
	b.install(r.URL)
	<-r.arrived
	b.settle()
	b.write(func(tx *db.Tx) error { return b.TellUninstalled(tx, b.hooks(r.URL)) })
	revoke := <-r.arrived
	b.settle()
	list := b.deliveries()
	token, farewell := list[0].DeliveryID, list[1].DeliveryID
	if _, err := b.again(farewell); !problem.Is(err, api.CodeConflict) {
		t.Errorf("a farewell to an app that is installed: %v", err)
	}
	dbtest.Exec(t, b.DB, `UPDATE installation SET status = 'uninstalled'`)
	if _, err := b.again(token); !problem.Is(err, api.CodeConflict) {
		t.Errorf("a token for an app that is gone: %v", err)
	}
	if _, err := b.again(farewell); err != nil {
		t.Fatal(err)
	}
	if got := <-r.arrived; string(got.body) != string(revoke.body) {
		t.Errorf("got %s, want %s", got.body, revoke.body)
	}
	b.settle()
}

// An attempt that stands in line when the process ends is made by the next.
func TestWhatStandsInLineOutlivesTheProcess(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r := newReceiver(t, nil)
	b.subscribe(r.URL, api.TopicOrderCreated)
	job := b.pending()
	host := hostOf(r.URL)
	for n := range maxInFlight {
		b.gate.enter(host, Attempt{DeliveryID: int64(1000 + n)})
	}
	if err := b.attempt(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	if d := b.only(); d.Status != api.DeliveryPending || len(r.all()) != 0 {
		t.Fatalf("it was not left in line: %+v", d)
	}
	b.reopen(b.DB)
	if err := b.Recover(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	b.run()
	<-r.arrived
	b.settle()
	if d := b.only(); d.Status != api.DeliveryDelivered {
		t.Errorf("got %+v", d)
	}
}

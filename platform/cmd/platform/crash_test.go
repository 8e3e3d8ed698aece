package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/platformtest"
)

// recoverWithin is the promise: what was in flight when the platform died is
// delivered this soon after it, or another process on its database, is there.
const recoverWithin = 5 * time.Second

// slowApp holds every webhook until it is let go.
type slowApp struct {
	*httptest.Server
	let     chan struct{}
	arrived chan string // event ids
	mu      sync.Mutex
	answers map[string]int // 200s by event id
}

func newSlowApp(t *testing.T) *slowApp {
	a := &slowApp{let: make(chan struct{}), arrived: make(chan string, 1000), answers: map[string]int{}}
	a.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.Header.Get(api.HeaderWebhookEvent) != api.TopicOrderStatusChanged {
			return
		}
		id := r.Header.Get(api.HeaderWebhookEventID)
		a.arrived <- id
		select {
		case <-a.let:
			a.mu.Lock()
			defer a.mu.Unlock()
			a.answers[id]++
		case <-r.Context().Done():
		}
	}))
	t.Cleanup(a.Close)
	return a
}

// next returns the ids of the next n webhooks.
func (a *slowApp) next(t *testing.T, n int, within time.Duration) map[string]bool {
	t.Helper()
	deadline := time.After(within)
	ids := map[string]bool{}
	for len(ids) < n {
		select {
		case id := <-a.arrived:
			ids[id] = true
		case <-deadline:
			t.Fatalf("%d of %d webhooks arrived within %v", len(ids), n, within)
		}
	}
	return ids
}

// fill changes orders until as many webhooks are in flight, and returns their
// event ids.
func (a *slowApp) fill(t *testing.T, p *platformtest.Platform, n int) map[string]bool {
	t.Helper()
	p.Install("restock", 22)
	user := platformtest.User(p.Login(platformtest.FloristMerchant))
	var orders api.List[api.Order]
	p.Do(http.MethodGet, fmt.Sprintf("/api/stores/22/orders?limit=%d&status=pending", n), user, nil).Into(http.StatusOK, &orders)
	for _, o := range orders.Data {
		path := fmt.Sprintf("/api/stores/22/orders/%d/status", o.OrderID)
		p.Do(http.MethodPut, path, user, api.StatusChange{Status: api.OrderHold}).Into(http.StatusOK, &struct{}{})
	}
	return a.next(t, len(orders.Data), 30*time.Second)
}

// delivered checks that the same events, and no others, arrive again in time.
func (a *slowApp) delivered(t *testing.T, want map[string]bool, since time.Time) {
	t.Helper()
	close(a.let)
	again := a.next(t, len(want), recoverWithin-time.Since(since))
	took := time.Since(since)
	for id := range again {
		if !want[id] {
			t.Errorf("event %s is a new one", id)
		}
	}
	t.Logf("%d deliveries in flight were made again within %v", len(want), took.Round(time.Millisecond))
}

func TestWhatWasInFlightIsDeliveredAfterAKill(t *testing.T) {
	t.Parallel()
	a := newSlowApp(t)
	s := newSite(t, a.URL)
	p := s.start()
	inFlight := a.fill(t, s.client(), 10)
	p.kill()
	again := s.start()
	a.delivered(t, inFlight, again.ready)
	again.stop()
}

// Where processes share the database the living one takes over, and leaves
// those alone that only wait.
func TestASurvivorTakesOver(t *testing.T) {
	t.Parallel()
	if !dbtest.OnPostgres() {
		t.Skip("on PostgreSQL only: one process owns an SQLite file")
	}
	a := newSlowApp(t)
	s := newSite(t, a.URL)
	first := s.start()
	inFlight := a.fill(t, s.client(), 10)
	second := s.start()
	select {
	case id := <-a.arrived:
		t.Errorf("event %s was taken from a process that lives", id)
	case <-time.After(3 * time.Second): // three looks
	}
	killed := time.Now()
	first.kill()
	a.delivered(t, inFlight, killed)
	second.stop()
}

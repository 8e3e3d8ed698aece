package server_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/platformtest"
)

// Two platforms on one database: what one does holds for the other at once,
// and each event is delivered once.
func TestTwoPlatformsShareADatabase(t *testing.T) {
	t.Parallel()
	if !dbtest.OnPostgres() {
		t.Skip("on PostgreSQL only: one process owns an SQLite file")
	}
	var mu sync.Mutex
	got := map[string]int{} // requests by event id
	arrived := make(chan struct{}, 1000)
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.Header.Get(api.HeaderWebhookEvent) != api.TopicOrderStatusChanged {
			return
		}
		mu.Lock()
		got[r.Header.Get("webhook-id")]++
		mu.Unlock()
		arrived <- struct{}{}
	}))
	t.Cleanup(receiver.Close)
	config := platformtest.Config{Dir: t.TempDir(), DemoAppURL: receiver.URL}
	both := []*platformtest.Platform{platformtest.Start(t, config), platformtest.Start(t, config)}
	tokens := both[0].Install("restock", 22)
	user := platformtest.User(both[0].Login(platformtest.FloristMerchant))

	var orders api.List[api.Order]
	both[1].Do(http.MethodGet, "/api/stores/22/orders?limit=50&status=pending", user, nil).Into(http.StatusOK, &orders)
	for i, o := range orders.Data {
		path := fmt.Sprintf("/api/stores/22/orders/%d/status", o.OrderID)
		if a := both[i%2].Do(http.MethodPut, path, user, api.StatusChange{Status: api.OrderConfirmed}); a.Status != http.StatusOK {
			t.Fatalf("order %d: %d %s", o.OrderID, a.Status, a.Body)
		}
	}
	for range orders.Data {
		<-arrived
	}
	both[0].Advance(0) // waits for the work in progress
	mu.Lock()
	defer mu.Unlock()
	for id, n := range got {
		if n != 1 {
			t.Errorf("event %s was delivered %d times", id, n)
		}
	}
	if len(got) != len(orders.Data) || len(got) == 0 {
		t.Errorf("%d events for %d changes", len(got), len(orders.Data))
	}

	both[0].Uninstall(both[0].Login(platformtest.FloristMerchant), tokens.InstallationID)
	if a := both[1].Do(http.MethodGet, "/api/apps/v1/store", platformtest.Bearer(tokens.AccessToken), nil); a.Code() != api.CodeInvalidToken {
		t.Errorf("the token outlived the uninstall on the other platform: %d %s", a.Status, a.Body)
	}
}

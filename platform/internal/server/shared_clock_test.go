package server_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/platformtest"
)

// startTwo runs two platforms on one database.
func startTwo(t *testing.T) (first, second *platformtest.Platform) {
	t.Helper()
	if !dbtest.OnPostgres() {
		t.Skip("on PostgreSQL only: one process owns an SQLite file")
	}
	config := platformtest.Config{Dir: t.TempDir()}
	return platformtest.Start(t, config), platformtest.Start(t, config)
}

func statusPath(o api.Order) string { return fmt.Sprintf("/api/stores/22/orders/%d/status", o.OrderID) }

func businessTime(p *platformtest.Platform) time.Time {
	return platformtest.Data[api.SandboxStatus](p.Do(http.MethodGet, "/_sandbox/status",
		platformtest.Header{api.HeaderControlKey: p.ControlKey}, nil)).BusinessTime.Time
}

// Once a move of the clock has returned, every process writes the new time.
func TestPlatformsShareTheClock(t *testing.T) {
	t.Parallel()
	first, second := startTwo(t)
	user := platformtest.User(second.Login(platformtest.FloristMerchant))
	var orders api.List[api.Order]
	second.Do(http.MethodGet, "/api/stores/22/orders?limit=5&status=pending", user, nil).Into(http.StatusOK, &orders)
	for n, o := range orders.Data {
		both := []*platformtest.Platform{first, second}
		both[n%2].Advance(24 * time.Hour)
		want := businessTime(both[n%2])
		if got := businessTime(both[1-n%2]); got.Sub(want).Abs() > time.Minute {
			t.Errorf("after move %d one shows %v, the other %v", n+1, want, got)
		}
		a := both[1-n%2].Do(http.MethodPut, statusPath(o), user, api.StatusChange{Status: api.OrderConfirmed})
		changed := platformtest.Data[api.Order](a)
		if changed.UpdatedAt.Before(want) {
			t.Errorf("after move %d an order was changed at %v, before %v", n+1, changed.UpdatedAt, want)
		}
	}
}

// A change made by one process wakes the live feed of the other, well before
// it would look by itself.
func TestALiveFeedHearsOtherPlatforms(t *testing.T) {
	t.Parallel()
	first, second := startTwo(t)
	token := second.Login(platformtest.FloristMerchant)
	conn, _, err := websocket.DefaultDialer.DialContext(t.Context(), "ws"+strings.TrimPrefix(second.URL, "http")+"/api/live?store_id=22",
		http.Header{api.HeaderAuthToken: {token}, "Origin": {second.DashboardURL}})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	user := platformtest.User(token)
	var orders api.List[api.Order]
	first.Do(http.MethodGet, "/api/stores/22/orders?limit=9&status=pending", user, nil).Into(http.StatusOK, &orders)
	var quickest time.Duration = time.Hour
	for _, o := range orders.Data {
		started := time.Now()
		first.Do(http.MethodPut, statusPath(o), user, api.StatusChange{Status: api.OrderConfirmed}).Into(http.StatusOK, &struct{}{})
		var e api.LiveEvent
		if err := conn.ReadJSON(&e); err != nil {
			t.Fatal(err)
		}
		quickest = min(quickest, time.Since(started))
	}
	if quickest > 500*time.Millisecond {
		t.Errorf("the quickest event took %v", quickest)
	}
	t.Logf("the quickest event took %v", quickest)
}

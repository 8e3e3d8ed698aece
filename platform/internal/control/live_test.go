package control_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

// The control feed tells of every store, from the first event on if asked.
func TestTheFeedOfAllStores(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	listen := func(query string) *websocket.Conn {
		conn, _, err := websocket.DefaultDialer.DialContext(t.Context(), "ws"+strings.TrimPrefix(p.URL, "http")+"/_sandbox/live"+query,
			http.Header{api.HeaderControlKey: {p.ControlKey}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.Close() })
		_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
		return conn
	}
	next := func(conn *websocket.Conn) (e api.LiveEvent) {
		if err := conn.ReadJSON(&e); err != nil {
			t.Fatal(err)
		}
		return e
	}
	now := listen("")
	first := trigger(p, api.SandboxTrigger{Topic: api.TopicOrderCreated}).Event
	second := trigger(p, api.SandboxTrigger{Topic: api.TopicCustomerCreated, StoreID: 24}).Event
	for e := next(now); ; e = next(now) {
		if e.EventID == first.EventID && string(e.Data) != string(first.Body) {
			t.Errorf("got %s, want %s", e.Data, first.Body)
		}
		if e.EventID == second.EventID {
			break
		}
	}
	if e := next(listen("?after=0")); e.Seq != 1 {
		t.Errorf("from the first event on: %+v", e)
	}
	if e := next(listen("?after=0&store_id=24")); e.EventID != second.EventID || e.StoreID != 24 {
		t.Errorf("of one store: %+v", e)
	}
	_, res, err := websocket.DefaultDialer.DialContext(t.Context(), "ws"+strings.TrimPrefix(p.URL, "http")+"/_sandbox/live",
		http.Header{api.HeaderControlKey: {p.ControlKey}, "Origin": {p.DashboardURL}})
	if err == nil || res.StatusCode != http.StatusForbidden {
		t.Errorf("a browser may listen: %v", err)
	}
	p.Stop()
	for {
		_, _, err := now.ReadMessage()
		if err != nil {
			if !websocket.IsCloseError(err, websocket.CloseGoingAway) {
				t.Errorf("the platform stopped: %v", err)
			}
			break
		}
	}
}

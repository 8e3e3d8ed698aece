package event_test

import (
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
)

func TestNewClientHearsNewEventsOnly(t *testing.T) {
	t.Parallel()
	for name, query := range map[string]string{"absent": "", "beyond": resume(1000)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.append(t, 22, "old")
			conn := b.listen(t, query, "Origin: "+dashboard)
			b.append(t, 23, "another store's")
			want := b.append(t, 22, "new")
			got := next(t, conn)
			if diff := cmp.Diff(api.LiveEvent{
				Seq: want.Seq, EventID: want.ID, Topic: api.TopicOrderUpdated, StoreID: 22, At: api.At(1769839200000), Data: want.Body,
			}, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestClientIsToldOfOneAppsEvents(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	conn, appID := b.listen(t, ""), int64(5)
	err := b.db.Write(t.Context(), func(tx *db.Tx) error {
		_, err := b.log.Append(tx, event.Event{Topic: api.TopicAppInstalled, StoreID: 22, AppID: &appID})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := next(t, conn); got.AppID == nil || *got.AppID != appID {
		t.Errorf("got %+v", got)
	}
}

func TestZeroBeginsWithTheFirstEvent(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	first := b.append(t, 22, "old")
	if got := next(t, b.listen(t, resume(0))); got.Seq != first.Seq {
		t.Errorf("got %+v", got)
	}
}

func TestResumeMissesNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	first := b.append(t, 22, 0)
	const more = 250 // more than two batches
	for i := range more {
		b.append(t, 22, i)
	}
	conn := b.listen(t, resume(first.Seq))
	for i := range more {
		if got := next(t, conn); got.Seq != first.Seq+1+int64(i) {
			t.Fatalf("event %d has number %d", i, got.Seq)
		}
	}
	last := b.append(t, 22, "live")
	if got := next(t, conn); got.Seq != last.Seq {
		t.Errorf("got %+v", got)
	}
}

func TestNoGapUnderConcurrentAppends(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	const writers, each = 8, 25
	start := b.append(t, 22, "first").Seq
	var appending sync.WaitGroup
	for w := range writers {
		appending.Go(func() {
			for i := range each {
				b.append(t, 22, []int{w, i})
				b.append(t, 23, "another store's")
			}
		})
	}
	seen := map[string]bool{}
	for at := start; len(seen) < writers*each; {
		conn := b.listen(t, resume(at))
		for range min(30, writers*each-len(seen)) { // then lose the connection
			e := next(t, conn)
			var body api.WebhookBody[json.RawMessage]
			if err := json.Unmarshal(e.Data, &body); err != nil || e.StoreID != 22 || e.Seq <= at || seen[string(body.Data)] {
				t.Fatalf("after %d came %+v, %v", at, e, err)
			}
			at, seen[string(body.Data)] = e.Seq, true
		}
		conn.Close()
	}
	appending.Wait()
}

func TestWhoMayListen(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for name, test := range map[string]struct {
		query, header string
		status        int
		code          string
	}{
		"other page":     {"", "Origin: http://restock.localhost:5010", 403, api.CodeForbidden},
		"like dashboard": {"", "Origin: " + dashboard + ".evil.example", 403, api.CodeForbidden},
		"sandboxed page": {"", "Origin: null", 403, api.CodeForbidden},
		"no session":     {"", api.HeaderAuthToken + ": ", 401, api.CodeSessionRequired},
		"bad after":      {"&after=x", "", 400, api.CodeValidation},
		"negative":       {"&after=-1", "", 400, api.CodeValidation},
		"two stores":     {"&store_id=23", "", 400, api.CodeValidation},
	} {
		_, res, err := b.dial(test.query, test.header)
		if !errors.Is(err, websocket.ErrBadHandshake) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		checkRefusal(t, name, res, test.status, test.code)
	}
}

func TestPlainRequestsAreTurnedAway(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for name, test := range map[string]struct {
		query   string
		headers map[string]string
		status  int
		code    string
	}{
		"no upgrade":  {"?store_id=22", nil, 426, api.CodeUpgradeRequired},
		"no store":    {"", nil, 400, api.CodeValidation},
		"other store": {"?store_id=23", nil, 404, api.CodeNotFound},
		"old version": {"?store_id=22", map[string]string{"Sec-WebSocket-Version": "12", "Connection": "Upgrade", "Upgrade": "websocket"}, 400, api.CodeValidation},
		"no key":      {"?store_id=22", map[string]string{"Sec-WebSocket-Version": "13", "Connection": "Upgrade", "Upgrade": "websocket"}, 400, api.CodeValidation},
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, b.url+"/api/live"+test.query, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set(api.HeaderAuthToken, "merchant")
		for name, value := range test.headers {
			req.Header.Set(name, value)
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		checkRefusal(t, name, res, test.status, test.code)
		if (res.Header.Get("Upgrade") == "websocket") != (test.status == http.StatusUpgradeRequired) {
			t.Errorf("%s: Upgrade %q", name, res.Header.Get("Upgrade"))
		}
	}
}

func checkRefusal(t *testing.T, name string, res *http.Response, status int, code string) {
	t.Helper()
	defer res.Body.Close()
	var e api.Error
	err := json.NewDecoder(res.Body).Decode(&e)
	if err != nil || res.StatusCode != status || e.Code != code || e.RequestID == "" || e.RequestID != res.Header.Get(api.HeaderRequestID) {
		t.Errorf("%s: answered %d %+v, %v", name, res.StatusCode, e, err)
	}
}

func TestSlowClientHoldsUpNobody(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	slow := b.listen(t, "") // never reads
	if tcp, ok := slow.NetConn().(*net.TCPConn); ok {
		_ = tcp.SetReadBuffer(4 << 10)
	}
	quick := b.listen(t, "")
	big := strings.Repeat("x", 256<<10)
	for range 60 { // more than the sockets' buffers hold
		want := b.append(t, 22, big)
		if got := next(t, quick); got.Seq != want.Seq {
			t.Fatalf("got %d, want %d", got.Seq, want.Seq)
		}
	}
	slow.Close()
}

func TestStopEndsTheFeed(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	conn := b.listen(t, "")
	b.append(t, 22, "last")
	next(t, conn)
	b.stop()
	if _, _, err := conn.ReadMessage(); !websocket.IsCloseError(err, websocket.CloseGoingAway) {
		t.Errorf("got %v", err)
	}
}

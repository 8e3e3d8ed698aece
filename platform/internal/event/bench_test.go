package event_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

const dashboard = "http://admin.selorax.localhost:5080"

// bench is an event log with its live feed served to a merchant of store 22.
type bench struct {
	db   *db.DB
	log  *event.Log
	done chan struct{}
	url  string
}

func newBench(t testing.TB) *bench {
	t.Helper()
	d := dbtest.New(t)
	frozen := time.Date(2026, 1, 31, 6, 0, 0, 0, time.UTC)
	d.Clock.Restore(clock.State{Frozen: &frozen})
	b := &bench{db: d, log: &event.Log{Feed: &event.Feed{}}, done: make(chan struct{})}
	router := web.NewRouter(slog.New(slog.NewTextHandler(t.Output(), nil)))
	router.User = func(r *http.Request) (web.Caller, error) {
		if r.Header.Get(api.HeaderAuthToken) == "" {
			return web.Caller{}, problem.Unauthorized(api.CodeSessionRequired, "Sign in.")
		}
		return web.Caller{UserID: 1, Stores: []int64{22}}, nil
	}
	(&event.Live{DB: d, Feed: b.log.Feed, Origin: dashboard, Done: b.done}).Routes(router)
	var open sync.WaitGroup
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		open.Add(1)
		defer open.Done()
		router.Handler().ServeHTTP(w, r)
	}))
	b.url = server.URL
	t.Cleanup(func() {
		b.stop()
		server.Close()
		open.Wait()
	})
	return b
}

// stop ends every live connection, as the platform does when it stops.
func (b *bench) stop() {
	select {
	case <-b.done:
	default:
		close(b.done)
	}
}

// append records one order.updated of a store and returns it.
func (b *bench) append(t testing.TB, storeID int64, data any) (rec event.Record) {
	t.Helper()
	err := b.db.Write(context.Background(), func(tx *db.Tx) (err error) {
		rec, err = b.log.Append(tx, event.Event{Topic: api.TopicOrderUpdated, StoreID: storeID, Data: data})
		return err
	})
	if err != nil {
		t.Error(err)
	}
	return rec
}

// patience is how long a message may take on a busy machine.
const patience = 30 * time.Second

// listen opens the feed of store 22. Headers are "Name: value".
func (b *bench) listen(t testing.TB, query string, headers ...string) *websocket.Conn {
	t.Helper()
	conn, res, err := b.dial(query, headers...)
	if err != nil {
		t.Fatal(err)
	}
	if res.Header.Get(api.HeaderRequestID) == "" {
		t.Error("the answer has no request id")
	}
	_ = conn.SetReadDeadline(time.Now().Add(patience))
	t.Cleanup(func() { conn.Close() })
	return conn
}

func (b *bench) dial(query string, headers ...string) (*websocket.Conn, *http.Response, error) {
	header := http.Header{api.HeaderAuthToken: {"merchant"}}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		header.Set(name, value)
	}
	return websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(b.url, "http")+"/api/live?store_id=22"+query, header)
}

// next reads one event of a feed.
func next(t testing.TB, conn *websocket.Conn) (e api.LiveEvent) {
	t.Helper()
	_ = conn.SetReadDeadline(time.Now().Add(patience))
	if err := conn.ReadJSON(&e); err != nil {
		t.Fatal(err)
	}
	return e
}

func resume(seq int64) string { return fmt.Sprintf("&after=%d", seq) }

package webhook

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/dial"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/fault"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/queue/queuetest"
	"github.com/selorax/sandbox/platform/internal/timer"
	"github.com/selorax/sandbox/platform/internal/web"
)

// TestMain fails when a test leaves a goroutine behind.
func TestMain(m *testing.M) {
	code := m.Run()
	for deadline := time.Now().Add(30 * time.Second); code == 0; runtime.Gosched() {
		left := leftBehind()
		if left == "" {
			break
		}
		if time.Now().After(deadline) {
			fmt.Fprintf(os.Stderr, "goroutines were left behind:\n%s\n", left)
			code = 1
		}
	}
	os.Exit(code)
}

// leftBehind returns the stacks of all goroutines but this one and the one
// that the runtime keeps for signals.
func leftBehind() string {
	all := make([]byte, 1<<20)
	stacks := strings.Split(string(all[:runtime.Stack(all, true)]), "\n\n")
	return strings.Join(slices.DeleteFunc(stacks[1:], func(s string) bool { return strings.Contains(s, "os/signal.loop") }), "\n\n")
}

// bench is a Service with one app, installed on one store, and a clock that
// stands still until it is advanced.
type bench struct {
	*Service
	t            testing.TB
	events       *event.Log
	start        time.Time
	app          api.App
	credentials  app.Credentials
	installation int64
}

func newBench(t testing.TB) *bench {
	t.Helper()
	d := dbtest.New(t)
	start := time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	d.Clock.Restore(clock.State{Frozen: &start})
	apptest.Seed(t, d)
	b := &bench{t: t, start: start}
	b.app, b.credentials = apptest.Register(t, d, "restock", "")
	b.installation = apptest.Install(t, d, b.app.AppID, apptest.StoreID, api.ReadOrders)
	b.reopen(d)
	return b
}

// reopen gives the bench a new Service on the database, as a restart does.
func (b *bench) reopen(d *db.DB) {
	b.t.Helper()
	q := queuetest.New(b.t, d)
	feed := &event.Feed{}
	b.Service = &Service{
		DB: d, Feed: feed, Faults: &fault.Rules{DB: d}, Box: apptest.Box(b.t), Queue: q, Timer: &timer.Timer{DB: d, Queue: q},
		Client: dial.Dialer{}.Client(AttemptTimeout), Writes: idempotency.Writes{DB: d}, Log: slog.New(slog.NewTextHandler(b.t.Output(), nil)),
		ClientSecret: func(id string) (string, error) {
			if id != b.app.ClientID {
				return "", nil
			}
			return b.credentials.ClientSecret, nil
		},
	}
	b.Timer.Busy = []func(*db.Tx) (int, error){b.Busy}
	b.Register()
	b.events = &event.Log{Feed: feed}
	b.t.Cleanup(b.Client.CloseIdleConnections)
}

// run starts the queue and the timetable.
func (b *bench) run() *bench {
	queuetest.Run(b.t, b.Queue)
	queuetest.Loop(b.t, b.Timer.Run)
	queuetest.Loop(b.t, b.Service.Run)
	return b
}

func (b *bench) write(fn func(*db.Tx) error) {
	b.t.Helper()
	if err := b.DB.Write(b.t.Context(), fn); err != nil {
		b.t.Fatal(err)
	}
}

// subscribe makes subscriptions of the bench's installation.
func (b *bench) subscribe(url string, topics ...string) {
	b.t.Helper()
	b.write(func(tx *db.Tx) error {
		_, err := b.SubscribeApp(tx, AppSubscriptions{
			AppID: b.app.AppID, InstallationID: b.installation, StoreID: apptest.StoreID, URL: url, Topics: topics,
		})
		return err
	})
}

// merchantSubscribes makes a subscription of a store with a secret of its own.
func (b *bench) merchantSubscribes(storeID int64, url, topic, secret string) {
	b.t.Helper()
	dbtest.Exec(b.t, b.DB, `INSERT INTO subscription (store_id, topic, target_url, secret, name, is_active, failure_count, created_ms)
		VALUES ($1, $2, $3, $4, 'Accounting', 1, 0, 1)`, storeID, topic, url, b.Box.Seal(sealSubscription, secret))
}

// emit records an order event of the bench's store.
func (b *bench) emit() event.Record {
	b.t.Helper()
	return b.append(event.Event{Topic: api.TopicOrderCreated, StoreID: apptest.StoreID, Data: map[string]any{"order_id": 1}})
}

func (b *bench) append(e event.Event) (rec event.Record) {
	b.t.Helper()
	b.write(func(tx *db.Tx) (err error) {
		rec, err = b.events.Append(tx, e)
		return err
	})
	return rec
}

// settle waits until nothing is in progress.
func (b *bench) settle() { b.t.Helper(); b.advance(0) }

func (b *bench) advance(d time.Duration) {
	b.t.Helper()
	if err := b.Timer.Advance(b.t.Context(), timer.Move{By: d}); err != nil {
		b.t.Fatal(err)
	}
}

// deliveries returns the store's deliveries, oldest first.
func (b *bench) deliveries() (list []api.Delivery) {
	b.t.Helper()
	err := b.DB.Read(b.t.Context(), func(tx *db.Tx) error {
		newest, _, err := Deliveries(tx, Filter{StoreID: apptest.StoreID}, web.Page{Number: 1, Limit: web.MaxLimit})
		for _, d := range newest {
			list = append([]api.Delivery{d}, list...)
		}
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return list
}

// only returns the one delivery there is.
func (b *bench) only() api.Delivery {
	b.t.Helper()
	list := b.deliveries()
	if len(list) != 1 {
		b.t.Fatalf("%d deliveries, want 1", len(list))
	}
	return list[0]
}

// subscriptions returns the store's subscriptions.
func (b *bench) subscriptions() (list []api.Subscription) {
	b.t.Helper()
	err := b.DB.Read(b.t.Context(), func(tx *db.Tx) (err error) {
		list, err = subscriptionsOfStore(tx, apptest.StoreID)
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return list
}

// pending makes one delivery without sending it and returns its first attempt.
func (b *bench) pending() Attempt {
	b.t.Helper()
	b.emit()
	if _, err := b.fanOut(b.t.Context()); err != nil {
		b.t.Fatal(err)
	}
	return Attempt{DeliveryID: b.only().DeliveryID, Number: 1}
}

// receiver is an app's webhook endpoint that remembers what it got.
type receiver struct {
	*httptest.Server
	arrived chan received
	mu      sync.Mutex
	got     []received
}

type received struct {
	header http.Header
	path   string
	body   []byte
}

// newReceiver answers as answer does; nil is 200.
func newReceiver(t testing.TB, answer http.HandlerFunc) *receiver {
	r := &receiver{arrived: make(chan received, 1000)}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, err := readAll(req)
		if err != nil {
			t.Error(err)
		}
		one := received{req.Header.Clone(), req.URL.Path, body}
		r.mu.Lock()
		r.got = append(r.got, one)
		r.mu.Unlock()
		r.arrived <- one
		if answer != nil {
			answer(w, req)
		}
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) all() []received {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]received{}, r.got...)
}

// answers is a receiver's answer that is only a status.
func answers(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }
}

// held is a receiver's answer that waits until let is closed.
func held(let <-chan struct{}, status int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-let:
		case <-r.Context().Done():
		}
		w.WriteHeader(status)
	}
}

// inBackground runs fn and returns a function that waits for its error.
func inBackground(ctx context.Context, fn func(context.Context) error) (wait func() error) {
	done := make(chan error, 1)
	go func() { done <- fn(ctx) }()
	return func() error { return <-done }
}

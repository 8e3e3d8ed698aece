package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/platformtest"
)

// How often the platform is killed. TEST_KILLS asks for another number, which
// has then to be reached within killsForAll; TEST_KILL_SEED repeats a run.
const (
	kills       = 50
	killsFor    = 60 * time.Second // on a slow machine there are fewer kills
	killsForAll = 10 * time.Minute
	fewest      = 10
)

const (
	upAtMost = 250 * time.Millisecond
	desks    = 8 // where clerks change orders at the same time
	pace     = 40 * time.Millisecond
)

// clerk moves one order to and fro and remembers what it was answered.
type clerk struct {
	url, token string
	order      int64
	answered   int // changes that were answered 200
	unknown    int // changes whose answer never came
	refused    []string
}

func (c *clerk) work(ctx context.Context) {
	status := api.OrderPending
	tick := time.NewTicker(pace)
	defer tick.Stop()
	for ctx.Err() == nil {
		<-tick.C
		to := api.OrderHold
		if status == to {
			to = api.OrderPending
		}
		code, text := c.ask(http.MethodPut, "/status", api.StatusChange{Status: to})
		switch code {
		case http.StatusOK:
			c.answered++
			status = to
			continue
		case 0:
			c.unknown++
		case http.StatusConflict, http.StatusServiceUnavailable: // a change that was unknown came to pass; the database was busy
		default:
			c.refused = append(c.refused, text)
		}
		var order api.Envelope[api.OrderDetail]
		if code, text := c.ask(http.MethodGet, "", nil); code == http.StatusOK && json.Unmarshal([]byte(text), &order) == nil {
			status = order.Data.OrderStatus
		}
	}
}

// ask makes one request; 0 when its answer did not come.
func (c *clerk) ask(method, path string, body any) (int, string) {
	text, _ := json.Marshal(body)
	req, err := http.NewRequest(method, fmt.Sprintf("%s/api/stores/22/orders/%d%s", c.url, c.order, path), bytes.NewReader(text))
	if err != nil {
		return 0, err.Error()
	}
	req.Header.Set(api.HeaderAuthToken, c.token)
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err.Error()
	}
	defer res.Body.Close()
	var answer bytes.Buffer
	if _, err := answer.ReadFrom(res.Body); err != nil {
		return 0, err.Error()
	}
	return res.StatusCode, answer.String()
}

// inbox is an app that takes every webhook.
type inbox struct {
	*httptest.Server
	mu   sync.Mutex
	got  map[string]string // bodies by event id
	more chan struct{}
	bad  []string
	// copies counts webhooks that came again.
	copies int
}

func newInbox(t *testing.T) *inbox {
	b := &inbox{got: map[string]string{}, more: make(chan struct{}, 1)}
	b.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var body bytes.Buffer
		if _, err := body.ReadFrom(r.Body); err != nil {
			return // cut off by a kill
		}
		b.mu.Lock()
		id := r.Header.Get(api.HeaderWebhookEventID)
		if before, seen := b.got[id]; seen {
			b.copies++
			if before != body.String() {
				b.bad = append(b.bad, "two bodies of event "+id)
			}
		}
		b.got[id] = body.String()
		b.mu.Unlock()
		select {
		case b.more <- struct{}{}:
		default:
		}
	}))
	t.Cleanup(b.Close)
	return b
}

func (b *inbox) has(id string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	_, ok := b.got[id]
	return ok
}

// A platform that is killed at any moment, again and again, keeps what it
// answered for, leaves nothing half written and delivers every event.
func TestKillsUnderLoad(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes up to a minute")
	}
	wanted, within, atLeast := plan(t)
	seed := number(t, "TEST_KILL_SEED", rand.Uint64())
	t.Logf("TEST_KILL_SEED=%d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	app := newInbox(t)
	s := newSite(t, app.URL)
	p := s.start()
	clerks := s.clerks()
	ctx, goHome := context.WithCancel(t.Context())
	var all sync.WaitGroup
	for _, c := range clerks {
		all.Go(func() { c.work(ctx) })
	}
	started, killed := time.Now(), 0
	for killed < wanted && time.Since(started) < within {
		time.Sleep(time.Duration(random.Int64N(int64(upAtMost)))) // the random moment
		p.kill()
		killed++
		p = s.start()
	}
	goHome()
	all.Wait()
	p.stop()
	t.Logf("%d kills in %v", killed, time.Since(started).Round(time.Millisecond))
	if killed < atLeast {
		t.Errorf("only %d kills: that shows little", killed)
	}
	events := s.check(clerks)
	p = s.start()
	missing := app.await(events)
	p.stop()
	for _, id := range missing {
		t.Errorf("event %s was never delivered: %s", id, s.fate(id))
	}
	app.report(t)
}

// fate says how far the deliveries of an event have come.
func (s *site) fate(eventID string) (text string) {
	s.t.Helper()
	d, err := db.Open(s.t.Context(), dbtest.URL(s.t, s.dir), &clock.Clock{})
	if err != nil {
		s.t.Fatal(err)
	}
	defer d.Close()
	err = d.Read(s.t.Context(), func(tx *db.Tx) error {
		all, err := db.All(tx, db.Value[string], `SELECT 'delivery ' || d.id || ' ' || d.status || ' after ' || d.attempt_count || ' attempts, claimed '
			|| COALESCE(CAST(d.claimed_ms AS TEXT), 'no') || ', fanned out ' || e.fanned_out || ': ' || COALESCE(a.error, '')
			FROM event e LEFT JOIN delivery d ON d.event_id = e.event_id LEFT JOIN delivery_attempt a ON a.delivery_id = d.id
			WHERE e.event_id = $1`, eventID)
		text = strings.Join(all, "; ")
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return text
}

// plan says how many kills are wanted, in which time, and how many will do.
func plan(t *testing.T) (wanted int, within time.Duration, atLeast int) {
	t.Helper()
	if n := number(t, "TEST_KILLS", 0); n > 0 {
		return int(n), killsForAll, int(n)
	}
	return kills, killsFor, fewest
}

// number reads an environment variable.
func number(t *testing.T, name string, otherwise uint64) uint64 {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// clerks installs the app and gives orders to those who will change them.
func (s *site) clerks() (clerks []*clerk) {
	s.t.Helper()
	p := s.client()
	p.Install("restock", 22)
	token := p.Login(platformtest.FloristMerchant)
	var orders api.List[api.Order]
	p.Do(http.MethodGet, fmt.Sprintf("/api/stores/22/orders?limit=%d&status=pending", desks), platformtest.User(token), nil).Into(http.StatusOK, &orders)
	for _, o := range orders.Data {
		clerks = append(clerks, &clerk{url: s.url, token: token, order: o.OrderID})
	}
	return clerks
}

// change is a status change as its event tells it.
type change struct {
	id    string
	topic string
	order api.OrderEvent
}

// check compares what the database holds with what was answered, and returns
// the ids of the events an app must have got: one for each subscription that
// an event matches, of which the app has one a topic.
func (s *site) check(clerks []*clerk) (events []string) {
	s.t.Helper()
	d, err := db.Open(s.t.Context(), dbtest.URL(s.t, s.dir), &clock.Clock{})
	if err != nil {
		s.t.Fatal(err)
	}
	defer d.Close()
	total, made := 0, 0
	err = d.Read(s.t.Context(), func(tx *db.Tx) error {
		changes, err := db.All(tx, scanChange, `SELECT event_id, topic, body FROM event WHERE topic LIKE 'order.%' ORDER BY seq`)
		if err != nil {
			return err
		}
		for _, c := range clerks {
			told, updates := []string{}, 0
			for _, e := range changes {
				switch {
				case e.order.OrderID != c.order:
				case e.topic == api.TopicOrderUpdated:
					updates++
				case e.topic == api.TopicOrderStatusChanged:
					told = append(told, "Status changed from "+e.order.PreviousStatus+" to "+e.order.Status)
				}
			}
			written, err := db.All(tx, db.Value[string], `SELECT message FROM order_timeline WHERE order_id = $1 AND kind = 'status_changed' ORDER BY id`, c.order)
			if err != nil {
				return err
			}
			status, err := db.One(tx, db.Value[string], `SELECT status FROM shop_order WHERE id = $1`, c.order)
			if err != nil {
				return err
			}
			c.check(s.t, status, written, told, updates)
			total += c.answered
			made += len(told)
		}
		events, err = db.All(tx, db.Value[string], `SELECT e.event_id FROM event e JOIN subscription s
			ON s.store_id = e.store_id AND s.topic = e.topic WHERE e.topic LIKE 'order.%' ORDER BY e.seq, s.id`)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Logf("%d changes answered, %d made", total, made)
	return events
}

func scanChange(r db.Row) (c change, err error) {
	var text []byte
	if err = r.Scan(&c.id, &c.topic, &text); err != nil {
		return c, err
	}
	var body api.WebhookBody[api.OrderEvent]
	err = json.Unmarshal(text, &body)
	c.order = body.Data
	return c, err
}

// check is what holds of one order: its state, its timeline and its events
// tell the same, and nothing that was answered is missing.
func (c *clerk) check(t *testing.T, status string, written, told []string, updates int) {
	t.Helper()
	if fmt.Sprint(written) != fmt.Sprint(told) || updates != len(told) {
		t.Errorf("order %d: the timeline has %d changes, %d events tell of changes and %d of updates", c.order, len(written), len(told), updates)
	}
	if n := len(told); n < c.answered || n > c.answered+c.unknown {
		t.Errorf("order %d: %d changes, but %d were answered and the fate of %d is unknown", c.order, n, c.answered, c.unknown)
	}
	want := api.OrderPending
	for n := range told {
		from := want
		if want = api.OrderHold; n%2 == 1 {
			want = api.OrderPending
		}
		if told[n] != "Status changed from "+from+" to "+want {
			t.Errorf("order %d: change %d is %q", c.order, n+1, told[n])
		}
	}
	if status != want {
		t.Errorf("order %d is %s after its last change to %s", c.order, status, want)
	}
	if len(c.refused) > 0 {
		t.Errorf("order %d: %d refusals such as %s", c.order, len(c.refused), c.refused[0])
	}
}

// await waits until every event has come, and returns those that have not.
func (b *inbox) await(events []string) (missing []string) {
	deadline := time.After(30 * time.Second)
	for _, id := range events {
		for late := false; !late && !b.has(id); {
			select {
			case <-b.more:
			case <-deadline:
				late = true
				missing = append(missing, id)
			}
		}
	}
	return missing
}

// report says what came, and complains about copies that differ.
func (b *inbox) report(t *testing.T) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, text := range b.bad {
		t.Error(text)
	}
	t.Logf("%d events delivered, %d of %d webhooks were copies", len(b.got), b.copies, len(b.got)+b.copies)
}

package webhook

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/queue"
)

// sink is a receiver that only counts, so that it costs as little as can be.
type sink struct {
	*httptest.Server
	came atomic.Int64
	each func() // called for each webhook, if set
}

func newSink(b *testing.B) *sink {
	s := &sink{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		s.came.Add(1)
		if s.each != nil {
			s.each()
		}
	}))
	b.Cleanup(s.Close)
	return s
}

// until waits for so many webhooks.
func (s *sink) until(n int64) {
	for s.came.Load() < n {
		time.Sleep(time.Millisecond)
	}
}

// loaded is a bench without logs whose app has one subscription at each of so
// many sinks.
func loaded(b *testing.B, sinks ...*sink) *bench {
	w := newBench(b)
	w.Log = slog.New(slog.DiscardHandler)
	for _, s := range sinks {
		w.subscribe(s.URL, api.TopicOrderCreated)
	}
	return w
}

// burst appends events in one transaction.
func (b *bench) burst(n int) {
	b.t.Helper()
	b.write(func(tx *db.Tx) error {
		for range n {
			if _, err := b.events.Append(tx, sampleEvent()); err != nil {
				return err
			}
		}
		return nil
	})
}

// sampleEvent is of the size of an order's.
func sampleEvent() event.Event {
	return event.Event{Topic: api.TopicOrderCreated, StoreID: apptest.StoreID, Data: api.OrderEvent{
		OrderID: 1, OrderNumber: "1001", CustomerName: "Rahim Ahmed", CustomerPhone: "01712345678", StoreName: "FloristBD", Status: "pending",
	}}
}

// BenchmarkDelivery measures the way from events to recorded outcomes, in
// bursts of a thousand deliveries to so many subscriptions on loopback.
func BenchmarkDelivery(b *testing.B) {
	for _, subscriptions := range []int{1, 10, 100} {
		b.Run(fmt.Sprintf("subscriptions=%d", subscriptions), func(b *testing.B) {
			const deliveries = 1000
			sinks := make([]*sink, subscriptions)
			for n := range sinks {
				sinks[n] = newSink(b)
			}
			w := loaded(b, sinks...).run()
			for n := int64(1); b.Loop(); n++ {
				w.burst(deliveries / subscriptions)
				for _, s := range sinks {
					s.until(n * int64(deliveries/subscriptions))
				}
				w.settle() // the last outcomes are recorded
			}
			b.ReportMetric(float64(b.N*deliveries)/b.Elapsed().Seconds(), "deliveries/s")
		})
	}
}

// BenchmarkBareClient is the floor: the same bytes posted by a loop that
// signs, keeps and retries nothing.
func BenchmarkBareClient(b *testing.B) {
	const posts = 1000
	s := newSink(b)
	body := bytes.Repeat([]byte("x"), 600)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: maxInFlight}}
	for b.Loop() {
		var all sync.WaitGroup
		for range maxInFlight {
			all.Go(func() {
				for range posts / maxInFlight {
					res, err := client.Post(s.URL, "application/json", bytes.NewReader(body))
					if err != nil {
						b.Error(err)
						return
					}
					_, _ = io.Copy(io.Discard, res.Body)
					res.Body.Close()
				}
			})
		}
		all.Wait()
	}
	b.ReportMetric(float64(b.N*posts)/b.Elapsed().Seconds(), "posts/s")
}

type empty struct{}

func (empty) Kind() string { return "test.empty" }
func (empty) Outbound()    {}

// BenchmarkEmptyJobs is what the queue does with jobs that do nothing.
func BenchmarkEmptyJobs(b *testing.B) {
	const jobs = 1000
	w := loaded(b)
	var done atomic.Int64
	queue.Handle(w.Queue, func(context.Context, empty) error { done.Add(1); return nil })
	w.run()
	for n := int64(1); b.Loop(); n++ {
		w.write(func(tx *db.Tx) error {
			for range jobs {
				if err := w.Queue.Insert(tx, empty{}); err != nil {
					return err
				}
			}
			return nil
		})
		for done.Load() < n*jobs {
			time.Sleep(time.Millisecond)
		}
	}
	b.ReportMetric(float64(b.N*jobs)/b.Elapsed().Seconds(), "jobs/s")
}

// BenchmarkLatency measures from the commit of an event to its arrival, alone
// and while a hundred others a second go the same way.
func BenchmarkLatency(b *testing.B) {
	for _, load := range []int{0, 100} {
		b.Run(fmt.Sprintf("load=%d", load), func(b *testing.B) {
			arrived := make(chan time.Time, 1)
			s, other := newSink(b), newSink(b)
			s.each = func() { arrived <- time.Now() }
			w := loaded(b, s).run()
			w.merchantSubscribes(apptest.StoreID, other.URL, api.TopicOrderUpdated, "whsec_"+fmt.Sprintf("%064d", 0))
			ctx, stop := context.WithCancel(b.Context())
			var busy sync.WaitGroup
			if load > 0 {
				busy.Go(func() { w.others(ctx, load) })
			}
			var took []time.Duration
			for b.Loop() {
				w.burst(1)
				committed := time.Now()
				took = append(took, max(0, (<-arrived).Sub(committed)))
				time.Sleep(5 * time.Millisecond) // the next one finds it idle
			}
			stop()
			busy.Wait()
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
			w.settle()
		})
	}
}

// others appends so many events of another topic a second.
func (b *bench) others(ctx context.Context, perSecond int) {
	tick := time.NewTicker(time.Second / time.Duration(perSecond))
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			b.append(event.Event{Topic: api.TopicOrderUpdated, StoreID: apptest.StoreID})
		}
	}
}

// BenchmarkBacklog drains events that wait when the process starts, 100,000
// with -benchtime 1x, and watches the memory meanwhile.
func BenchmarkBacklog(b *testing.B) {
	const events = 100_000
	s := newSink(b)
	w := loaded(b, s)
	for b.Loop() {
		b.StopTimer()
		from := s.came.Load()
		for range events / 1000 {
			w.burst(1000)
		}
		runtime.GC()
		b.StartTimer()
		w.run()
		var most uint64
		for s.came.Load() < from+events {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
			time.Sleep(100 * time.Millisecond)
		}
		b.ReportMetric(float64(most)/(1<<20), "heap-MB")
	}
	b.ReportMetric(events/b.Elapsed().Seconds(), "deliveries/s")
}

package event_test

import (
	"encoding/json"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/selorax/sandbox/platform/api"
)

const dashboards = 100

// stuck opens a feed that nobody reads.
func (b *bench) stuck(t testing.TB) *websocket.Conn {
	t.Helper()
	conn := b.listen(t, "")
	if tcp, ok := conn.NetConn().(*net.TCPConn); ok {
		_ = tcp.SetReadBuffer(4 << 10)
	}
	return conn
}

// A hundred open dashboards get every event in its order, also those that lose
// their connection on the way, while one takes nothing at all.
func TestHundredDashboards(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	const events = 500
	first := b.append(t, 22, "first").Seq
	b.stuck(t)
	var reading sync.WaitGroup
	for n := range dashboards {
		conn := b.listen(t, resume(first))
		reading.Go(func() {
			for at := first; at < first+events; at++ {
				if n%2 == 0 && at == first+int64(n)+1 { // half of them lose it, each at another place
					conn.Close()
					conn = b.listen(t, resume(at))
				}
				var e api.LiveEvent
				_ = conn.SetReadDeadline(time.Now().Add(patience))
				if err := conn.ReadJSON(&e); err != nil || e.Seq != at+1 {
					t.Errorf("dashboard %d: after %d came %d, %v", n, at, e.Seq, err)
					return
				}
			}
		})
	}
	for n := range events {
		b.append(t, 22, n)
	}
	reading.Wait()
}

// BenchmarkHundredDashboards appends 500 events a second, while a hundred
// dashboards follow and one more takes nothing. p50-ms and p99-ms are from
// before the append to a dashboard that has the event, commit included.
func BenchmarkHundredDashboards(b *testing.B) {
	bench := newBench(b)
	bench.stuck(b)
	var mu sync.Mutex
	var took []time.Duration
	var reading sync.WaitGroup
	conns := make([]*websocket.Conn, dashboards)
	for n := range conns {
		conns[n] = bench.listen(b, "")
		reading.Go(func() {
			var own []time.Duration
			for {
				var e api.LiveEvent
				_ = conns[n].SetReadDeadline(time.Now().Add(patience))
				if conns[n].ReadJSON(&e) != nil {
					break
				}
				var body api.WebhookBody[int64]
				if err := json.Unmarshal(e.Data, &body); err != nil || body.Data == 0 {
					break // the last
				}
				own = append(own, time.Since(time.Unix(0, body.Data)))
			}
			mu.Lock()
			defer mu.Unlock()
			took = append(took, own...)
		})
	}
	pace := time.NewTicker(time.Second / 500)
	defer pace.Stop()
	for b.Loop() {
		<-pace.C
		bench.append(b, 22, time.Now().UnixNano())
	}
	bench.append(b, 22, 0)
	reading.Wait()
	slices.Sort(took)
	if want := b.N * dashboards; len(took) != want {
		b.Errorf("%d of %d messages came", len(took), want)
		return
	}
	for name, percent := range map[string]int{"p50-ms": 50, "p99-ms": 99} {
		b.ReportMetric(float64(took[(len(took)-1)*percent/100].Microseconds())/1000, name)
	}
}

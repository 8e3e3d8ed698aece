package webhook

import (
	"log/slog"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app/apptest"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
)

// BenchmarkDelivery measures the way from events to recorded outcomes, in
// bursts of 100 events to one subscription on loopback.
func BenchmarkDelivery(b *testing.B) {
	const burst = 100
	w := newBench(b)
	w.Log = slog.New(slog.DiscardHandler)
	w.run()
	r := newReceiver(b, nil)
	w.subscribe(r.URL, api.TopicOrderCreated)
	for b.Loop() {
		w.write(func(tx *db.Tx) error {
			for range burst {
				if _, err := w.events.Append(tx, event.Event{Topic: api.TopicOrderCreated, StoreID: apptest.StoreID}); err != nil {
					return err
				}
			}
			return nil
		})
		for range burst {
			<-r.arrived
		}
		w.settle()
	}
	b.ReportMetric(float64(b.N*burst)/b.Elapsed().Seconds(), "deliveries/s")
}

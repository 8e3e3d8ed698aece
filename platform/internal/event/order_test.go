package event_test

import (
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/event"
)

// waiting counts who waits to append.
const waiting = `SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
	AND (classid::bigint << 32 | objid::bigint) = hashtextextended(current_schema() || ' event', 0)`

// An event does not become visible before one of a lower number, whichever
// store that is of: who follows all stores would go on after it and miss the
// other.
func TestNoEventOvertakesAnother(t *testing.T) {
	t.Parallel()
	if !dbtest.OnPostgres() {
		t.Skip("on PostgreSQL only: SQLite writes one transaction at a time")
	}
	b := newBench(t)
	overtook := make(chan event.Record, 1)
	err := b.db.Write(t.Context(), func(tx *db.Tx) error {
		slow, err := b.log.Append(tx, event.Event{Topic: api.TopicOrderCreated, StoreID: 22})
		if err != nil {
			return err
		}
		go func() { overtook <- b.append(t, 23, "quick") }()
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		for dbtest.Value[int](t, b.db, waiting) == 0 {
			select {
			case quick := <-overtook:
				t.Fatalf("event %d was there before event %d", quick.Seq, slow.Seq)
			case <-tick.C:
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	<-overtook
}

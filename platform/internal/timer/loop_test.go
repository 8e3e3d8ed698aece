package timer_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/timer"
)

// Somebody who looks into the database with another program, and writes, must
// not bring the platform down.
func TestLoopOutlivesABusyDatabase(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "busy.db")
	d, err := db.Open(t.Context(), "sqlite:"+path, &clock.Clock{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	dbtest.Exec(t, d, `PRAGMA busy_timeout = 1`)
	other, err := sql.Open("sqlite3", "file:"+path+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	tx, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := (&timer.Timer{DB: d}).Run(ctx); err != nil || ctx.Err() == nil {
		t.Errorf("the loop ended with %v", err)
	}
}

// Of two who move the clock at once, the later instant stays.
func TestAdvancesTakeTurns(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.schedule(t, "first", time.Hour)
	var all sync.WaitGroup
	for hours := range 40 {
		all.Go(func() {
			_ = b.timer.Advance(t.Context(), timer.Move{To: b.start.Add(time.Duration(40-hours) * time.Hour)}) // who comes too late is refused
		})
	}
	all.Wait()
	if now := b.db.Clock.Now(); !now.Equal(b.start.Add(40 * time.Hour)) {
		t.Errorf("the clock went back to %v", now)
	}
}

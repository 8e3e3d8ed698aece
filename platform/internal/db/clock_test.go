package db_test

import (
	"context"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
)

func now(t *testing.T, d *db.DB) (now time.Time) {
	t.Helper()
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		now = tx.Now
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return now
}

func moveTo(t *testing.T, d *db.DB, at time.Time) {
	t.Helper()
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		return tx.MoveClock(func(clock.State) clock.State { return clock.State{Frozen: &at} })
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheClockSurvivesARestart(t *testing.T) {
	t.Parallel()
	url := dbtest.URL(t, t.TempDir())
	target := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	first := join(t, url)
	moveTo(t, first, target)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again := join(t, url)
	defer again.Close()
	if got := now(t, again); !got.Equal(target) || !again.Clock.Now().Equal(target) {
		t.Errorf("the clock shows %v, want %v", got, target)
	}
}

func TestAMoveOfTheClockThatFailsMovesNothing(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	before := now(t, d)
	_ = d.Write(t.Context(), func(tx *db.Tx) error {
		if err := tx.MoveClock(func(s clock.State) clock.State { return s.MoveTo(before.AddDate(1, 0, 0), before) }); err != nil {
			return err
		}
		return context.Canceled
	})
	if got := now(t, d); got.Sub(before) > time.Hour {
		t.Errorf("the clock shows %v", got)
	}
}

// From the moment a move has returned no process has the old time.
func TestProcessesShareTheClock(t *testing.T) {
	t.Parallel()
	if !dbtest.OnPostgres() {
		t.Skip("on PostgreSQL only: one process owns an SQLite file")
	}
	url := dbtest.URL(t, t.TempDir())
	both := []*db.DB{join(t, url), join(t, url)}
	defer both[0].Close()
	defer both[1].Close()
	at := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	for n := range 50 {
		at = at.Add(time.Hour)
		moveTo(t, both[n%2], at)
		if got := now(t, both[1-n%2]); !got.Equal(at) {
			t.Fatalf("after move %d the other shows %v, want %v", n+1, got, at)
		}
	}
}

// What a transaction costs that reads where the clock stands.
func BenchmarkReadTransaction(b *testing.B) {
	d := dbtest.New(b)
	for b.Loop() {
		if err := d.Read(b.Context(), func(*db.Tx) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}

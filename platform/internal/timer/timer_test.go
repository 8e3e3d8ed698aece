package timer_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/queue"
	"github.com/selorax/sandbox/platform/internal/queue/queuetest"
	"github.com/selorax/sandbox/platform/internal/timer"
)

type ring struct{ Name string }

func (ring) Kind() string { return "test.ring" }

// bench is a timetable whose rings write their name into a table; a ring is
// in progress while its row is in table "busy".
type bench struct {
	timer *timer.Timer
	db    *db.DB
	rung  chan string
	start time.Time
}

func newBench(t *testing.T) *bench {
	b := newStillBench(t)
	queuetest.Loop(t, b.timer.Run)
	return b
}

// newStillBench is a bench whose loop does not run.
func newStillBench(t *testing.T) *bench {
	d := dbtest.New(t)
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	d.Clock.Restore(clock.State{Frozen: &start})
	q := queuetest.New(t, d)
	dbtest.Exec(t, d, `CREATE TABLE planned (name TEXT, args TEXT)`)
	b := &bench{db: d, rung: make(chan string, 100), start: start}
	b.timer = &timer.Timer{DB: d, Queue: q, Busy: []func(*db.Tx) (int, error){func(tx *db.Tx) (int, error) {
		return db.One(tx, db.Value[int], `SELECT COUNT(*) FROM planned WHERE args NOT IN (SELECT args FROM timer)`)
	}}}
	queue.Handle(q, func(ctx context.Context, r ring) error {
		b.rung <- r.Name
		if r.Name == "broken" {
			return errors.New("broken")
		}
		return d.Write(ctx, func(tx *db.Tx) error {
			if r.Name == "breeder" {
				if err := b.plan(tx, "child", 36*time.Hour); err != nil {
					return err
				}
			}
			_, err := tx.Exec(`DELETE FROM planned WHERE name = $1`, r.Name)
			return err
		})
	})
	queuetest.Run(t, q)
	return b
}

func (b *bench) plan(tx *db.Tx, name string, after time.Duration) error {
	if _, err := tx.Exec(`INSERT INTO planned (name, args) VALUES ($1, $2)`, name, `{"Name":"`+name+`"}`); err != nil {
		return err
	}
	return b.timer.Schedule(tx, b.start.Add(after), ring{name}, nil)
}

func (b *bench) schedule(t *testing.T, name string, after time.Duration) {
	t.Helper()
	if err := b.db.Write(t.Context(), func(tx *db.Tx) error { return b.plan(tx, name, after) }); err != nil {
		t.Fatal(err)
	}
}

func (b *bench) heard() (names []string) {
	for {
		select {
		case name := <-b.rung:
			names = append(names, name)
		default:
			return names
		}
	}
}

func TestAdvanceRingsInDueOrder(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.schedule(t, "third", 48*time.Hour)
	b.schedule(t, "first", time.Hour)
	b.schedule(t, "breeder", 24*time.Hour)
	b.schedule(t, "beyond", 100*time.Hour)
	if err := b.timer.Advance(t.Context(), timer.Move{To: b.start.Add(72 * time.Hour)}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"first", "breeder", "child", "third"}, b.heard()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if now := b.db.Clock.Now(); !now.Equal(b.start.Add(72 * time.Hour)) {
		t.Errorf("clock shows %v", now)
	}
}

func TestFrozenClockReleasesNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.schedule(t, "soon", time.Millisecond)
	b.timer.Wake()
	b.schedule(t, "now", 0)
	if got := <-b.rung; got != "now" {
		t.Errorf("%q rang while the clock was frozen", got)
	}
}

func TestRunningClockRings(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.schedule(t, "soon", 20*time.Millisecond)
	if err := b.timer.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := <-b.rung; got != "soon" {
		t.Errorf("got %q", got)
	}
}

func TestAdvanceRefusesBackwards(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	if err := b.timer.Advance(t.Context(), timer.Move{To: b.start.Add(-time.Second)}); err == nil {
		t.Error("the clock went backwards")
	}
}

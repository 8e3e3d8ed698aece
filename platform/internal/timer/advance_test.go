package timer_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/timer"
)

// Every instant is told with what fell due there; jobs of one instant run in
// the order in which they were planned.
func TestAdvanceTellsItsSteps(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, name := range []string{"a", "b", "c"} {
		b.schedule(t, name, time.Hour)
	}
	b.schedule(t, "later", 2*time.Hour)
	var steps []string
	err := b.timer.Advance(t.Context(), timer.Move{By: 5 * time.Hour, OnStep: func(_ context.Context, s timer.Step) error {
		text := s.At.Sub(b.start).String()
		for _, job := range s.Jobs {
			text += " " + string(job.Args)
		}
		steps = append(steps, text)
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{`1h0m0s {"Name":"a"} {"Name":"b"} {"Name":"c"}`, `2h0m0s {"Name":"later"}`, `5h0m0s`}
	if diff := cmp.Diff(want, steps); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"a", "b", "c", "later"}, b.heard()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What is due when a move begins and is still in the timetable is done first.
// The loop may not have come to it, and leaves it alone from then on.
func TestAdvanceBeginsWithWhatIsDue(t *testing.T) {
	t.Parallel()
	b := newStillBench(t)
	b.timer.Busy = []func(*db.Tx) (int, error){func(tx *db.Tx) (int, error) {
		return db.One(tx, db.Value[int], `SELECT COUNT(*) FROM planned WHERE name = 'owed'`)
	}}
	b.schedule(t, "owed", 0)
	if err := b.timer.Advance(t.Context(), timer.Move{By: time.Hour}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"owed"}, b.heard()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// An error of a step ends the move where it is.
func TestAdvanceEndsWithItsStep(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.schedule(t, "first", time.Hour)
	b.schedule(t, "second", 2*time.Hour)
	enough := errors.New("enough")
	err := b.timer.Advance(t.Context(), timer.Move{By: 5 * time.Hour, OnStep: func(context.Context, timer.Step) error { return enough }})
	if !errors.Is(err, enough) {
		t.Errorf("got %v", err)
	}
	if now := b.db.Clock.Now(); !now.Equal(b.start.Add(time.Hour)) {
		t.Errorf("the clock shows %v", now)
	}
}

// A job that fails three times stops the clock and is named.
func TestAdvanceNamesTheJobThatFails(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.schedule(t, "broken", time.Hour)
	b.schedule(t, "after", 2*time.Hour)
	err := b.timer.Advance(t.Context(), timer.Move{By: 5 * time.Hour})
	if err == nil || !strings.Contains(err.Error(), `test.ring {"Name":"broken"} has failed 3 times: broken`) {
		t.Errorf("got %v", err)
	}
	if now := b.db.Clock.Now(); !now.Equal(b.start.Add(time.Hour)) {
		t.Errorf("the clock shows %v", now)
	}
}

// While it moves the clock stands still, and receivers have less time.
func TestTheClockStandsWhileItMoves(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	if err := b.timer.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := b.db.Clock.Now()
	err := b.timer.Advance(t.Context(), timer.Move{By: time.Hour, AttemptLimit: 700 * time.Millisecond, OnStep: func(ctx context.Context, s timer.Step) error {
		return b.db.Read(ctx, func(tx *db.Tx) error {
			limit, err := timer.Limit(tx)
			if frozen := tx.Clock().Frozen; frozen == nil || !frozen.Equal(s.At) || limit != 700*time.Millisecond {
				t.Errorf("at %v the clock is %+v, the limit %v", s.At, tx.Clock(), limit)
			}
			return err
		})
	}})
	if err != nil {
		t.Fatal(err)
	}
	limit, state := b.limit(t), b.db.Clock.State()
	if state.Frozen != nil || b.db.Clock.Now().Sub(before) < time.Hour || limit != 0 {
		t.Errorf("afterwards the clock is %+v, the limit %v", state, limit)
	}
}

func (b *bench) limit(t *testing.T) (limit time.Duration) {
	t.Helper()
	err := b.db.Read(t.Context(), func(tx *db.Tx) (err error) {
		limit, err = timer.Limit(tx)
		return err
	})
	if err != nil {
		t.Error(err)
	}
	return limit
}

// A process that dies in the middle of a move leaves the clock standing; the
// next one lets it run on if it ran before, and leaves it if it stood.
func TestAMoveThatWasLeftIsEnded(t *testing.T) {
	t.Parallel()
	for name, ran := range map[string]int{"running": 1, "frozen": 0} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			err := b.db.Write(t.Context(), func(tx *db.Tx) error {
				return tx.MoveClock(func(clock.State) clock.State { return clock.State{Frozen: &b.start} })
			})
			if err != nil {
				t.Fatal(err)
			}
			dbtest.Exec(t, b.db, `UPDATE clock SET moved_by = 12345, resumes = $1, attempt_limit_ms = 2000`, ran)
			b.schedule(t, "waits", -time.Second)
			if err := b.timer.Recover(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := <-b.rung; got != "waits" {
				t.Errorf("%q rang", got)
			}
			if frozen := b.db.Clock.State().Frozen != nil; frozen == (ran == 1) || b.limit(t) != 0 {
				t.Errorf("the clock is frozen: %v, the limit %v", frozen, b.limit(t))
			}
		})
	}
}

package timer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
)

// AttemptLimit is how long a receiver has to answer while the clock moves,
// unless a Move says otherwise.
const AttemptLimit = 2 * time.Second

// ErrPast says that an instant lies before what the clock shows.
var ErrPast = errors.New("the clock moves forward only")

// Move says how far the clock is to go, and what is to happen on the way.
type Move struct {
	To time.Time     // business time; or
	By time.Duration // from what the clock shows
	// AttemptLimit bounds an attempt of a delivery meanwhile; 0: AttemptLimit.
	AttemptLimit time.Duration
	// OnStep is told of every instant at which work fell due, once that work is
	// done, and at the end of the target. An error of it ends the move. It may
	// be nil.
	OnStep func(context.Context, Step) error
}

// Step is one instant on the way of a move.
type Step struct {
	At   time.Time
	Jobs []Released
}

// Released is a job that fell due.
type Released struct {
	Kind    string
	Args    json.RawMessage
	StoreID *int64
}

// Advance moves business time forward and stops at every due row on the way
// until its work is done. Meanwhile the clock stands still between two
// instants; a clock that ran before runs on from the target, or from where the
// move was ended by ctx or an error. Those who move the clock take turns.
func (t *Timer) Advance(ctx context.Context, m Move) error {
	return t.alone(ctx, func() error {
		to, err := t.hold(ctx, m)
		if err != nil {
			return err
		}
		err = t.walk(ctx, m, to)
		return errors.Join(err, t.let(context.WithoutCancel(ctx)))
	})
}

// hold stops the clock for a move and returns its target.
func (t *Timer) hold(ctx context.Context, m Move) (to time.Time, err error) {
	limit := m.AttemptLimit
	if limit == 0 {
		limit = AttemptLimit
	}
	err = t.DB.Write(ctx, func(tx *db.Tx) error {
		var now time.Time
		err := tx.MoveClock(func(s clock.State) clock.State {
			now = t.standAt(s)
			return clock.State{Frozen: &now}
		})
		if err != nil {
			return err
		}
		if to = m.To.UTC().Truncate(time.Millisecond); m.To.IsZero() {
			to = now.Add(m.By)
		}
		if to.Before(now) {
			return fmt.Errorf("%w: it shows %s", ErrPast, now.Format(time.RFC3339))
		}
		return markMoving(tx, t.DB.Process(), tx.Clock().Frozen == nil, limit)
	})
	return to, err
}

// ahead is how far a clock that runs is taken ahead of the machine when it is
// stopped for a move and other transactions may be under way: none of them has
// written a later time, so that what they made due counts as due.
const ahead = 100 * time.Millisecond

// standAt is where the clock stands while a move begins.
func (t *Timer) standAt(s clock.State) time.Time {
	now := s.At(clock.Machine())
	if s.Frozen == nil && t.DB.Shared() {
		now = now.Add(ahead)
	}
	return now
}

// let ends a move: a clock that ran before runs on.
func (t *Timer) let(ctx context.Context) error {
	defer t.Wake()
	return t.DB.Insist(ctx, letGo)
}

func letGo(tx *db.Tx) error {
	resumes, err := endMoving(tx)
	if err != nil || !resumes {
		return err
	}
	return tx.MoveClock(func(s clock.State) clock.State { return s.Resume(clock.Machine()) })
}

// walk goes from one due instant to the next, up to the target. It begins with
// what is due already: nobody else releases it while the clock is moved.
func (t *Timer) walk(ctx context.Context, m Move, to time.Time) error {
	overdue, err := t.overdue(ctx)
	if err != nil {
		return err
	}
	if overdue != nil {
		err = t.step(ctx, m, *overdue)
	} else {
		err = t.quiet(ctx)
	}
	if err != nil {
		return err
	}
	for {
		at, err := t.nextBefore(ctx, to)
		if err != nil {
			return err
		}
		if at == nil {
			return t.step(ctx, m, to)
		}
		if err := t.step(ctx, m, *at); err != nil {
			return err
		}
	}
}

// step goes to one instant and lets the work that is due there finish.
func (t *Timer) step(ctx context.Context, m Move, at time.Time) error {
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	var jobs []Released
	err := t.DB.Write(ctx, func(tx *db.Tx) (err error) {
		if jobs, err = t.takeDue(tx, max(at.UnixMilli(), tx.NowMS())); err != nil {
			return err
		}
		return tx.MoveClock(func(s clock.State) clock.State { return clock.State{Frozen: later(*s.Frozen, at)} })
	})
	if err != nil {
		return err
	}
	if err := t.quiet(ctx); err != nil {
		return err
	}
	if m.OnStep == nil {
		return nil
	}
	return m.OnStep(ctx, Step{At: at, Jobs: jobs})
}

// later returns the later of two instants: what is due already does not take
// the clock back.
func later(a, b time.Time) *time.Time {
	if b.After(a) {
		a = b.UTC()
	}
	return &a
}

// overdue returns the earliest instant at which something was due and was not
// released yet, or nil.
func (t *Timer) overdue(ctx context.Context) (at *time.Time, err error) {
	err = t.DB.Read(ctx, func(tx *db.Tx) error {
		if at, err = next(tx); at != nil && at.After(tx.Now) {
			at = nil
		}
		return err
	})
	return at, err
}

// nextBefore returns the earliest due instant up to a limit, or nil.
func (t *Timer) nextBefore(ctx context.Context, limit time.Time) (at *time.Time, err error) {
	err = t.DB.Read(ctx, func(tx *db.Tx) error {
		at, err = next(tx)
		return err
	})
	if at != nil && at.After(limit) {
		at = nil
	}
	return at, err
}

package timer

import (
	"context"
	"fmt"
	"time"

	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
)

// Between two looks at work in progress, and how long one instant may take.
const (
	quietPoll    = 2 * time.Millisecond
	quietTimeout = 30 * time.Second
)

// moving is held by whoever changes the clock, in every process.
const moving = "moving the clock"

// Freeze stops business time.
func (t *Timer) Freeze(ctx context.Context) error {
	return t.alone(ctx, func() error {
		return t.change(ctx, func(s clock.State) clock.State { return s.Freeze(clock.Machine()) })
	})
}

// Resume lets business time run on from where it stands.
func (t *Timer) Resume(ctx context.Context) error {
	defer t.Wake()
	return t.alone(ctx, func() error {
		return t.change(ctx, func(s clock.State) clock.State { return s.Resume(clock.Machine()) })
	})
}

// alone makes those who move the clock take turns.
func (t *Timer) alone(ctx context.Context, move func() error) error {
	t.moving.Lock()
	defer t.moving.Unlock()
	release, err := t.DB.Hold(ctx, moving)
	if err != nil {
		return err
	}
	defer release()
	return move()
}

// change sets the clock and remembers where it stands. It does both while it
// holds the writer, so that no row carries a time that a crash would forget.
func (t *Timer) change(ctx context.Context, move func(clock.State) clock.State) error {
	return t.DB.Write(ctx, func(tx *db.Tx) error { return tx.MoveClock(move) })
}

// Advance moves business time forward to an instant, stopping at every due
// row on the way until its work is done. Going backwards is refused. Those who
// move the clock take turns.
func (t *Timer) Advance(ctx context.Context, to time.Time) error {
	return t.alone(ctx, func() error {
		now, err := t.now(ctx)
		if err != nil {
			return err
		}
		return t.advance(ctx, now, to)
	})
}

// AdvanceBy is Advance by a duration from what the clock shows.
func (t *Timer) AdvanceBy(ctx context.Context, by time.Duration) error {
	return t.alone(ctx, func() error {
		now, err := t.now(ctx)
		if err != nil {
			return err
		}
		return t.advance(ctx, now, now.Add(by))
	})
}

func (t *Timer) now(ctx context.Context) (now time.Time, err error) {
	err = t.DB.Read(ctx, func(tx *db.Tx) error {
		now = tx.Now
		return nil
	})
	return now, err
}

func (t *Timer) advance(ctx context.Context, now, to time.Time) error {
	if to.Before(now) {
		return fmt.Errorf("the clock moves forward only: it shows %s", now.Format(time.RFC3339))
	}
	if err := t.quiet(ctx); err != nil {
		return err
	}
	for {
		at, err := t.nextBefore(ctx, to)
		if err != nil {
			return err
		}
		if at == nil {
			return t.moveTo(ctx, to)
		}
		if err := t.step(ctx, *at); err != nil {
			return err
		}
	}
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

// step goes to one due instant and lets its work finish.
func (t *Timer) step(ctx context.Context, at time.Time) error {
	if err := t.moveTo(ctx, at); err != nil {
		return err
	}
	if err := t.release(ctx); err != nil {
		return err
	}
	return t.quiet(ctx)
}

// moveTo shows an instant, unless it has passed.
func (t *Timer) moveTo(ctx context.Context, at time.Time) error {
	return t.change(ctx, func(s clock.State) clock.State {
		machine := clock.Machine()
		if s.At(machine).After(at) {
			return s
		}
		return s.MoveTo(at, machine)
	})
}

// quiet waits until no domain has work in progress.
func (t *Timer) quiet(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, quietTimeout, errNotQuiet)
	defer cancel()
	tick := time.NewTicker(quietPoll)
	defer tick.Stop()
	for {
		busy, err := t.inProgress(ctx)
		if err != nil || busy == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-tick.C:
		}
	}
}

func (t *Timer) inProgress(ctx context.Context) (total int, err error) {
	err = t.DB.Read(ctx, func(tx *db.Tx) error {
		for _, count := range t.Busy {
			n, err := count(tx)
			if err != nil {
				return err
			}
			total += n
		}
		return nil
	})
	return total, err
}

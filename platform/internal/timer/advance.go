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

// RestoreClock sets the clock as the database remembers it.
func (t *Timer) RestoreClock(ctx context.Context) error {
	return t.DB.Read(ctx, func(tx *db.Tx) error {
		s, err := loadClock(tx)
		t.DB.Clock.Restore(s)
		return err
	})
}

// Freeze stops business time.
func (t *Timer) Freeze(ctx context.Context) error {
	t.moving.Lock()
	defer t.moving.Unlock()
	return t.change(ctx, t.DB.Clock.Freeze)
}

// Resume lets business time run on from where it stands.
func (t *Timer) Resume(ctx context.Context) error {
	t.moving.Lock()
	defer t.moving.Unlock()
	defer t.Wake()
	return t.change(ctx, t.DB.Clock.Resume)
}

// change sets the clock and remembers where it stands. It does both while it
// holds the writer, so that no row carries a time that a crash would forget.
func (t *Timer) change(ctx context.Context, set func() clock.State) error {
	before := t.DB.Clock.State()
	err := t.DB.Write(ctx, func(tx *db.Tx) error { return saveClock(tx, set()) })
	if err != nil {
		t.DB.Clock.Restore(before)
	}
	return err
}

// Advance moves business time forward to an instant, stopping at every due
// row on the way until its work is done. Going backwards is refused. Those who
// move the clock take turns.
func (t *Timer) Advance(ctx context.Context, to time.Time) error {
	t.moving.Lock()
	defer t.moving.Unlock()
	if now := t.DB.Clock.Now(); to.Before(now) {
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
	if at.After(t.DB.Clock.Now()) {
		if err := t.moveTo(ctx, at); err != nil {
			return err
		}
	}
	if err := t.release(ctx); err != nil {
		return err
	}
	return t.quiet(ctx)
}

func (t *Timer) moveTo(ctx context.Context, at time.Time) error {
	return t.change(ctx, func() clock.State { return t.DB.Clock.MoveTo(at) })
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

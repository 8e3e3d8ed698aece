package timer

import (
	"context"
	"fmt"
	"time"

	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
)

const (
	// quietPoll is the time between two looks at work in progress.
	quietPoll = 2 * time.Millisecond
	// quietTimeout is how long work in progress may stand still.
	quietTimeout = 30 * time.Second
	// failingAfter and failingPoll say when and how often a clock that waits
	// looks for jobs that fail, and failingTimes which of them stop it.
	failingAfter = 500 * time.Millisecond
	failingPoll  = 100 * time.Millisecond
	failingTimes = 3
)

// quiet waits until no domain has work in progress. It gives up when a job
// keeps failing, which it names, or when nothing has moved for quietTimeout.
func (t *Timer) quiet(ctx context.Context) error {
	tick := time.NewTicker(quietPoll)
	defer tick.Stop()
	started := clock.Machine()
	moved, lookAt, left := started, started.Add(failingAfter), -1
	for {
		busy, err := t.inProgress(ctx)
		if err != nil || busy == 0 {
			return err
		}
		now := clock.Machine()
		if busy != left {
			left, moved = busy, now
		}
		if now.Sub(moved) > quietTimeout {
			return fmt.Errorf("%d pieces of work in progress did not end within %v", left, quietTimeout)
		}
		if now.After(lookAt) {
			if err := t.failing(ctx); err != nil {
				return err
			}
			lookAt = now.Add(failingPoll)
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-tick.C:
		}
	}
}

// failing returns the job that keeps failing as an error.
func (t *Timer) failing(ctx context.Context) error {
	f, err := t.Queue.Failing(ctx, failingTimes)
	if err == nil && f != nil {
		err = f
	}
	return err
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

package timer

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/queue"
)

// idleWait bounds how long the loop sleeps without looking at the table.
const idleWait = time.Second

// Timer owns the timetable of one database.
type Timer struct {
	DB    *db.DB
	Queue *queue.Queue
	// Busy counts work in progress, one function per domain that has timers.
	Busy []func(*db.Tx) (int, error)

	moving sync.Mutex // held by whoever changes the clock
	once   sync.Once
	woken  chan struct{}
}

// Schedule makes a job due at an instant of business time.
func (t *Timer) Schedule(tx *db.Tx, due time.Time, job queue.Job, storeID *int64) error {
	args, err := json.Marshal(job)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO timer (due_ms, kind, args, store_id) VALUES ($1, $2, $3, $4)`,
		due.UnixMilli(), job.Kind(), string(args), storeID)
	tx.AfterCommit(t.Wake)
	return err
}

// Wake lets the loop look at the table now.
func (t *Timer) Wake() {
	select {
	case t.wakes() <- struct{}{}:
	default:
	}
}

func (t *Timer) wakes() chan struct{} {
	t.once.Do(func() { t.woken = make(chan struct{}, 1) })
	return t.woken
}

// Run releases due rows until ctx ends. A busy database is tried again.
func (t *Timer) Run(ctx context.Context) error {
	for {
		wait, err := t.turn(ctx)
		if problem.Is(err, api.CodeTryAgain) {
			wait = idleWait
		} else if err != nil && ctx.Err() == nil {
			return err
		}
		sleep := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			sleep.Stop()
			return nil
		case <-t.wakes():
			sleep.Stop()
		case <-sleep.C:
		}
	}
}

// turn releases what is due and returns how long to sleep.
func (t *Timer) turn(ctx context.Context) (time.Duration, error) {
	if err := t.release(ctx); err != nil {
		return 0, err
	}
	return t.untilNext(ctx)
}

// untilNext is how long to sleep until the next row may be due.
func (t *Timer) untilNext(ctx context.Context) (time.Duration, error) {
	wait := idleWait
	err := t.DB.Read(ctx, func(tx *db.Tx) error {
		due, err := next(tx)
		if err == nil && due != nil && tx.Clock().Frozen == nil {
			wait = max(0, min(wait, due.Sub(tx.Now)))
		}
		return err
	})
	return wait, err
}

// release queues every row that is due, unless somebody moves the clock, who
// does it then.
func (t *Timer) release(ctx context.Context) error {
	return t.DB.Write(ctx, func(tx *db.Tx) error {
		if held, err := isMoving(tx); err != nil || held {
			return err
		}
		_, err := t.takeDue(tx, tx.NowMS())
		return err
	})
}

// takeDue moves what is due up to an instant into the queue.
func (t *Timer) takeDue(tx *db.Tx, upToMS int64) ([]Released, error) {
	jobs, err := take(tx, upToMS)
	if err != nil {
		return nil, err
	}
	stored := make([]queue.Stored, len(jobs))
	for n, job := range jobs {
		stored[n] = queue.Stored{Name: job.Kind, Args: job.Args}
	}
	return jobs, t.Queue.InsertInOrder(tx, stored)
}

// Next returns the earliest instant of business time for which something
// waits, or nil.
func Next(tx *db.Tx) (*time.Time, error) { return next(tx) }

// Limit returns how long an attempt of a delivery may take while the clock is
// moved, or 0 when it is not.
func Limit(tx *db.Tx) (time.Duration, error) {
	ms, err := attemptLimit(tx)
	if err != nil || ms == nil {
		return 0, err
	}
	return time.Duration(*ms) * time.Millisecond, nil
}

// Recover ends the move of a process that died in the middle of it: the clock
// stays where it had come to, and runs on if it ran before.
func (t *Timer) Recover(ctx context.Context) error {
	defer t.Wake()
	return t.DB.Write(ctx, func(tx *db.Tx) error {
		if abandoned, err := isAbandoned(tx); err != nil || !abandoned {
			return err
		}
		return letGo(tx)
	})
}

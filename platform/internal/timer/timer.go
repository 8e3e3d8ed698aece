package timer

import (
	"context"
	"encoding/json"
	"errors"
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

	moving    sync.Mutex // held by whoever changes the clock
	releasing sync.Mutex
	once      sync.Once
	woken     chan struct{}
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

// release queues every row that is due, all of them in one transaction. A row
// that another process releases is left to it.
func (t *Timer) release(ctx context.Context) error {
	t.releasing.Lock()
	defer t.releasing.Unlock()
	return t.DB.Write(ctx, func(tx *db.Tx) error {
		rows, err := due(tx)
		if err != nil {
			return err
		}
		for _, row := range rows {
			mine, err := remove(tx, row.id)
			if err == nil && mine {
				err = t.Queue.Insert(tx, row.job)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// errNotQuiet says that work did not finish while the clock waited.
var errNotQuiet = errors.New("work in progress did not finish in time; the clock stopped where it is")

package control

import (
	"context"
	"errors"
	"log/slog"
	"sync"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/timer"
	"github.com/selorax/sandbox/platform/internal/token"
)

// keepOperations is how many operations are kept, the newest.
const keepOperations = 20

// errStopped ends a move that somebody stopped.
var errStopped = errors.New("stopped")

// Operations moves the clock in the background, one operation at a time in all
// processes on the database.
type Operations struct {
	DB    *db.DB
	Timer *timer.Timer
	Log   *slog.Logger

	mu      sync.Mutex
	current *operation // nil: none in this process
	work    sync.WaitGroup
	base    context.Context // ends with the platform; nil before Open
}

// operation is a move that this process makes.
type operation struct {
	id    int64
	stop  context.CancelCauseFunc
	ended chan struct{}
}

// Open lets operations begin until ctx ends.
func (o *Operations) Open(ctx context.Context) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.base = ctx
}

// Run waits for the end of the context that operations were opened with, and
// for the one that it stops.
func (o *Operations) Run() error {
	<-o.base.Done()
	o.mu.Lock() // whoever began before that is counted by now
	defer o.mu.Unlock()
	o.work.Wait()
	return nil
}

// Recover marks operations as stopped whose process is gone.
func (o *Operations) Recover(ctx context.Context) error {
	return o.DB.Write(ctx, abandonOperations)
}

// begin starts an operation; ended closes when it has come to its end. While
// another is under way it is refused.
func (o *Operations) begin(ctx context.Context, a advance) (id int64, ended <-chan struct{}, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.base == nil || o.base.Err() != nil {
		return 0, nil, errors.New("the platform is not running")
	}
	var op api.ClockOperation
	err = o.DB.Write(ctx, func(tx *db.Tx) error {
		if err := standStill(tx); err != nil {
			return err
		}
		target := tx.Now.Add(a.by)
		if a.to != nil {
			target = a.to.UTC()
		}
		if target.Before(tx.Now) {
			return past(tx.Now)
		}
		if target.Sub(tx.Now) > maxAdvance {
			return tooFar()
		}
		op, err = insertOperation(tx, target, o.DB.Process())
		return err
	})
	if err != nil {
		return 0, nil, err
	}
	move, stop := context.WithCancelCause(o.base)
	o.current = &operation{id: op.OperationID, stop: stop, ended: make(chan struct{})}
	o.work.Add(1)
	go o.run(move, o.current, op, a)
	return op.OperationID, o.current.ended, nil
}

// still does something during which no operation may begin; while one is under
// way it is refused.
func (o *Operations) still(ctx context.Context, do func() error) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := o.DB.Read(ctx, noOperation); err != nil {
		return err
	}
	return do()
}

// standStill keeps operations from beginning, in every process, until the
// transaction ends; while one is under way it is refused.
func standStill(tx *db.Tx) error {
	if err := tx.Exclusive("clock operation"); err != nil {
		return err
	}
	return noOperation(tx)
}

// noOperation refuses while an operation is under way.
func noOperation(tx *db.Tx) error {
	running, err := runningOperation(tx)
	switch {
	case db.IsNone(err):
		return nil
	case err != nil:
		return err
	}
	return underWay(running)
}

// run moves the clock and writes down how that ended.
func (o *Operations) run(ctx context.Context, own *operation, op api.ClockOperation, a advance) {
	defer o.work.Done()
	defer close(own.ended)
	defer own.stop(nil)
	t := &trace{db: o.DB, operation: op.OperationID}
	err := t.begin(ctx)
	if err == nil {
		err = o.Timer.Advance(ctx, a.move(t.step))
	}
	if err == nil && a.ageTokens {
		err = o.DB.Write(ctx, func(tx *db.Tx) error { return token.AgeRefresh(tx, op.To.Sub(op.From.Time)) })
	}
	status, reason := api.ClockDone, (*string)(nil)
	switch {
	case errors.Is(err, errStopped) || ctx.Err() != nil:
		status = api.ClockStopped
	case err != nil:
		text := err.Error()
		status, reason = api.ClockFailed, &text
		o.Log.WarnContext(ctx, "clock.failed", "operation_id", op.OperationID, "error", err)
	}
	err = o.DB.Insist(context.WithoutCancel(ctx), func(tx *db.Tx) error { return endOperation(tx, op.OperationID, status, reason) })
	if err != nil {
		o.Log.ErrorContext(ctx, "clock.end_failed", "operation_id", op.OperationID, "error", err)
	}
}

// stop ends an operation, in whichever process it is, and waits for its end
// where that is this one.
func (o *Operations) stop(ctx context.Context, id int64) error {
	if err := o.DB.Write(ctx, func(tx *db.Tx) error { return askToStop(tx, id) }); err != nil {
		return err
	}
	o.mu.Lock()
	own := o.current
	o.mu.Unlock()
	if own == nil || own.id != id {
		return nil
	}
	own.stop(errStopped)
	select {
	case <-own.ended:
	case <-ctx.Done():
	}
	return nil
}

package queue_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/queue"
	"github.com/selorax/sandbox/platform/internal/queue/queuetest"
)

type greet struct{ Name string }

func (greet) Kind() string { return "test.greet" }

func TestJobRunsAfterCommitOnly(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	q := queuetest.New(t, d)
	got := make(chan string, 2)
	queue.Handle(q, func(_ context.Context, g greet) error { got <- g.Name; return nil })
	queuetest.Run(t, q)

	boom := errors.New("boom")
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		return errors.Join(q.Insert(tx, greet{"rolled back"}), boom)
	})
	if !errors.Is(err, boom) {
		t.Fatal(err)
	}
	insert(t, d, q, greet{"typed"})
	if name := <-got; name != "typed" {
		t.Errorf("got %q", name)
	}
	insert(t, d, q, queue.Stored{Name: "test.greet", Args: json.RawMessage(`{"Name":"stored"}`)})
	if name := <-got; name != "stored" {
		t.Errorf("got %q", name)
	}
}

// A job starts with the commit, not with the next look at the database.
func TestJobsStartAtOnce(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	q := queuetest.New(t, d)
	got := make(chan struct{})
	queue.Handle(q, func(context.Context, greet) error { got <- struct{}{}; return nil })
	queuetest.Run(t, q)
	insert(t, d, q, greet{"warm up"})
	<-got
	quickest := time.Hour
	for range 20 {
		started := time.Now()
		insert(t, d, q, greet{"now"})
		<-got
		quickest = min(quickest, time.Since(started))
	}
	if quickest > 25*time.Millisecond {
		t.Errorf("the quickest of 20 jobs took %v to start", quickest)
	}
}

func TestFailedJobRunsAgain(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	q := queuetest.New(t, d)
	var runs atomic.Int32
	done := make(chan struct{})
	queue.Handle(q, func(context.Context, greet) error {
		if runs.Add(1) == 1 {
			return errors.New("crash")
		}
		close(done)
		return nil
	})
	queuetest.Run(t, q)
	insert(t, d, q, greet{"again"})
	<-done
}

func TestUnknownKindIsRefusedWhenInserted(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	q := queuetest.New(t, d)
	err := d.Write(t.Context(), func(tx *db.Tx) error { return q.Insert(tx, greet{}) })
	if err == nil {
		t.Error("a job nobody handles was queued")
	}
}

type wait struct{}

func (wait) Kind() string { return "test.wait" }
func (wait) Outbound()    {}

func TestStoredOutboundJobsKeepTheirLane(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	q := queuetest.New(t, d)
	queue.Handle(q, func(context.Context, wait) error { return nil })
	queue.Handle(q, func(context.Context, greet) error { return nil })
	insert(t, d, q, wait{})
	insert(t, d, q, queue.Stored{Name: "test.wait", Args: json.RawMessage(`{}`)})
	insert(t, d, q, greet{})
	if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM river_job WHERE queue = 'outbound'`); n != 2 {
		t.Errorf("%d jobs in the outbound lane, want 2", n)
	}
}

func TestStopCancelsAJobThatHangs(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	q := queuetest.New(t, d)
	started, cancelled := make(chan struct{}), make(chan struct{})
	queue.Handle(q, func(ctx context.Context, _ wait) error {
		close(started)
		<-ctx.Done()
		close(cancelled)
		return ctx.Err()
	})
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- q.Run(ctx) }()
	insert(t, d, q, wait{})
	<-started
	stop()
	<-cancelled
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func insert(t *testing.T, d *db.DB, q *queue.Queue, job queue.Job) {
	t.Helper()
	if err := d.Write(t.Context(), func(tx *db.Tx) error { return q.Insert(tx, job) }); err != nil {
		t.Fatal(err)
	}
}

func BenchmarkInsert(b *testing.B) {
	d := dbtest.New(b)
	q, err := queue.New(d, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	if err := queue.Migrate(b.Context(), d); err != nil {
		b.Fatal(err)
	}
	queue.Handle(q, func(context.Context, greet) error { return nil })
	for b.Loop() {
		if err := d.Write(b.Context(), func(tx *db.Tx) error { return q.Insert(tx, greet{}) }); err != nil {
			b.Fatal(err)
		}
	}
}

package queue_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"

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

// Package queuetest gives tests a running queue.
package queuetest

import (
	"context"
	"log/slog"
	"testing"

	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/queue"
)

// New returns the queue of a test database, not yet running.
func New(t testing.TB, d *db.DB) *queue.Queue {
	t.Helper()
	if err := queue.Migrate(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	q, err := queue.New(d, slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// Run works the queue until the test ends.
func Run(t testing.TB, q *queue.Queue) {
	t.Helper()
	Loop(t, q.Run)
}

// Loop runs a loop until the test ends and waits for it.
func Loop(t testing.TB, run func(context.Context) error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

package db_test

import (
	"context"
	"slices"
	"testing"

	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
)

// join opens the database of a directory as one more process.
func join(t *testing.T, url string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), url, &clock.Clock{})
	if err == nil {
		err = d.Migrate(t.Context())
	}
	if err == nil {
		err = d.Join(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func departed(t *testing.T, d *db.DB) []int64 {
	t.Helper()
	gone, err := d.Departed(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return gone
}

func TestAProcessThatIsGoneIsStruckOffOnce(t *testing.T) {
	t.Parallel()
	url := dbtest.URL(t, t.TempDir())
	first := join(t, url)
	id := first.Process()
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second := join(t, url)
	defer second.Close()
	for { // the server needs a moment to see the connection end
		if gone := departed(t, second); slices.Equal(gone, []int64{id}) {
			break
		} else if len(gone) > 0 {
			t.Fatalf("gone are %v", gone)
		}
	}
	for _, want := range []int64{1, 0} {
		if n, err := second.Forget(t.Context(), []int64{id, second.Process()}); err != nil || n != want {
			t.Errorf("%d struck off, want %d: %v", n, want, err)
		}
	}
}

func TestALivingProcessIsNotGone(t *testing.T) {
	t.Parallel()
	if !dbtest.OnPostgres() {
		t.Skip("on PostgreSQL only: one process owns an SQLite file")
	}
	url := dbtest.URL(t, t.TempDir())
	first, second := join(t, url), join(t, url)
	defer first.Close()
	defer second.Close()
	if gone := departed(t, second); len(gone) != 0 {
		t.Errorf("gone are %v", gone)
	}
	if n, err := second.Forget(t.Context(), []int64{first.Process()}); err != nil || n != 0 {
		t.Errorf("%d struck off: %v", n, err)
	}
}

// A process that loses its connection, and its row, comes back by itself.
func TestAProcessComesBack(t *testing.T) {
	t.Parallel()
	if !dbtest.OnPostgres() {
		t.Skip("on PostgreSQL only: one process owns an SQLite file")
	}
	url := dbtest.URL(t, t.TempDir())
	first, second := join(t, url), join(t, url)
	defer first.Close()
	defer second.Close()
	dbtest.Exec(t, second, `DELETE FROM process WHERE id = $1`, first.Process())
	dbtest.Exec(t, second, `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND objsubid = 2`, first.Process())
	ctx, cancel := context.WithCancel(t.Context())
	heard, done := make(chan struct{}, 1), make(chan error)
	go func() {
		done <- first.Listen(ctx, func() {
			select {
			case heard <- struct{}{}:
			default:
			}
		})
	}()
	<-heard // it is back
	if n := dbtest.Value[int](t, second, `SELECT COUNT(*) FROM process`); n != 2 {
		t.Errorf("%d processes are known, want 2", n)
	}
	if gone := departed(t, second); len(gone) != 0 {
		t.Errorf("gone are %v", gone)
	}
	dbtest.Exec(t, second, `SELECT pg_notify(current_schema(), '')`)
	<-heard
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

package db_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/problem"
)

var clash error = &pgconn.PgError{Code: "40001"}

func TestClashIsTriedAgain(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	tries, committed := 0, 0
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		tx.AfterCommit(func() { committed++ })
		if _, err := tx.Exec(`INSERT INTO clock (id, offset_ms) VALUES (1, 0)`); err != nil {
			return err
		}
		if tries++; tries < 3 {
			return clash
		}
		return nil
	})
	if err != nil || tries != 3 || committed != 1 {
		t.Errorf("%d tries, %d commits, %v", tries, committed, err)
	}
}

func TestEndlessClashIsTryAgain(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	err := d.Write(t.Context(), func(*db.Tx) error { return clash })
	if !problem.Is(err, api.CodeTryAgain) {
		t.Errorf("got %v", err)
	}
}

// What has to be written waits for a server that is starting.
func TestInsistWaitsForTheDatabase(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	var starting error = &pgconn.PgError{Code: "57P03"}
	tries := 0
	err := d.Insist(t.Context(), func(*db.Tx) error {
		if tries++; tries < 3 {
			return starting
		}
		return nil
	})
	if err != nil || tries != 3 {
		t.Errorf("%d tries, %v", tries, err)
	}
	boom := errors.New("boom")
	if err := d.Insist(t.Context(), func(*db.Tx) error { tries++; return boom }); !errors.Is(err, boom) || tries != 4 {
		t.Errorf("%d tries, %v", tries, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	err = d.Insist(ctx, func(*db.Tx) error { cancel(); return starting })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestCancelledCallerIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	ctx, cancel := context.WithCancel(t.Context())
	tries := 0
	err := d.Write(ctx, func(*db.Tx) error { tries++; cancel(); return clash })
	if !errors.Is(err, context.Canceled) || tries > 2 {
		t.Errorf("%d tries, %v", tries, err)
	}
}

// Two transactions that wait for each other's row: PostgreSQL ends one, and
// it runs again.
func TestDeadlockResolvesItself(t *testing.T) {
	t.Parallel()
	if !dbtest.OnPostgres() {
		t.Skip("on PostgreSQL only: SQLite writes one transaction at a time")
	}
	d := dbtest.New(t)
	dbtest.Exec(t, d, `CREATE TABLE pair (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)`)
	dbtest.Exec(t, d, `INSERT INTO pair (id, n) VALUES (1, 0), (2, 0)`)
	var all, met sync.WaitGroup
	met.Add(2)
	for i := range 2 {
		all.Go(func() {
			meet := sync.OnceFunc(func() { met.Done(); met.Wait() }) // each has its first row
			err := d.Write(t.Context(), func(tx *db.Tx) error {
				for _, id := range []int{1 + i, 2 - i} {
					if _, err := tx.Exec(`UPDATE pair SET n = n + 1 WHERE id = $1`, id); err != nil {
						return err
					}
					meet()
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := dbtest.Value[int](t, d, `SELECT CAST(SUM(n) AS INTEGER) FROM pair`); n != 4 {
		t.Errorf("%d updates, want 4", n)
	}
}

// A transaction whose connection ends, as when the server is restarted, can be
// tried again, and the next one gets another connection.
func TestALostConnectionIsTryAgain(t *testing.T) {
	t.Parallel()
	if !dbtest.OnPostgres() {
		t.Skip("on PostgreSQL only: SQLite has no connection to lose")
	}
	d := dbtest.New(t)
	lose := func(tx *db.Tx) error {
		own, err := db.One(tx, db.Value[int], `SELECT pg_backend_pid()`)
		if err != nil {
			return err
		}
		dbtest.Exec(t, d, `SELECT pg_terminate_backend($1, 5000)`, own)
		_, err = db.One(tx, db.Value[int], `SELECT 1`)
		return err
	}
	for name, run := range map[string]func(context.Context, func(*db.Tx) error) error{"write": d.Write, "read": d.Read} {
		if err := run(t.Context(), lose); !problem.Is(err, api.CodeTryAgain) {
			t.Errorf("a %s: %v", name, err)
		}
	}
	if err := d.Write(t.Context(), func(tx *db.Tx) error { return tx.Exclusive("still there") }); err != nil {
		t.Error(err)
	}
}

func TestIDsGoOnAfterThoseByHand(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO timer (id, due_ms, kind, args) VALUES (22, 0, 'k', '{}')`)
		return errors.Join(err, tx.SyncIDs())
	})
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Exec(t, d, `INSERT INTO timer (due_ms, kind, args) VALUES (0, 'k', '{}')`)
	if id := dbtest.Value[int64](t, d, `SELECT MAX(id) FROM timer`); id != 23 {
		t.Errorf("the next id is %d, want 23", id)
	}
}

func TestProcessesMigrateAtOnce(t *testing.T) {
	t.Parallel()
	if !dbtest.OnPostgres() {
		t.Skip("on PostgreSQL only: one process owns an SQLite file")
	}
	url := dbtest.URL(t, t.TempDir())
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			d, err := db.Open(t.Context(), url, &clock.Clock{})
			if err != nil {
				t.Error(err)
				return
			}
			defer d.Close()
			if err := d.Migrate(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

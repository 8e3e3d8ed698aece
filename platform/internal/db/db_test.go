package db_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/problem"
)

func TestArgumentsBindByNumber(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	dbtest.Exec(t, d, `CREATE TABLE pair (id INTEGER PRIMARY KEY, a TEXT)`)
	dbtest.Exec(t, d, `INSERT INTO pair (id, a) VALUES ($1, $2)`, 7, "old")
	dbtest.Exec(t, d, `UPDATE pair SET a = $2 WHERE id = $1 AND a <> '$2' -- $3`, 7, "new")
	if got := dbtest.Value[string](t, d, `SELECT a FROM pair WHERE id = $1`, 7); got != "new" {
		t.Errorf("got %q", got)
	}
}

func TestRollbackLeavesNothing(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	dbtest.Exec(t, d, `CREATE TABLE one (id INTEGER PRIMARY KEY)`)
	boom := errors.New("boom")
	committed := false
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		tx.AfterCommit(func() { committed = true })
		_, err := tx.Exec(`INSERT INTO one (id) VALUES (1)`)
		return errors.Join(err, boom)
	})
	if !errors.Is(err, boom) || committed {
		t.Errorf("err %v, after-commit ran: %v", err, committed)
	}
	if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM one`); n != 0 {
		t.Errorf("%d rows survived a rollback", n)
	}
}

func TestReadRefusesWrites(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(`DELETE FROM timer`)
		return err
	})
	if err == nil {
		t.Error("a read transaction wrote")
	}
}

func TestParallelReadThenWriteNeverFails(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	dbtest.Exec(t, d, `CREATE TABLE counter (n INTEGER NOT NULL)`)
	dbtest.Exec(t, d, `INSERT INTO counter (n) VALUES (0)`)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 25 {
				err := d.Write(t.Context(), func(tx *db.Tx) error {
					if err := tx.Exclusive("counter"); err != nil {
						return err
					}
					n, err := db.One(tx, db.Value[int], `SELECT n FROM counter`)
					if err != nil {
						return err
					}
					_, err = tx.Exec(`UPDATE counter SET n = $1`, n+1)
					return err
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if n := dbtest.Value[int](t, d, `SELECT n FROM counter`); n != 200 {
		t.Errorf("counted %d, want 200", n)
	}
}

func TestNowIsFixedPerTransaction(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	frozen := time.Date(2026, 2, 28, 12, 0, 0, 0, time.UTC)
	d.Clock.Restore(clock.State{Frozen: &frozen})
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		if !tx.Now.Equal(frozen) || tx.NowMS() != frozen.UnixMilli() {
			t.Errorf("Now is %v", tx.Now)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestCancelledCallerDoesNotStartButFinishes(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	ctx, cancel := context.WithCancel(t.Context())
	err := d.Write(ctx, func(tx *db.Tx) error {
		cancel()
		_, err := tx.Exec(`INSERT INTO timer (due_ms, kind, args) VALUES (1, 'k', '{}')`)
		return err
	})
	if err != nil {
		t.Errorf("a begun transaction failed: %v", err)
	}
	if err := d.Write(ctx, func(*db.Tx) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled caller started a transaction: %v", err)
	}
}

func TestSecondProcessIsRefused(t *testing.T) {
	t.Parallel()
	url := "sqlite:" + filepath.Join(t.TempDir(), "a b?.db")
	first, err := db.Open(t.Context(), url, &clock.Clock{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Open(t.Context(), url, &clock.Clock{}); err == nil {
		t.Error("opened twice")
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := db.Open(t.Context(), url, &clock.Clock{})
	if err != nil {
		t.Fatalf("after close: %v", err)
	}
	_ = again.Close()
}

func TestMigrateTwiceAppliesOnce(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	before := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM schema_migration`)
	if err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if after := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM schema_migration`); after != before || before == 0 {
		t.Errorf("%d, then %d migrations", before, after)
	}
}

func TestIsDuplicate(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO clock (id, offset_ms) VALUES (1, 0), (1, 0)`)
		return err
	})
	if !db.IsDuplicate(err) || db.IsDuplicate(errors.New("x")) {
		t.Errorf("got %v", err)
	}
}

func TestForeignKeysHoldOnEveryConnection(t *testing.T) {
	t.Parallel()
	dbtest.SQLiteOnly(t, "it is a pragma")
	d := dbtest.New(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if on := dbtest.Value[int](t, d, `PRAGMA foreign_keys`); on != 1 {
				t.Error("foreign keys are off")
			}
		})
	}
	wg.Wait()
}

func TestAnotherWriterThatDoesNotLetGoIsTryAgain(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "busy.db")
	d, err := db.Open(t.Context(), "sqlite:"+path, &clock.Clock{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	dbtest.Exec(t, d, `PRAGMA busy_timeout = 1`)
	other, err := sql.Open("sqlite3", "file:"+path+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	tx, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if err := d.Write(t.Context(), func(*db.Tx) error { return nil }); !problem.Is(err, api.CodeTryAgain) {
		t.Errorf("got %v", err)
	}
}

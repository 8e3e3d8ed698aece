// Package dbtest gives tests a database with the real schema: an SQLite file,
// or, where TEST_DATABASE_URL names a PostgreSQL database, a schema of its own
// there, which goes with the test.
package dbtest

import (
	"testing"

	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
)

// New returns a migrated database that ends with the test.
func New(t testing.TB) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), URL(t, t.TempDir()), &clock.Clock{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := d.Join(t.Context()); err != nil {
		t.Fatal(err)
	}
	return d
}

// Exec runs one statement in a transaction of its own.
func Exec(t testing.TB, d *db.DB, query string, args ...any) {
	t.Helper()
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(query, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Value reads one value.
func Value[T any](t testing.TB, d *db.DB, query string, args ...any) (v T) {
	t.Helper()
	err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
		v, err = db.One(tx, db.Value[T], query, args...)
		return err
	})
	if err != nil {
		t.Errorf("%s: %v", query, err)
	}
	return v
}

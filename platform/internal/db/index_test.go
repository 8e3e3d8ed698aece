package db_test

import (
	"testing"

	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
)

// An index WHERE … IS NOT NULL makes SQLite prepare every statement on its
// table each time (migration 0021): lists of due rows have whole indexes.
func TestNoIndexKeepsStatementsFromTheCache(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	if d.SQLite() == nil {
		t.Skip("PostgreSQL has no such cost")
	}
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		names, err := db.All(tx, db.Value[string], `SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '%IS NOT NULL%'
			AND tbl_name NOT LIKE 'river%' ORDER BY name`)
		if len(names) > 0 {
			t.Errorf("partial indexes on IS NOT NULL: %v", names)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

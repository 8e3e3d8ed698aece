package dbtest

import (
	"testing"

	"github.com/selorax/sandbox/platform/internal/db"
)

// Full makes every INSERT into a table fail that meets a condition on NEW, as
// a full disk would.
func Full(t testing.TB, d *db.DB, table, condition string) {
	t.Helper()
	if OnPostgres() {
		Exec(t, d, `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''disk full''; END'`)
		Exec(t, d, `CREATE TRIGGER disk_full BEFORE INSERT ON `+table+` FOR EACH ROW WHEN (`+condition+`) EXECUTE FUNCTION refuse()`)
		return
	}
	Exec(t, d, `CREATE TRIGGER disk_full BEFORE INSERT ON `+table+` WHEN `+condition+` BEGIN SELECT RAISE(ABORT, 'disk full'); END`)
}

// Columns returns the names of a table's columns in their order.
func Columns(tx *db.Tx, table string) ([]string, error) {
	if OnPostgres() {
		return db.All(tx, db.Value[string], `SELECT column_name FROM information_schema.columns
			WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position`, table)
	}
	return db.All(tx, db.Value[string], `SELECT name FROM pragma_table_info($1)`, table)
}

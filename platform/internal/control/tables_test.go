package control_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/db/dbtest"
)

// tables dumps every table of an SQLite file but that of processes, which are
// never the same.
func tables(t *testing.T, path string) map[string][]string {
	t.Helper()
	d, err := db.Open(t.Context(), "sqlite:"+path, &clock.Clock{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	all := map[string][]string{}
	err = d.Read(t.Context(), func(tx *db.Tx) error {
		names, err := tx.Tables()
		if err != nil {
			return err
		}
		for _, name := range names {
			if name == "process" {
				continue
			}
			if all[name], err = rowsOf(tx, name); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func rowsOf(tx *db.Tx, table string) ([]string, error) {
	columns, err := dbtest.Columns(tx, table)
	if err != nil {
		return nil, err
	}
	return db.All(tx, func(r db.Row) (string, error) {
		values := make([]any, len(columns))
		for n := range values {
			values[n] = new(any)
		}
		err := r.Scan(values...)
		var text strings.Builder
		for n, v := range values {
			fmt.Fprintf(&text, "%s=%v ", columns[n], *v.(*any))
		}
		return text.String(), err
	}, `SELECT `+strings.Join(columns, ", ")+` FROM "`+table+`" ORDER BY 1, 2`)
}

package db

import (
	"context"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Clear empties every table but those named and the queue's own, and lets ids
// begin anew.
func (tx *Tx) Clear(keep ...string) error {
	tables, err := tx.Tables()
	if err != nil {
		return err
	}
	tables = slices.DeleteFunc(tables, func(name string) bool { return slices.Contains(keep, name) })
	return tx.session.empty(tx.ctx, tables)
}

// Tables lists the tables of the database but those of the queue.
func (tx *Tx) Tables() ([]string, error) {
	names, err := tx.session.tables(tx.ctx)
	return slices.DeleteFunc(names, func(name string) bool { return strings.HasPrefix(name, "river") }), err
}

func (t *sqliteTx) tables(ctx context.Context) ([]string, error) {
	return collect(t.rows(ctx, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name`, nil))
}

// empty checks the references at the end, so that the order does not matter.
func (t *sqliteTx) empty(ctx context.Context, tables []string) error {
	if _, err := t.exec(ctx, `PRAGMA defer_foreign_keys = ON`, nil); err != nil {
		return err
	}
	for _, name := range tables {
		if _, err := t.exec(ctx, `DELETE FROM "`+name+`"`, nil); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `DELETE FROM sqlite_sequence WHERE name = $1`, []any{name}); err != nil {
			return err
		}
	}
	return nil
}

func (t *postgresTx) tables(ctx context.Context) ([]string, error) {
	return collect(t.rows(ctx, `SELECT table_name::text FROM information_schema.tables
		WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name`, nil))
}

func (t *postgresTx) empty(ctx context.Context, tables []string) error {
	quoted := make([]string, len(tables))
	for n, name := range tables {
		quoted[n] = pgx.Identifier{name}.Sanitize()
	}
	_, err := t.exec(ctx, `TRUNCATE `+strings.Join(quoted, ", ")+` RESTART IDENTITY`, nil)
	return err
}

// collect reads a column of text.
func collect(r rows, err error) (names []string, _ error) {
	if err != nil {
		return nil, err
	}
	defer r.Close()
	for r.Next() {
		var name string
		if err := r.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, r.Err()
}

package db

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
)

//go:embed migration/*.sql
var migrations embed.FS

// Migrate applies the migrations that the database has not seen, in order of
// their file names, each in a transaction of its own.
func (d *DB) Migrate(ctx context.Context) error {
	done, err := d.applied(ctx)
	if err != nil {
		return err
	}
	names, err := fs.Glob(migrations, "migration/*.sql")
	if err != nil {
		return err
	}
	for _, name := range names {
		if done[name] {
			continue
		}
		if err := d.apply(ctx, name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// applied returns the names of the migrations the database has.
func (d *DB) applied(ctx context.Context) (map[string]bool, error) {
	done := map[string]bool{}
	err := d.Write(ctx, func(tx *Tx) error {
		if _, err := tx.Exec(ddl(`CREATE TABLE IF NOT EXISTS schema_migration (name TEXT PRIMARY KEY, applied_ms {{int}} NOT NULL)`)); err != nil {
			return err
		}
		names, err := All(tx, Value[string], `SELECT name FROM schema_migration`)
		for _, name := range names {
			done[name] = true
		}
		return err
	})
	return done, err
}

func (d *DB) apply(ctx context.Context, name string) error {
	text, err := migrations.ReadFile(name)
	if err != nil {
		return err
	}
	return d.Write(ctx, func(tx *Tx) error {
		if _, err := tx.Exec(ddl(string(text))); err != nil {
			return err
		}
		return MarkApplied(tx, name)
	})
}

// MarkApplied notes that a migration, ours or the queue's, has been applied.
func MarkApplied(tx *Tx, name string) error {
	_, err := tx.Exec(`INSERT INTO schema_migration (name, applied_ms) VALUES ($1, $2)`, name, tx.NowMS())
	return err
}

// IsApplied reports whether MarkApplied noted the name.
func IsApplied(tx *Tx, name string) (bool, error) {
	n, err := One(tx, Value[int], `SELECT COUNT(*) FROM schema_migration WHERE name = $1`, name)
	return n > 0, err
}

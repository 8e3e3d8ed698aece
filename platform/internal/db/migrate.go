package db

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
)

//go:embed migration/*.sql
var migrations embed.FS

// migrating is held by the process that changes the schema.
const migrating = "migrate"

// Migrate applies the migrations that the database has not seen, in order of
// their file names, each in a transaction of its own. Processes that start at
// once take turns.
func (d *DB) Migrate(ctx context.Context) error {
	err := d.Write(ctx, func(tx *Tx) error {
		if err := tx.Exclusive(migrating); err != nil {
			return err
		}
		_, err := tx.Exec(d.engine.ddl(`CREATE TABLE IF NOT EXISTS schema_migration (name TEXT PRIMARY KEY, applied_ms {{int}} NOT NULL)`))
		return err
	})
	if err != nil {
		return err
	}
	names, err := fs.Glob(migrations, "migration/*.sql")
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := d.apply(ctx, name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func (d *DB) apply(ctx context.Context, name string) error {
	text, err := migrations.ReadFile(name)
	if err != nil {
		return err
	}
	return d.Write(ctx, func(tx *Tx) error {
		return Once(tx, name, func() error {
			if _, err := tx.Exec(d.engine.ddl(string(text))); err != nil {
				return err
			}
			return tx.SyncIDs() // a table that was made anew has its old ids
		})
	})
}

// Once runs a migration, ours or the queue's, unless the database has it. It
// keeps other processes from migrating until the transaction ends.
func Once(tx *Tx, name string, migrate func() error) error {
	if err := tx.Exclusive(migrating); err != nil {
		return err
	}
	done, err := IsApplied(tx, name)
	if err != nil || done {
		return err
	}
	if err := migrate(); err != nil {
		return err
	}
	return MarkApplied(tx, name)
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

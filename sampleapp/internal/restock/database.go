package restock

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"

	_ "github.com/mattn/go-sqlite3" // registers the sqlite3 driver
)

// schema is made when it is missing. Times are Unix milliseconds.
const schema = `
-- One row per store that installed the app. After an uninstall it keeps when
-- that was and nothing else.
CREATE TABLE IF NOT EXISTS store (
  store_id       INTEGER PRIMARY KEY,
  tokens         BLOB,    -- sealed; NULL: uninstalled, or good no more
  refresh_at_ms  INTEGER, -- by our clock
  installed_ms   INTEGER, -- by the platform's clock, as the next two
  granted_ms     INTEGER, -- when the merchant agreed last
  uninstalled_ms INTEGER  -- set while uninstalled
);

-- Verified webhooks. The primary key drops copies.
CREATE TABLE IF NOT EXISTS event (
  store_id    INTEGER NOT NULL,
  event_id    TEXT NOT NULL,
  topic       TEXT NOT NULL,
  subject     TEXT NOT NULL,
  happened_ms INTEGER NOT NULL,
  received_ms INTEGER NOT NULL,
  PRIMARY KEY (store_id, event_id)
);
CREATE INDEX IF NOT EXISTS event_by_time ON event (store_id, received_ms);
`

// OpenDatabase opens the app's database and makes its tables.
func OpenDatabase(ctx context.Context, path string) (*sql.DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	escaped := strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
	db, err := sql.Open("sqlite3", "file:"+escaped+"?_journal_mode=WAL&_busy_timeout=5000&_txlock=immediate&_synchronous=NORMAL")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // one writer: SQLite has no more
	if _, err := db.ExecContext(ctx, schema); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// write runs fn in a transaction.
func (a *App) write(ctx context.Context, fn func(*sql.Tx) error) error {
	tx, err := a.DB.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := fn(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

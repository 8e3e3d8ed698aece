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

-- One row per attempt to buy the reorder report, written before the platform
-- is asked. At most one is pending, and whoever buys meanwhile shares it.
CREATE TABLE IF NOT EXISTS purchase (
  store_id         INTEGER NOT NULL,
  attempt          INTEGER NOT NULL, -- from 1
  generation       INTEGER NOT NULL, -- the store's granted_ms as it was written
  charge_id        INTEGER,          -- NULL until the platform has answered
  confirmation_url TEXT NOT NULL DEFAULT '',
  status           TEXT NOT NULL,    -- pending, paid, declined, cancelled, expired
  PRIMARY KEY (store_id, attempt)
);
CREATE UNIQUE INDEX IF NOT EXISTS purchase_pending ON purchase (store_id) WHERE status = 'pending';
CREATE UNIQUE INDEX IF NOT EXISTS purchase_charge ON purchase (store_id, charge_id);

-- What was sold in an order: a report asks for an order once, and again when
-- it has changed.
CREATE TABLE IF NOT EXISTS sale (
  store_id   INTEGER NOT NULL,
  order_id   INTEGER NOT NULL,
  generation INTEGER NOT NULL, -- the store's granted_ms as it was written
  placed_ms  INTEGER NOT NULL, -- by the platform's clock, as the next
  updated_ms INTEGER NOT NULL,
  pieces     TEXT NOT NULL,    -- JSON: sku_id to quantity
  PRIMARY KEY (store_id, order_id)
);

-- Variants that the merchant wants to order again.
CREATE TABLE IF NOT EXISTS mark (
  store_id     INTEGER NOT NULL,
  sku_id       INTEGER NOT NULL,
  generation   INTEGER NOT NULL, -- the store's granted_ms as it was written
  name         TEXT NOT NULL,
  variant_name TEXT NOT NULL,
  sku_code     TEXT NOT NULL,
  order_number TEXT NOT NULL,
  marked_ms    INTEGER NOT NULL,
  PRIMARY KEY (store_id, sku_id)
);
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

// exec runs a statement and returns how many rows it changed.
func exec(ctx context.Context, tx *sql.Tx, query string, args ...any) (int64, error) {
	result, err := tx.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
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

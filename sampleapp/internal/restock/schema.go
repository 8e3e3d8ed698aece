package restock

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// steps make the schema, one after the other; PRAGMA user_version counts those
// that a database has seen. A step that has been released is never changed: add
// another. Times are Unix milliseconds. generation is the store's granted_ms as
// the row was written: what is older than an installation goes with it.
var steps = []string{
	`
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

-- One row per attempt to buy the reorder report.
CREATE TABLE IF NOT EXISTS purchase (
  store_id         INTEGER NOT NULL,
  attempt          INTEGER NOT NULL,
  generation       INTEGER NOT NULL,
  charge_id        INTEGER,
  confirmation_url TEXT NOT NULL DEFAULT '',
  status           TEXT NOT NULL,
  PRIMARY KEY (store_id, attempt)
);

-- What was sold in an order: a report asks for an order once, and again when
-- it has changed.
CREATE TABLE IF NOT EXISTS sale (
  store_id   INTEGER NOT NULL,
  order_id   INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  placed_ms  INTEGER NOT NULL, -- by the platform's clock, as the next
  updated_ms INTEGER NOT NULL,
  pieces     TEXT NOT NULL,    -- JSON: sku_id to quantity
  PRIMARY KEY (store_id, order_id)
);

-- Variants that the merchant wants to order again.
CREATE TABLE IF NOT EXISTS mark (
  store_id     INTEGER NOT NULL,
  sku_id       INTEGER NOT NULL,
  generation   INTEGER NOT NULL,
  name         TEXT NOT NULL,
  variant_name TEXT NOT NULL,
  sku_code     TEXT NOT NULL,
  order_number TEXT NOT NULL, -- '' when it was not marked for an order
  marked_ms    INTEGER NOT NULL,
  PRIMARY KEY (store_id, sku_id)
);
`, `
-- One row per attempt to buy a product of ours, written before the platform is
-- asked. Of a product at most one is pending, and whoever buys meanwhile shares
-- it.
ALTER TABLE purchase RENAME TO report_purchase;
CREATE TABLE purchase (
  store_id         INTEGER NOT NULL,
  product          TEXT NOT NULL,
  attempt          INTEGER NOT NULL, -- from 1
  generation       INTEGER NOT NULL,
  charge_id        INTEGER,          -- NULL until the platform has answered
  confirmation_url TEXT NOT NULL DEFAULT '',
  status           TEXT NOT NULL,    -- pending, paid, frozen, declined, cancelled, expired
  progress         INTEGER NOT NULL DEFAULT 0, -- of a subscription: tells which of two answers is newer
  told_ms          INTEGER NOT NULL DEFAULT 0, -- when the platform told last, by our clock
  PRIMARY KEY (store_id, product, attempt)
);
INSERT INTO purchase (store_id, product, attempt, generation, charge_id, confirmation_url, status)
  SELECT store_id, 'reorder-report', attempt, generation, charge_id, confirmation_url, status FROM report_purchase;
DROP TABLE report_purchase;
CREATE UNIQUE INDEX purchase_pending ON purchase (store_id, product) WHERE status = 'pending';
CREATE UNIQUE INDEX purchase_charge ON purchase (store_id, charge_id);

-- What a merchant has set: JSON.
CREATE TABLE setting (
  store_id   INTEGER PRIMARY KEY,
  generation INTEGER NOT NULL,
  settings   TEXT NOT NULL
);

-- What is told to people, from the moment that somebody waits for it.
CREATE TABLE message (
  message_id    INTEGER PRIMARY KEY AUTOINCREMENT,
  store_id      INTEGER NOT NULL,
  generation    INTEGER NOT NULL,
  kind          TEXT NOT NULL,    -- back: to a customer who waits; low: to the merchant
  product_id    INTEGER NOT NULL,
  sku_id        INTEGER NOT NULL,
  product       TEXT NOT NULL,    -- what it is called
  channel       TEXT NOT NULL,    -- sms, email
  recipient     TEXT NOT NULL,    -- '' of kind low: the store's own address
  status        TEXT NOT NULL,    -- see message.go
  held_for      TEXT NOT NULL DEFAULT '', -- wallet, plan
  error         TEXT NOT NULL DEFAULT '',
  transaction_id INTEGER NOT NULL DEFAULT 0, -- the debit that pays for it; 0: none, or given back
  stirred       INTEGER NOT NULL DEFAULT 0, -- counts what happened meanwhile: stock, payments
  tries         INTEGER NOT NULL DEFAULT 0, -- that came to nothing
  next_ms       INTEGER NOT NULL,
  created_ms    INTEGER NOT NULL,
  changed_ms    INTEGER NOT NULL
);
CREATE INDEX message_by_store ON message (store_id, sku_id);
CREATE INDEX message_by_time ON message (status, next_ms);
-- Nobody waits twice for the same.
CREATE UNIQUE INDEX message_waits ON message (store_id, sku_id, recipient) WHERE status IN ('waiting', 'due', 'held');

-- What the app knows about a customer who asked for it.
CREATE TABLE disclosure (
  store_id     INTEGER NOT NULL,
  event_id     TEXT NOT NULL,
  generation   INTEGER NOT NULL,
  customer_id  INTEGER NOT NULL,
  requested_ms INTEGER NOT NULL,
  recipients   TEXT NOT NULL, -- JSON: the addresses it is about
  content      TEXT NOT NULL, -- JSON
  PRIMARY KEY (store_id, event_id)
);
`, `
-- Set while nobody can say whether the debit that pays for it was made.
ALTER TABLE message ADD COLUMN paying INTEGER NOT NULL DEFAULT 0;
`}

// perInstallation are the tables whose rows end with an installation, with the
// column that says when a row was written.
var perInstallation = []struct{ table, written string }{
	{"event", "happened_ms"}, {"purchase", "generation"}, {"sale", "generation"}, {"mark", "generation"},
	{"setting", "generation"}, {"message", "generation"}, {"disclosure", "generation"},
}

// migrate takes the steps that a database has not seen yet, each as a whole.
func migrate(ctx context.Context, db *sql.DB) error {
	var seen int
	if err := db.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&seen); err != nil {
		return err
	}
	if seen > len(steps) {
		return fmt.Errorf("it was written by a later version of the app (schema %d, this one knows %d)", seen, len(steps))
	}
	for n := seen; n < len(steps); n++ {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, steps[n]+fmt.Sprintf("PRAGMA user_version = %d", n+1))
		if err != nil {
			return errors.Join(err, tx.Rollback())
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

package restock

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// What became of an event.
const (
	outcomeStored    = "Stored."
	outcomeDuplicate = "Received before."
	outcomeLate      = "Ignored: it belongs to an earlier installation."
	outcomeCleaned   = "The store's data was deleted."
	outcomeNothing   = "Nothing is kept about this customer."
)

// handle does what an event asks for, in one transaction. A delivery is
// answered 2xx only once that is stored, so after a crash it comes again.
func (a *App) handle(ctx context.Context, e selorax.Event) (outcome string, err error) {
	return outcome, a.write(ctx, func(tx *sql.Tx) error {
		h, err := readHistory(ctx, tx, e.StoreID)
		if err != nil {
			return err
		}
		switch {
		case h.isPast(e):
			outcome = outcomeLate
			return nil
		case e.Topic == "app.uninstalled":
			outcome = outcomeCleaned
			return forget(ctx, tx, e)
		case e.Topic == "shop/redact":
			outcome = outcomeCleaned
			return erase(ctx, tx, e.StoreID)
		case e.Topic == "customers/data_request", e.Topic == "customers/redact":
			outcome = outcomeNothing // orders are read when they are shown and never stored
			return nil
		}
		outcome, err = a.store(ctx, tx, e)
		return err
	})
}

// history is what the app knows of a store's installations.
type history struct {
	installed   *time.Time // the current or last one, by the platform's clock
	uninstalled *time.Time // set while the app is not installed
}

func readHistory(ctx context.Context, tx *sql.Tx, storeID int64) (h history, err error) {
	var installed, uninstalled sql.NullInt64
	err = tx.QueryRowContext(ctx, `SELECT installed_ms, uninstalled_ms FROM store WHERE store_id = ?`, storeID).Scan(&installed, &uninstalled)
	if errors.Is(err, sql.ErrNoRows) {
		return h, nil
	}
	h.installed, h.uninstalled = instant(installed), instant(uninstalled)
	return h, err
}

func instant(ms sql.NullInt64) *time.Time {
	if !ms.Valid {
		return nil
	}
	t := time.UnixMilli(ms.Int64)
	return &t
}

// isPast reports whether an event comes late: deliveries are retried for hours
// and may overtake each other, so an event of before an uninstall can arrive
// after it, or even after the next installation. shop/redact is the exception
// while the app is not installed: it comes 48 hours after and must be heeded.
func (h history) isPast(e selorax.Event) bool {
	if h.uninstalled != nil {
		return e.Topic != "shop/redact" && !e.At.After(*h.uninstalled)
	}
	return h.installed != nil && e.At.Before(*h.installed)
}

// store keeps an event for the page. A copy of one that was kept changes
// nothing.
func (a *App) store(ctx context.Context, tx *sql.Tx, e selorax.Event) (outcome string, err error) {
	result, err := tx.ExecContext(ctx, `INSERT INTO event (event_id, store_id, topic, subject, happened_ms, received_ms)
		VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (event_id) DO NOTHING`,
		e.ID, e.StoreID, e.Topic, subject(e), e.At.UnixMilli(), a.Now().UnixMilli())
	if err != nil {
		return "", err
	}
	if added, err := result.RowsAffected(); err != nil || added == 0 {
		return outcomeDuplicate, err
	}
	return outcomeStored, nil
}

// subject says in a few words what an event is about.
func subject(e selorax.Event) string {
	var d struct {
		OrderNumber    string `json:"order_number"`
		Status         string `json:"status"`
		PreviousStatus string `json:"previous_status"`
	}
	if json.Unmarshal(e.Data, &d) != nil || d.OrderNumber == "" {
		return ""
	}
	if d.PreviousStatus != "" {
		return "Order " + d.OrderNumber + ": " + d.PreviousStatus + " → " + d.Status
	}
	return "Order " + d.OrderNumber
}

// forget deletes a store's tokens and data and notes when it left.
func forget(ctx context.Context, tx *sql.Tx, e selorax.Event) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM event WHERE store_id = ?`, e.StoreID); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE store SET tokens = NULL, uninstalled_ms = ? WHERE store_id = ?`, e.At.UnixMilli(), e.StoreID)
	return err
}

// erase deletes everything about a store.
func erase(ctx context.Context, tx *sql.Tx, storeID int64) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM event WHERE store_id = ?`, storeID); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM store WHERE store_id = ?`, storeID)
	return err
}

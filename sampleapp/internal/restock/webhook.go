package restock

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// What became of an event.
const (
	outcomeStored    = "Stored."
	outcomeDuplicate = "Received before."
	outcomeIgnored   = "Ignored: it belongs to an earlier installation."
	outcomeUnknown   = "Ignored: the app is not installed on this store."
	outcomeCleaned   = "The store's data was deleted."
	outcomeNothing   = "Nothing is kept about this customer."
	outcomeForgotten = "What was kept about this customer was deleted."
	outcomeDisclosed = "What is kept about this customer lies ready for the merchant."
)

// handle does what an event asks for, in one transaction: copies that arrive at
// the same moment see all of it or nothing. A delivery is answered 2xx only
// once that is stored, so after a crash it comes again.
func (a *App) handle(ctx context.Context, e selorax.Event) (outcome string, err error) {
	err = a.write(ctx, func(tx *sql.Tx) error {
		s, err := readStanding(ctx, tx, e.StoreID)
		if err != nil {
			return err
		}
		switch {
		case e.Topic == "customers/redact":
			outcome, err = forget(ctx, tx, e)
		case e.Topic == "shop/redact":
			outcome, err = s.redact(ctx, tx, e)
		case !s.installed:
			outcome = outcomeUnknown // whatever it is, it leaves no trace
		case e.Topic == "app.uninstalled":
			outcome, err = s.uninstall(ctx, tx, e)
		case e.Topic == "customers/data_request":
			outcome, err = a.disclose(ctx, tx, e)
		case e.At.Before(s.since):
			outcome = outcomeIgnored
		default:
			outcome, err = a.store(ctx, tx, e)
		}
		return err
	})
	a.wakeOutbox() // there may be something to tell somebody
	return outcome, err
}

// standing is what the app knows of a store. Deliveries are retried for hours
// and overtake each other, so each event is held against it. Times are the
// platform's.
type standing struct {
	installed bool
	since     time.Time // start of this installation
	granted   time.Time // when the merchant agreed last
}

func readStanding(ctx context.Context, tx *sql.Tx, storeID int64) (s standing, err error) {
	var since, granted sql.NullInt64
	err = tx.QueryRowContext(ctx, `SELECT uninstalled_ms IS NULL, installed_ms, granted_ms FROM store WHERE store_id = ?`, storeID).
		Scan(&s.installed, &since, &granted)
	if errors.Is(err, sql.ErrNoRows) {
		return s, nil
	}
	s.since, s.granted = time.UnixMilli(since.Int64), time.UnixMilli(granted.Int64)
	return s, err
}

// uninstall deletes a store's tokens and data and notes when it left. The
// farewell of an uninstall may also come when the merchant has installed the
// app again: then only what is older goes.
func (s standing) uninstall(ctx context.Context, tx *sql.Tx, e selorax.Event) (outcome string, err error) {
	if e.At.Before(s.granted) {
		return outcomeIgnored, startLater(ctx, tx, e)
	}
	if err := erase(ctx, tx, e.StoreID); err != nil {
		return "", err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO store (store_id, uninstalled_ms) VALUES (?, ?)`, e.StoreID, e.At.UnixMilli())
	return outcomeCleaned, err
}

// startLater notes that an installation began after an event, not before it,
// and deletes what was written in the one before.
func startLater(ctx context.Context, tx *sql.Tx, e selorax.Event) error {
	for _, of := range perInstallation {
		_, err := tx.ExecContext(ctx, `DELETE FROM `+of.table+` WHERE store_id = ? AND `+of.written+` <= ?`, e.StoreID, e.At.UnixMilli())
		if err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `UPDATE store SET installed_ms = MAX(installed_ms, ?2) WHERE store_id = ?1`, e.StoreID, e.At.UnixMilli())
	return err
}

// redact deletes everything about a store, unless it has agreed since.
func (s standing) redact(ctx context.Context, tx *sql.Tx, e selorax.Event) (outcome string, err error) {
	if s.installed && e.At.Before(s.granted) {
		return outcomeIgnored, nil
	}
	return outcomeCleaned, erase(ctx, tx, e.StoreID)
}

// erase deletes everything about a store.
func erase(ctx context.Context, tx *sql.Tx, storeID int64) error {
	for _, of := range perInstallation {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+of.table+` WHERE store_id = ?`, storeID); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM store WHERE store_id = ?`, storeID)
	return err
}

// store keeps an event for the page and does what follows from it. A copy of
// one that was kept changes nothing.
func (a *App) store(ctx context.Context, tx *sql.Tx, e selorax.Event) (outcome string, err error) {
	result, err := tx.ExecContext(ctx, `INSERT INTO event (store_id, event_id, topic, subject, happened_ms, received_ms)
		VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (store_id, event_id) DO NOTHING`,
		e.StoreID, e.ID, e.Topic, subject(e), e.At.UnixMilli(), a.Now().UnixMilli())
	if err != nil {
		return "", err
	}
	if added, err := result.RowsAffected(); err != nil || added == 0 {
		return outcomeDuplicate, err
	}
	if err := a.follow(ctx, tx, e); err != nil {
		return "", fmt.Errorf("%s: %w", e.Topic, err)
	}
	return outcomeStored, nil
}

// follow does what an event asks for.
func (a *App) follow(ctx context.Context, tx *sql.Tx, e selorax.Event) error {
	switch {
	case strings.HasPrefix(e.Topic, "charge."):
		var told selorax.ChargeEvent
		if err := json.Unmarshal(e.Data, &told); err != nil {
			return err
		}
		return a.settle(ctx, tx, e.StoreID, told.Charge)
	case strings.HasPrefix(e.Topic, "message."):
		return a.messageEnded(ctx, tx, e)
	case e.Topic == "inventory.updated":
		return a.stockChanged(ctx, tx, e)
	}
	return nil
}

// subject says in a few words what an event is about.
func subject(e selorax.Event) string {
	var d struct {
		OrderNumber    string `json:"order_number"`
		Status         string `json:"status"`
		PreviousStatus string `json:"previous_status"`
		Charge         struct {
			Name string `json:"name"`
		} `json:"charge"`
		ProductName string `json:"product_name"`
		VariantName string `json:"variant_name"`
		Quantity    int64  `json:"quantity"`
		Channel     string `json:"channel"`
	}
	switch {
	case json.Unmarshal(e.Data, &d) != nil:
		return ""
	case d.OrderNumber != "" && d.PreviousStatus != "":
		return "Order " + d.OrderNumber + ": " + d.PreviousStatus + " → " + d.Status
	case d.OrderNumber != "":
		return "Order " + d.OrderNumber
	case d.Charge.Name != "":
		return d.Charge.Name + ": " + d.Status
	case d.ProductName != "":
		return fmt.Sprintf("%s: %d left", fullName(d.ProductName, d.VariantName), d.Quantity)
	case d.Channel != "":
		return "Message by " + d.Channel + ": " + d.Status
	}
	return ""
}

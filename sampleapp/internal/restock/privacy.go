package restock

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// The app keeps addresses of customers who wait for something, and of those who
// were told, for 30 days. This file is what the law asks of it: to say what it
// knows of a customer, and to forget it.

// How long people's addresses are kept: of those who were told, and in an answer
// that lies ready.
const (
	keepFinished   = 30 * 24 * time.Hour
	keepDisclosure = 30 * 24 * time.Hour
)

// forgetOld deletes what has been kept for long enough, in all stores.
func (a *App) forgetOld(ctx context.Context, now time.Time) error {
	return a.write(ctx, func(tx *sql.Tx) error {
		// What became of a message that was sent may never be told.
		_, err := exec(ctx, tx, `DELETE FROM message WHERE (status IN ('sent', 'delivered') OR status = 'failed' AND transaction_id = 0) AND changed_ms < ?`,
			now.Add(-keepFinished).UnixMilli())
		if err == nil {
			_, err = exec(ctx, tx, `DELETE FROM disclosure WHERE requested_ms < ?`, now.Add(-keepDisclosure).UnixMilli())
		}
		return err
	})
}

// knownOf is what the app knows of somebody, as the file that the merchant
// hands on.
type knownOf struct {
	Recipient string    `json:"recipient"`
	Channel   string    `json:"channel"`
	Product   string    `json:"product"`
	Status    string    `json:"status"`
	Since     time.Time `json:"since"`
}

// disclose answers customers/data_request: what is known of the customer lies
// ready for the merchant.
func (a *App) disclose(ctx context.Context, tx *sql.Tx, e selorax.Event) (outcome string, err error) {
	asked, addresses, err := customerOf(e)
	if err != nil {
		return "", err
	}
	rows, err := tx.QueryContext(ctx, `SELECT recipient, channel, product, status, created_ms FROM message
		WHERE store_id = ? AND recipient IN (SELECT value FROM json_each(?)) ORDER BY message_id`, e.StoreID, jsonList(addresses))
	if err != nil {
		return "", err
	}
	defer rows.Close()
	known := []knownOf{}
	for rows.Next() {
		var k knownOf
		var since int64
		if err := rows.Scan(&k.Recipient, &k.Channel, &k.Product, &k.Status, &since); err != nil {
			return "", err
		}
		k.Since = time.UnixMilli(since).UTC()
		known = append(known, k)
	}
	if err := rows.Err(); err != nil {
		return "", err
	}
	if len(known) == 0 {
		addresses = nil // nothing is known, and nothing is kept for having been asked
	}
	content, err := json.Marshal(known)
	if err != nil {
		return "", err
	}
	_, err = exec(ctx, tx, `INSERT INTO disclosure (store_id, event_id, generation, customer_id, requested_ms, recipients, content)
		SELECT store_id, ?2, granted_ms, ?3, ?4, ?5, ?6 FROM store WHERE store_id = ?1 AND uninstalled_ms IS NULL
		ON CONFLICT (store_id, event_id) DO NOTHING`, e.StoreID, e.ID, asked.Customer.ID, a.Now().UnixMilli(), jsonList(addresses), string(content))
	return outcomeDisclosed, err
}

// forget answers customers/redact.
func forget(ctx context.Context, tx *sql.Tx, e selorax.Event) (outcome string, err error) {
	asked, addresses, err := customerOf(e)
	if err != nil {
		return "", err
	}
	list := jsonList(addresses)
	messages, err := exec(ctx, tx, `DELETE FROM message WHERE store_id = ? AND recipient IN (SELECT value FROM json_each(?))`, e.StoreID, list)
	if err != nil {
		return "", err
	}
	answers, err := exec(ctx, tx, `DELETE FROM disclosure WHERE store_id = ?1 AND (customer_id = ?2 OR EXISTS (SELECT 1 FROM json_each(recipients)
		WHERE value IN (SELECT value FROM json_each(?3))))`, e.StoreID, asked.Customer.ID, list)
	if messages+answers == 0 {
		return outcomeNothing, err
	}
	return outcomeForgotten, err
}

func customerOf(e selorax.Event) (asked selorax.CustomerEvent, addresses []string, err error) {
	if err := json.Unmarshal(e.Data, &asked); err != nil {
		return asked, nil, err
	}
	return asked, slices.Compact(recipientsOf(asked.Customer.Phone, asked.Customer.Email)), nil
}

// jsonList writes a list for SQLite's json_each.
func jsonList(texts []string) string {
	text, _ := json.Marshal(append([]string{}, texts...)) // strings always have a JSON form
	return string(text)
}

// disclosureView is a customer's request as the merchant sees it.
type disclosureView struct {
	EventID     string          `json:"event_id"`
	CustomerID  int64           `json:"customer_id"`
	RequestedAt time.Time       `json:"requested_at"`
	Content     json.RawMessage `json:"content"`
}

// disclosures are the answers that lie ready, the oldest first.
func (a *App) disclosures(ctx context.Context, storeID int64) ([]disclosureView, error) {
	rows, err := a.DB.QueryContext(ctx, `SELECT event_id, customer_id, requested_ms, content FROM disclosure
		WHERE store_id = ? AND requested_ms >= ? ORDER BY requested_ms, event_id`, storeID, a.Now().Add(-keepDisclosure).UnixMilli())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := []disclosureView{}
	for rows.Next() {
		var d disclosureView
		var at int64
		var content string
		if err := rows.Scan(&d.EventID, &d.CustomerID, &at, &content); err != nil {
			return nil, err
		}
		d.RequestedAt, d.Content = time.UnixMilli(at).UTC(), json.RawMessage(content)
		list = append(list, d)
	}
	return list, rows.Err()
}

// endDisclosure deletes an answer that was handed on.
func (a *App) endDisclosure(r *http.Request, s selorax.Session) (any, error) {
	_, err := a.DB.ExecContext(r.Context(), `DELETE FROM disclosure WHERE store_id = ? AND event_id = ?`, s.StoreID, r.PathValue("event_id"))
	return said{"It is deleted."}, err
}

package restock

import (
	"context"
	"database/sql"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// Kinds of messages.
const (
	backInStock = "back" // to a customer who waits for a variant
	runsLowNow  = "low"  // to the merchant
)

// Statuses of a message. It moves on by guarded updates alone, so that copies
// of an event, a restart in the middle and an uninstall do no harm:
//
//	waiting ──stock returns──► due ──debit──► paid ──send──► sent ──► delivered
//	   ▲                      │   ▲                └──────────┴─────► failed, and the debit is given back
//	   └──none left again─────┘   │
//	                  held ◄──────┘ for the wallet or the plan, until something is paid
const (
	waiting   = "waiting"
	due       = "due"
	onHold    = "held" // paid is a purchase's word too
	sent      = "sent"
	delivered = "delivered"
	failed    = "failed"
)

// What a message is held for.
const (
	heldForPlan   = "plan"
	heldForWallet = "wallet"
)

// message is something to tell one person.
type message struct {
	id, storeID, generation int64
	kind                    string
	productID, skuID        int64
	product                 string
	channel, recipient      string
	status, heldFor, error  string
	transactionID           int64
	paying                  bool // the wallet was asked, and its answer is not known
	stirred, tries          int64
	changedMS               int64
}

const messageColumns = `message_id, store_id, generation, kind, product_id, sku_id, product, channel, recipient, status, held_for, error,
	transaction_id, paying, stirred, tries, changed_ms`

// unpaid are the messages that nothing was paid for yet, as far as is known:
// somebody waits, for stock or for money.
const unpaid = `status IN ('waiting', 'due', 'held')`

func scanMessage(rows *sql.Rows) (m message, err error) {
	return m, rows.Scan(&m.id, &m.storeID, &m.generation, &m.kind, &m.productID, &m.skuID, &m.product, &m.channel, &m.recipient,
		&m.status, &m.heldFor, &m.error, &m.transactionID, &m.paying, &m.stirred, &m.tries, &m.changedMS)
}

// price is what the wallet pays for a message.
func (m message) price() selorax.Money {
	if m.channel == selorax.SMS {
		return smsPrice
	}
	return emailPrice
}

// messages reads messages by a condition.
func (a *App) messages(ctx context.Context, where string, args ...any) ([]message, error) {
	rows, err := a.DB.QueryContext(ctx, `SELECT `+messageColumns+` FROM message WHERE `+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []message
	for rows.Next() {
		m, err := scanMessage(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, rows.Err()
}

// enqueue writes a message for a store that has the app. It says whether it was
// added: nobody waits twice for the same.
func (a *App) enqueue(ctx context.Context, tx *sql.Tx, m message) (added bool, err error) {
	now := a.Now().UnixMilli()
	n, err := exec(ctx, tx, `INSERT INTO message (store_id, generation, kind, product_id, sku_id, product, channel, recipient, status, next_ms, created_ms, changed_ms)
		SELECT store_id, granted_ms, ?2, ?3, ?4, ?5, ?6, ?7, 'due', ?8, ?8, ?8 FROM store WHERE store_id = ?1 AND uninstalled_ms IS NULL
		ON CONFLICT DO NOTHING`, m.storeID, m.kind, m.productID, m.skuID, m.product, m.channel, m.recipient, now)
	return n == 1, err
}

// move writes how a message stands, if it still stands as it was read, no stock
// has returned and nothing was paid since. Otherwise whoever works on it reads
// it again.
func (a *App) move(ctx context.Context, from, to message) error {
	now := a.Now().UnixMilli()
	_, err := a.DB.ExecContext(ctx, `UPDATE message SET status = ?4, held_for = ?5, error = ?6, transaction_id = ?7, paying = 0, tries = 0, next_ms = ?8, changed_ms = ?8
		WHERE message_id = ?1 AND status = ?2 AND stirred = ?3`,
		from.id, from.status, from.stirred, to.status, to.heldFor, to.error, to.transactionID, now)
	return err
}

// setPaying notes that the wallet is asked for the price, or that it had too
// little. In between the debit may have been made, although the answer was lost:
// until that is known the message stays, and nothing else is done with it. It
// says whether the message still stands as it was read.
func (a *App) setPaying(ctx context.Context, m message, paying bool) (stands bool, err error) {
	result, err := a.DB.ExecContext(ctx, `UPDATE message SET paying = ?3 WHERE message_id = ?1 AND status = 'due' AND (stirred = ?2 OR NOT ?3)`, m.id, m.stirred, paying)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

// stir tells everybody who waits for a variant that there is some again. What
// is being looked at is looked at once more.
func stir(ctx context.Context, tx *sql.Tx, storeID, skuID, now int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE message SET status = 'due', stirred = stirred + 1, next_ms = ?3, changed_ms = ?3
		WHERE store_id = ?1 AND sku_id = ?2 AND kind = 'back' AND status IN ('waiting', 'due')`, storeID, skuID, now)
	return err
}

// release has what was held for money tried again, and what is about to be held.
func release(ctx context.Context, tx *sql.Tx, storeID, now int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE message SET status = 'due', held_for = '', stirred = stirred + 1, next_ms = ?2, changed_ms = ?2
		WHERE store_id = ?1 AND status IN ('held', 'due')`, storeID, now)
	return err
}

// finish notes what became of a message that the platform has taken. It may say
// so before our own call has returned.
func finish(ctx context.Context, tx *sql.Tx, storeID, messageID int64, status, reason string, now int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE message SET status = ?3, error = ?4, next_ms = ?5, changed_ms = ?5
		WHERE store_id = ?1 AND message_id = ?2 AND status IN ('paid', 'sent')`, storeID, messageID, status, reason, now)
	return err
}

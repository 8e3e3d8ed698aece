package restock

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// How the outbox works.
const (
	outboxBatch    = 50
	outboxTimeout  = 30 * time.Second // for one message
	firstRetry     = 5 * time.Second
	lastRetry      = time.Hour
	keepFinished   = 30 * 24 * time.Hour // then nobody's address is kept any more
	outboxLooksNow = time.Hour           // even if nobody wakes it
)

// owed are the messages that there is something to do about.
const owed = `(status IN ('due', 'paid') OR status = 'failed' AND transaction_id <> 0)`

// Work sends what is due, until ctx ends. What a crash interrupts it finds in
// the database and does again; keys make that harmless.
func (a *App) Work(ctx context.Context) {
	for {
		for a.round(ctx) {
		}
		wait := time.NewTimer(a.untilNext(ctx))
		select {
		case <-ctx.Done():
			wait.Stop()
			return
		case <-a.wake:
		case <-wait.C:
		}
		wait.Stop()
	}
}

// wakeOutbox has the outbox look now.
func (a *App) wakeOutbox() {
	select {
	case a.wake <- struct{}{}:
	default: // it is about to look anyway
	}
}

// untilNext is how long nothing is due.
func (a *App) untilNext(ctx context.Context) time.Duration {
	var nextMS *int64
	err := a.DB.QueryRowContext(ctx, `SELECT MIN(next_ms) FROM message WHERE `+owed).Scan(&nextMS)
	if err != nil || nextMS == nil {
		return outboxLooksNow
	}
	return min(max(time.UnixMilli(*nextMS).Sub(a.Now()), 0), outboxLooksNow)
}

// round takes one step with each message that is due, and says whether there
// may be more to do.
func (a *App) round(ctx context.Context) (more bool) {
	now := a.Now()
	_, err := a.DB.ExecContext(ctx, `DELETE FROM message WHERE (status = 'delivered' OR status = 'failed' AND transaction_id = 0) AND changed_ms < ?`,
		now.Add(-keepFinished).UnixMilli())
	var list []message
	if err == nil {
		list, err = a.messages(ctx, owed+` AND next_ms <= ? ORDER BY next_ms, message_id LIMIT ?`, now.UnixMilli(), outboxBatch)
	}
	if err != nil && ctx.Err() == nil {
		a.Log.ErrorContext(ctx, "outbox.failed", "error", err)
	}
	known := &lookups{app: a, stores: map[int64]selorax.Store{}, purchases: map[int64]owned{}, left: map[int64]int64{}}
	for _, m := range list {
		if ctx.Err() != nil {
			return false
		}
		a.step(ctx, m, known)
	}
	return len(list) > 0
}

// step moves a message on. If that does not work now, it is tried again later,
// and the others do not wait for it.
func (a *App) step(ctx context.Context, m message, known *lookups) {
	ctx, cancel := context.WithTimeout(ctx, outboxTimeout)
	defer cancel()
	var err error
	switch m.status {
	case due:
		err = a.payFor(ctx, m, known)
	case paid:
		err = a.send(ctx, m, known)
	case failed:
		err = a.giveBack(ctx, m)
	}
	if err == nil {
		return
	}
	wait := min(firstRetry<<min(m.tries, 12), lastRetry)
	a.Log.WarnContext(ctx, "outbox.later", "store_id", m.storeID, "message", m.id, "status", m.status, "again_in", wait.String(), "error", err)
	_, err = a.DB.ExecContext(context.WithoutCancel(ctx), `UPDATE message SET tries = tries + 1, next_ms = ?3 WHERE message_id = ?1 AND status = ?2`,
		m.id, m.status, a.Now().Add(wait).UnixMilli())
	if err != nil {
		a.Log.ErrorContext(ctx, "outbox.failed", "error", err)
	}
}

// payFor takes the price from the wallet, if the message is to go out at all.
// The stock is asked for here: events come late and overtake each other.
func (a *App) payFor(ctx context.Context, m message, known *lookups) error {
	to := m
	if m.kind == backInStock {
		left, err := known.leftOf(ctx, m)
		if err != nil {
			return err
		}
		if left <= 0 {
			to.status = waiting
			return a.move(ctx, m, to)
		}
	}
	own, err := known.owned(ctx, m.storeID)
	if err != nil {
		return err
	}
	if own[alertsProduct].status != paid {
		to.status, to.heldFor = onHold, heldForPlan
		return a.move(ctx, m, to)
	}
	err = a.withToken(ctx, m.storeID, func(token string) error {
		debit, err := a.Platform.Debit(ctx, token, selorax.NewDebit{
			Amount: m.price(), Description: m.title(), IdempotencyKey: m.key(),
		})
		to.status, to.transactionID = paid, debit.TransactionID
		return err
	})
	if _, _, short := selorax.Shortfall(err); short {
		to.status, to.heldFor, err = onHold, heldForWallet, nil
	}
	if err != nil {
		return err
	}
	return a.move(ctx, m, to)
}

// send hands a message to the platform. One that is refused for what it is has
// failed; its key sends it once however often this is called.
func (a *App) send(ctx context.Context, m message, known *lookups) error {
	store, err := known.store(ctx, m.storeID)
	if err != nil {
		return err
	}
	n := m.compose(store)
	to := m
	to.status = sent
	err = a.withToken(ctx, m.storeID, func(token string) error {
		_, err := a.Platform.Send(ctx, token, m.channel, n)
		return err
	})
	var refused *selorax.Error
	if errors.As(err, &refused) && refused.Status == http.StatusBadRequest {
		to.status, to.error, err = failed, refused.Message, nil
	}
	if err != nil {
		return err
	}
	return a.move(ctx, m, to)
}

// giveBack returns what a message cost that did not arrive.
func (a *App) giveBack(ctx context.Context, m message) error {
	err := a.withToken(ctx, m.storeID, func(token string) error {
		_, err := a.Platform.ReverseDebit(ctx, token, m.transactionID, "Not delivered: "+m.title())
		return err
	})
	if err != nil && !selorax.IsConflict(err) { // a conflict: it was given back before
		return err
	}
	to := m
	to.transactionID = 0
	return a.move(ctx, m, to)
}

// key makes a message one debit and one message at the platform.
func (m message) key() string { return fmt.Sprintf("message-%d-%d-%d", m.storeID, m.generation, m.id) }

// title says what a message is about: the subject of an email, and a line of
// the wallet's ledger.
func (m message) title() string {
	if m.kind == backInStock {
		return m.product + " is back in stock"
	}
	return m.product + " runs low"
}

// compose writes the message of a store.
func (m message) compose(s selorax.Store) selorax.NewMessage {
	n := selorax.NewMessage{To: m.recipient, IdempotencyKey: m.key(), Metadata: map[string]any{"restock_message": m.id}}
	if m.kind == backInStock {
		n.Message = fmt.Sprintf("%s: %s is back in stock. You asked us to tell you.", s.Name, m.product)
	} else {
		n.To, n.Message = s.Email, fmt.Sprintf("%s runs low at %s. Open Restock in your dashboard to see how much is left.", m.product, s.Name)
	}
	if m.channel == selorax.Email {
		n.Subject = m.title()
	}
	return n
}

// lookups remembers what was asked for during one round, so that a hundred
// people who wait for the same cost one question.
type lookups struct {
	app       *App
	stores    map[int64]selorax.Store
	purchases map[int64]owned // by store
	left      map[int64]int64 // by message.skuID: a variant belongs to one store
}

// owned is what a store has bought, brought up to date where that is in doubt.
func (l *lookups) owned(ctx context.Context, storeID int64) (own owned, err error) {
	if own, ok := l.purchases[storeID]; ok {
		return own, nil
	}
	if own, err = l.app.reconcile(ctx, storeID, 0); err == nil {
		l.purchases[storeID] = own
	}
	return own, err
}

func (l *lookups) store(ctx context.Context, storeID int64) (s selorax.Store, err error) {
	if s, ok := l.stores[storeID]; ok {
		return s, nil
	}
	err = l.app.withToken(ctx, storeID, func(token string) error {
		s, err = l.app.Platform.Store(ctx, token)
		return err
	})
	if err == nil {
		l.stores[storeID] = s
	}
	return s, err
}

// leftOf is how much there is of a message's variant; nothing, if it was
// deleted.
func (l *lookups) leftOf(ctx context.Context, m message) (int64, error) {
	if left, ok := l.left[m.skuID]; ok {
		return left, nil
	}
	var left int64
	err := l.app.withToken(ctx, m.storeID, func(token string) error {
		product, err := l.app.Platform.Inventory(ctx, token, m.productID)
		for _, v := range product.Variants {
			if v.SKUID == m.skuID && product.IsActive == 1 {
				left = v.Quantity
			}
		}
		if selorax.IsNotFound(err) {
			err = nil
		}
		return err
	})
	if err == nil {
		l.left[m.skuID] = left
	}
	return left, err
}

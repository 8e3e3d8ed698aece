package restock

import (
	"context"
	"database/sql"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// settle takes over what the platform says of a charge. Webhooks and answers
// may come in any order and more than once: an end is for good, and of what is
// said about a subscription the furthest counts.
func (a *App) settle(ctx context.Context, tx *sql.Tx, storeID int64, c selorax.Charge) error {
	of := productOf(c)
	if of == "" || c.StoreID != storeID {
		return nil
	}
	now := a.Now().UnixMilli()
	switch {
	case c.Paid():
		return settlePaid(ctx, tx, storeID, of, c, now)
	case c.Status == selorax.ChargeFrozen:
		_, err := exec(ctx, tx, `UPDATE purchase SET status = 'frozen', progress = ?3, told_ms = ?4
			WHERE store_id = ?1 AND charge_id = ?2 AND status IN ('pending', 'paid', 'frozen') AND progress <= ?3`,
			storeID, c.ChargeID, progress(c), now)
		return err
	case c.Status == selorax.ChargeDeclined, c.Status == selorax.ChargeCancelled, c.Status == selorax.ChargeExpired:
		_, err := exec(ctx, tx, `UPDATE purchase SET status = ?3, told_ms = ?4 WHERE store_id = ?1 AND charge_id = ?2
			AND (status = 'pending' OR product = 'alerts' AND status IN ('paid', 'frozen'))`, storeID, c.ChargeID, c.Status, now)
		return err
	}
	return nil
}

// progress grows with everything that happens to a subscription: each payment,
// and each failure before the next.
func progress(c selorax.Charge) int64 {
	if c.Status == selorax.ChargeFrozen {
		return 2*c.PaymentsMade + 1
	}
	return 2 * c.PaymentsMade
}

// settlePaid notes a payment. The pending attempt becomes paid, also one that
// crashed before it knew its charge; a charge that no attempt knows of was
// paid in an earlier installation and becomes one of its own. What waited for
// the payment may go on, once: what is told again changes nothing.
func settlePaid(ctx context.Context, tx *sql.Tx, storeID int64, of product, c selorax.Charge, now int64) error {
	known, err := exec(ctx, tx, `UPDATE purchase SET progress = ?3, told_ms = ?4
		WHERE store_id = ?1 AND charge_id = ?2 AND status = 'paid' AND progress <= ?3`, storeID, c.ChargeID, progress(c), now)
	if err != nil || known > 0 {
		return err
	}
	changed, err := exec(ctx, tx, `UPDATE purchase SET status = 'paid', charge_id = ?3, progress = ?4, told_ms = ?5
		WHERE store_id = ?1 AND product = ?2 AND COALESCE(charge_id, ?3) = ?3
		AND (status = 'pending' OR status = 'frozen' AND progress <= ?4)`, storeID, of, c.ChargeID, progress(c), now)
	if err == nil && changed == 0 {
		changed, err = exec(ctx, tx, `INSERT INTO purchase (store_id, product, attempt, generation, charge_id, status, progress, told_ms)
			SELECT store_id, ?2, 1 + COALESCE((SELECT MAX(attempt) FROM purchase WHERE store_id = ?1 AND product = ?2), 0), granted_ms, ?3, 'paid', ?4, ?5
			FROM store WHERE store_id = ?1 AND uninstalled_ms IS NULL
			ON CONFLICT (store_id, charge_id) DO NOTHING`, storeID, of, c.ChargeID, progress(c), now)
	}
	if err != nil || changed == 0 {
		return err
	}
	return release(ctx, tx, storeID, now)
}

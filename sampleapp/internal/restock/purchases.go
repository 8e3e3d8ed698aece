package restock

import (
	"context"
	"database/sql"
	"errors"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// Statuses of a purchase that the platform has other words for, or none. The
// others are those of its charge.
const (
	none    = "none" // nobody tried to buy yet
	pending = "pending"
	paid    = "paid"
)

// purchase is an attempt to buy the report.
type purchase struct {
	attempt         int64
	generation      int64
	chargeID        int64 // 0: the platform has not answered yet
	confirmationURL string
	status          string
}

// purchaseOf returns the store's paid attempt, otherwise its last.
func (a *App) purchaseOf(ctx context.Context, storeID int64) (p purchase, err error) {
	err = a.write(ctx, func(tx *sql.Tx) error {
		p, err = readPurchase(ctx, tx, storeID)
		return err
	})
	return p, err
}

func readPurchase(ctx context.Context, tx *sql.Tx, storeID int64) (p purchase, err error) {
	s, err := readStanding(ctx, tx, storeID)
	switch {
	case err != nil:
		return p, err
	case !s.installed:
		return p, ErrNotInstalled
	}
	p.status = none
	err = tx.QueryRowContext(ctx, `SELECT attempt, generation, COALESCE(charge_id, 0), confirmation_url, status FROM purchase
		WHERE store_id = ? ORDER BY status = 'paid' DESC, attempt DESC LIMIT 1`, storeID).
		Scan(&p.attempt, &p.generation, &p.chargeID, &p.confirmationURL, &p.status)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return p, err
}

// attempt returns the store's purchase if it is pending or paid, and begins
// another attempt otherwise.
func (a *App) attempt(ctx context.Context, storeID int64) (p purchase, err error) {
	err = a.write(ctx, func(tx *sql.Tx) error {
		if p, err = readPurchase(ctx, tx, storeID); err != nil || p.status == pending || p.status == paid {
			return err
		}
		_, err = exec(ctx, tx, `INSERT INTO purchase (store_id, attempt, generation, status)
			SELECT store_id, ?2, granted_ms, 'pending' FROM store WHERE store_id = ?1`, storeID, p.attempt+1)
		if err == nil {
			p, err = readPurchase(ctx, tx, storeID)
		}
		return err
	})
	return p, err
}

// noteCharge stores which charge belongs to an attempt. It is ErrNotInstalled
// if the merchant uninstalled the app meanwhile: the attempt is gone then, and
// the platform has cancelled the charge.
func noteCharge(ctx context.Context, tx *sql.Tx, storeID int64, p purchase, c selorax.Charge) error {
	changed, err := exec(ctx, tx, `UPDATE purchase SET charge_id = ?4, confirmation_url = ?5
		WHERE store_id = ?1 AND attempt = ?2 AND generation = ?3 AND COALESCE(charge_id, ?4) = ?4`,
		storeID, p.attempt, p.generation, c.ChargeID, c.ConfirmationURL)
	if err == nil && changed == 0 {
		err = ErrNotInstalled
	}
	return err
}

// closeAttempt gives an attempt up that got no charge.
func closeAttempt(ctx context.Context, tx *sql.Tx, storeID int64, p purchase) error {
	_, err := exec(ctx, tx, `UPDATE purchase SET status = ?4 WHERE store_id = ?1 AND attempt = ?2 AND generation = ?3 AND status = 'pending'`,
		storeID, p.attempt, p.generation, selorax.ChargeCancelled)
	return err
}

// settlePaid notes a payment. The pending attempt becomes paid, also one that
// crashed before it knew its charge; a charge that no attempt knows of was
// paid in an earlier installation and becomes one of its own.
func settlePaid(ctx context.Context, tx *sql.Tx, storeID, chargeID int64) error {
	changed, err := exec(ctx, tx, `UPDATE purchase SET status = 'paid', charge_id = ?2
		WHERE store_id = ?1 AND status = 'pending' AND COALESCE(charge_id, ?2) = ?2`, storeID, chargeID)
	if err != nil || changed > 0 {
		return err
	}
	_, err = exec(ctx, tx, `INSERT INTO purchase (store_id, attempt, generation, charge_id, status)
		SELECT store_id, 1 + COALESCE((SELECT MAX(attempt) FROM purchase WHERE store_id = ?1), 0), granted_ms, ?2, 'paid'
		FROM store WHERE store_id = ?1 AND uninstalled_ms IS NULL
		ON CONFLICT (store_id, charge_id) DO NOTHING`, storeID, chargeID)
	return err
}

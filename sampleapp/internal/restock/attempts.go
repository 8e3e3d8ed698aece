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
	frozen  = selorax.ChargeFrozen // a subscription whose last payment failed
)

// purchase is an attempt to buy a product.
type purchase struct {
	product         product
	attempt         int64
	generation      int64
	chargeID        int64 // 0: the platform has not answered yet
	confirmationURL string
	status          string
	toldMS          int64
}

// held reports whether the store has what it bought, so that it is not sold
// again. A wallet can always take more.
func (p purchase) held() bool {
	return p.product != walletProduct && (p.status == paid || p.status == frozen)
}

// purchaseOf returns the attempt that the store holds, otherwise its last.
func (a *App) purchaseOf(ctx context.Context, storeID int64, of product) (p purchase, err error) {
	err = a.write(ctx, func(tx *sql.Tx) error {
		p, err = readPurchase(ctx, tx, storeID, of)
		return err
	})
	return p, err
}

func readPurchase(ctx context.Context, tx *sql.Tx, storeID int64, of product) (p purchase, err error) {
	s, err := readStanding(ctx, tx, storeID)
	switch {
	case err != nil:
		return p, err
	case !s.installed:
		return p, ErrNotInstalled
	}
	p.product, p.status = of, none
	err = tx.QueryRowContext(ctx, `SELECT attempt, generation, COALESCE(charge_id, 0), confirmation_url, status, told_ms FROM purchase
		WHERE store_id = ?1 AND product = ?2 ORDER BY ?2 <> 'wallet' AND status IN ('paid', 'frozen') DESC, attempt DESC LIMIT 1`, storeID, of).
		Scan(&p.attempt, &p.generation, &p.chargeID, &p.confirmationURL, &p.status, &p.toldMS)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return p, err
}

// attempt returns the store's purchase if it is pending or held, and begins
// another attempt otherwise.
func (a *App) attempt(ctx context.Context, storeID int64, of product) (p purchase, err error) {
	err = a.write(ctx, func(tx *sql.Tx) error {
		if p, err = readPurchase(ctx, tx, storeID, of); err != nil || p.status == pending || p.held() {
			return err
		}
		_, err = exec(ctx, tx, `INSERT INTO purchase (store_id, product, attempt, generation, status)
			SELECT store_id, ?2, ?3, granted_ms, 'pending' FROM store WHERE store_id = ?1`, storeID, of, p.attempt+1)
		if err == nil {
			p, err = readPurchase(ctx, tx, storeID, of)
		}
		return err
	})
	return p, err
}

// noteCharge stores which charge belongs to an attempt. It is ErrNotInstalled
// if the merchant uninstalled the app meanwhile: the attempt is gone then, and
// the platform has cancelled the charge.
func noteCharge(ctx context.Context, tx *sql.Tx, storeID int64, p purchase, c selorax.Charge) error {
	changed, err := exec(ctx, tx, `UPDATE purchase SET charge_id = ?5, confirmation_url = ?6
		WHERE store_id = ?1 AND product = ?2 AND attempt = ?3 AND generation = ?4 AND COALESCE(charge_id, ?5) = ?5`,
		storeID, p.product, p.attempt, p.generation, c.ChargeID, c.ConfirmationURL)
	if err == nil && changed == 0 {
		err = ErrNotInstalled
	}
	return err
}

// closeAttempt gives an attempt up that got no charge.
func closeAttempt(ctx context.Context, tx *sql.Tx, storeID int64, p purchase) error {
	_, err := exec(ctx, tx, `UPDATE purchase SET status = ?5
		WHERE store_id = ?1 AND product = ?2 AND attempt = ?3 AND generation = ?4 AND status = 'pending'`,
		storeID, p.product, p.attempt, p.generation, selorax.ChargeCancelled)
	return err
}

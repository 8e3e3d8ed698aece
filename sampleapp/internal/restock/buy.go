package restock

import (
	"context"
	"database/sql"
	"net/http"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// maxNewAttempts bounds the attempts that one request begins. More than one is
// needed only where the platform knows attempts that the app has forgotten.
const maxNewAttempts = 5

// buy asks the platform for a charge, or for the one that is pending already,
// and says where the merchant pays it.
func (a *App) buy(r *http.Request, s selorax.Session) (any, error) {
	of, ok := products[r.PathValue("product")]
	if !ok {
		return nil, errNoProduct
	}
	ctx := r.Context()
	own, err := a.reconcile(ctx, s.StoreID, 0)
	p := own[of]
	for n := 0; n < maxNewAttempts && err == nil; n++ {
		if p, err = a.attempt(ctx, s.StoreID, of); err == nil && p.status == pending && p.chargeID == 0 {
			p, err = a.charge(ctx, s.StoreID, p)
		}
		if p.status == pending || p.held() {
			break
		}
	}
	if err != nil {
		return nil, err
	}
	a.Log.InfoContext(ctx, "purchase.ask", "store_id", s.StoreID, "product", of, "attempt", p.attempt, "charge_id", p.chargeID, "status", p.status)
	return p.view(), nil
}

// charge makes the charge of a pending attempt.
func (a *App) charge(ctx context.Context, storeID int64, p purchase) (purchase, error) {
	var c selorax.Charge
	err := a.withToken(ctx, storeID, func(token string) (err error) {
		c, err = a.ask(ctx, token, storeID, p)
		return err
	})
	if err != nil && !selorax.IsConflict(err) {
		return p, err
	}
	known := err == nil // otherwise the key was used before this app's addresses changed, and leads nobody anywhere
	err = a.write(ctx, func(tx *sql.Tx) error {
		if !known {
			return closeAttempt(ctx, tx, storeID, p)
		}
		if err := noteCharge(ctx, tx, storeID, p, c); err != nil {
			return err
		}
		return a.settle(ctx, tx, storeID, c)
	})
	if err != nil {
		return p, err
	}
	return a.purchaseOf(ctx, storeID, p.product)
}

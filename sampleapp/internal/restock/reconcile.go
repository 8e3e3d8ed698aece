package restock

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// believed is how long a subscription is taken for what the last webhook said.
// Webhooks get lost at times, so the platform is asked again after that.
const believed = 24 * time.Hour

// owned are a store's purchases, by product.
type owned map[product]purchase

// unsure returns the charges that the platform should be asked for, and whether
// to ask at all: what is bought for good and was told is not asked for again.
func (o owned) unsure(returned int64, now time.Time) (charges []int64, ask bool) {
	ask = o[reportProduct].status != paid
	for of, p := range o {
		old := of == alertsProduct && p.held() && now.Sub(time.UnixMilli(p.toldMS)) > believed
		if p.status == pending || p.status == frozen || old {
			charges, ask = append(charges, p.chargeID), true
		}
		if p.chargeID == returned && p.held() {
			returned = 0 // known to be paid
		}
	}
	return append(charges, returned), ask || returned != 0
}

// reconcile brings the store's purchases up to date with the platform. That
// also finds what an earlier installation paid for, and what a webhook has not
// told yet. returned is a charge to look at as well, 0 for none; one that is
// not this store's is not found and counts for nothing.
func (a *App) reconcile(ctx context.Context, storeID, returned int64) (owned, error) {
	own, err := a.owned(ctx, storeID)
	if err != nil {
		return nil, err
	}
	unsure, ask := own.unsure(returned, a.Now())
	if !ask {
		return own, nil
	}
	var charges []selorax.Charge
	err = a.withToken(ctx, storeID, func(token string) (err error) {
		if charges, err = a.Platform.ActiveCharges(ctx, token); err != nil {
			return err
		}
		known, err := a.chargesByID(ctx, token, unsure...)
		charges = append(charges, known...)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = a.write(ctx, func(tx *sql.Tx) error {
		for _, c := range charges {
			if err := a.settle(ctx, tx, storeID, c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	a.wakeOutbox()
	return a.owned(ctx, storeID)
}

func (a *App) owned(ctx context.Context, storeID int64) (owned, error) {
	o := owned{}
	return o, a.write(ctx, func(tx *sql.Tx) (err error) {
		for _, of := range products {
			if o[of], err = readPurchase(ctx, tx, storeID, of); err != nil {
				return err
			}
		}
		return nil
	})
}

// chargesByID asks for charges by their ids, of which 0 is none. Those that are
// not this store's are left out.
func (a *App) chargesByID(ctx context.Context, token string, ids ...int64) (found []selorax.Charge, err error) {
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		if id <= 0 {
			continue
		}
		c, err := a.Platform.Charge(ctx, token, id)
		switch {
		case err == nil:
			found = append(found, c)
		case !selorax.IsNotFound(err):
			return nil, err
		}
	}
	return found, nil
}

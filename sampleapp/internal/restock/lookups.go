package restock

import (
	"context"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

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

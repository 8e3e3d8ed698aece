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

func newLookups(a *App) *lookups {
	return &lookups{a, map[int64]selorax.Store{}, map[int64]owned{}, map[int64]int64{}}
}

// remember returns what is known under a key, and asks for it otherwise.
func remember[T any](known map[int64]T, key int64, ask func() (T, error)) (T, error) {
	if found, ok := known[key]; ok {
		return found, nil
	}
	found, err := ask()
	if err == nil {
		known[key] = found
	}
	return found, err
}

// owned is what a store has bought, brought up to date where that is in doubt.
func (l *lookups) owned(ctx context.Context, storeID int64) (owned, error) {
	return remember(l.purchases, storeID, func() (owned, error) { return l.app.reconcile(ctx, storeID, 0) })
}

func (l *lookups) store(ctx context.Context, storeID int64) (selorax.Store, error) {
	return remember(l.stores, storeID, func() (selorax.Store, error) { return forStore(ctx, l.app, storeID, l.app.Platform.Store) })
}

// leftOf is how much there is of a message's variant; nothing, if it was
// deleted.
func (l *lookups) leftOf(ctx context.Context, m message) (int64, error) {
	return remember(l.left, m.skuID, func() (left int64, err error) {
		product, err := l.app.inventory(ctx, m.storeID, m.productID)
		for _, v := range product.Variants {
			if v.SKUID == m.skuID && product.IsActive == 1 {
				left = v.Quantity
			}
		}
		if selorax.IsNotFound(err) {
			err = nil
		}
		return left, err
	})
}

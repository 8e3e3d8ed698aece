package catalog

import (
	"cmp"
	"slices"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/store"
)

// LowStockBelow is the number of pieces below which a variant runs low.
const LowStockBelow = 5

// Pieces are a quantity of one variant.
type Pieces struct {
	SKUID    int64
	Quantity int64 // at least 1
}

// Taken is a variant as it is after its pieces were taken, and its product.
type Taken struct {
	Product api.Product
	Variant api.Variant
}

// TakeStock takes pieces of variants of a store, all or none, and records the
// inventory.* events. It returns the variants in the order of the pieces. A
// variant that the store does not have is not_found; one that has too few is a
// conflict that says how many there are. Whether it may be sold at all is for
// the caller to see.
func TakeStock(tx *db.Tx, events *event.Log, storeID int64, pieces []Pieces, reason string) ([]Taken, error) {
	taken := make([]Taken, len(pieces))
	// One order for all keeps two transactions from waiting for each other.
	for _, n := range bySKU(pieces) {
		p := pieces[n]
		v, err := shift(tx, storeID, p.SKUID, -p.Quantity)
		if db.IsNone(err) {
			return nil, tooFew(tx, storeID, p.SKUID, -p.Quantity)
		}
		if err != nil {
			return nil, err
		}
		taken[n].Variant = v
	}
	for n := range taken {
		var err error
		if taken[n].Product, err = productOf(tx, storeID, taken[n].Variant.ProductID); err != nil {
			return nil, err
		}
	}
	for n, t := range taken {
		if err := tellStock(tx, events, t.Product, t.Variant, -pieces[n].Quantity, reason); err != nil {
			return nil, err
		}
	}
	return taken, nil
}

// ReturnStock puts pieces of variants back, as when an order is cancelled, and
// records inventory.updated. Variants that were deleted since stay away.
func ReturnStock(tx *db.Tx, events *event.Log, storeID int64, pieces []Pieces, reason string) error {
	type back struct {
		variant  api.Variant
		quantity int64
	}
	var returned []back
	for _, n := range bySKU(pieces) {
		v, err := shift(tx, storeID, pieces[n].SKUID, pieces[n].Quantity)
		if db.IsNone(err) {
			continue
		}
		if err != nil {
			return err
		}
		returned = append(returned, back{v, pieces[n].Quantity})
	}
	for _, b := range returned {
		p, err := productOf(tx, storeID, b.variant.ProductID)
		if err != nil {
			return err
		}
		if err := tellStock(tx, events, p, b.variant, b.quantity, reason); err != nil {
			return err
		}
	}
	return nil
}

// bySKU lists the places of pieces in the order of their variants.
func bySKU(pieces []Pieces) []int {
	order := make([]int, len(pieces))
	for n := range order {
		order[n] = n
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(pieces[a].SKUID, pieces[b].SKUID) })
	return order
}

// shift adds to a variant's stock, or returns db.ErrNoRows when it would leave
// its bounds or there is no such variant.
func shift(tx *db.Tx, storeID, skuID, delta int64) (api.Variant, error) {
	v, err := addQuantity(tx, storeID, skuID, delta)
	if err != nil {
		return v, err
	}
	return v, touch(tx, v.ProductID)
}

// tooFew says why a variant's stock could not be changed.
func tooFew(tx *db.Tx, storeID, skuID, delta int64) error {
	v, err := bySKUID(tx, storeID, skuID)
	if db.IsNone(err) {
		return problem.NotFound("variant", skuID)
	}
	if err != nil {
		return err
	}
	if delta > 0 {
		return problem.Conflict("Variant %d, %s, has %d in stock; it cannot have more than %d.", skuID, v.SKUCode, v.Quantity, maxQuantity)
	}
	return problem.Conflict("Variant %d, %s, has %d in stock; %d cannot be taken.", skuID, v.SKUCode, v.Quantity, -delta)
}

// tellStock records that a variant's stock was changed by delta to what it is
// now, and that it runs low when it did not before.
func tellStock(tx *db.Tx, events *event.Log, p api.Product, v api.Variant, delta int64, reason string) error {
	st, err := store.Get(tx, p.StoreID)
	if err != nil {
		return err
	}
	data := stockEvent(p, v, delta, reason, st.Name)
	if _, err := events.Append(tx, event.Event{Topic: api.TopicInventoryUpdated, StoreID: p.StoreID, Data: data}); err != nil {
		return err
	}
	if data.PreviousQuantity < LowStockBelow || data.Quantity >= LowStockBelow {
		return nil
	}
	data.Threshold = LowStockBelow
	_, err = events.Append(tx, event.Event{Topic: api.TopicInventoryLow, StoreID: p.StoreID, Data: data})
	return err
}

// stockEvent is the data of the inventory.* topics.
func stockEvent(p api.Product, v api.Variant, delta int64, reason, storeName string) api.InventoryEvent {
	return api.InventoryEvent{
		ProductID: p.ProductID, SKUID: v.SKUID, SKUCode: v.SKUCode, ProductName: p.Name, VariantName: v.VariantName, StoreName: storeName,
		PreviousQuantity: v.Quantity - delta, Quantity: v.Quantity, Delta: delta, Reason: reason, Variant: stockOf(v),
	}
}

// LowStock counts the variants on sale with fewer than 5 pieces left.
func LowStock(tx *db.Tx, storeID int64) (int, error) {
	return db.One(tx, db.Value[int], `SELECT COUNT(*) FROM variant v JOIN product p ON p.id = v.product_id
		WHERE v.store_id = $1 AND v.quantity < $2 AND v.deleted_ms IS NULL AND p.is_active = 1 AND p.deleted_ms IS NULL`,
		storeID, LowStockBelow)
}

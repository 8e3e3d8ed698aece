package restock

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// lowVariant is a variant that runs low.
type lowVariant struct {
	ProductID int64  `json:"product_id"`
	SKUID     int64  `json:"sku_id"`
	Name      string `json:"name"`
	Variant   string `json:"variant_name"`
	SKUCode   string `json:"sku_code"`
	Quantity  int64  `json:"quantity"`
	Threshold int64  `json:"threshold"` // it has fewer pieces than that
	Waiting   int    `json:"waiting"`   // people who are told when there are some
}

// stock is what runs low and what the merchant marked for reorder.
func (a *App) stock(r *http.Request, s selorax.Session) (any, error) {
	var answer struct {
		Low   []lowVariant `json:"low"`
		Marks []mark       `json:"marks"`
	}
	var err error
	answer.Low, err = a.storeLow(r.Context(), s.StoreID)
	if err != nil {
		return nil, err
	}
	waits, err := a.waitingFor(r.Context(), s.StoreID)
	if err != nil {
		return nil, err
	}
	for n, v := range answer.Low {
		answer.Low[n].Waiting = waits[v.SKUID]
	}
	answer.Marks, err = a.marks(r.Context(), s.StoreID)
	return &answer, err
}

// inventory is a product's stock by variant.
func (a *App) inventory(ctx context.Context, storeID, productID int64) (selorax.InventoryDetail, error) {
	return forStore(ctx, a, storeID, func(ctx context.Context, token string) (selorax.InventoryDetail, error) {
		return a.Platform.Inventory(ctx, token, productID)
	})
}

// storeLow returns what runs low in a store, by what its merchant has set.
func (a *App) storeLow(ctx context.Context, storeID int64) ([]lowVariant, error) {
	set, err := a.settings(ctx, storeID)
	if err != nil {
		return nil, err
	}
	return forStore(ctx, a, storeID, func(ctx context.Context, token string) ([]lowVariant, error) { return a.runLow(ctx, token, set) })
}

// runLow returns the store's variants below their thresholds, the fewest pieces
// first.
func (a *App) runLow(ctx context.Context, token string, set settings) ([]lowVariant, error) {
	var suspects []int64
	for item, err := range a.Platform.AllInventory(ctx, token) {
		if err != nil {
			return nil, err
		}
		// A product of one variant has its stock in the list already.
		if enough := item.VariantCount == 1 && !set.low(item.ProductID, item.TotalQuantity); item.IsActive == 1 && !enough {
			suspects = append(suspects, item.ProductID)
		}
	}
	return a.lowOf(ctx, token, set, suspects)
}

// lowOf returns the variants of some products that run low, the fewest pieces
// first. A product that is not sold any more, or was deleted meanwhile, has
// none.
func (a *App) lowOf(ctx context.Context, token string, set settings, productIDs []int64) ([]lowVariant, error) {
	products, err := gather(ctx, productIDs, func(ctx context.Context, id int64) (selorax.InventoryDetail, error) {
		product, err := a.Platform.Inventory(ctx, token, id)
		if selorax.IsNotFound(err) {
			return selorax.InventoryDetail{}, nil
		}
		return product, err
	})
	low := []lowVariant{}
	for _, product := range products {
		for _, v := range product.Variants {
			if product.IsActive == 1 && set.low(product.ProductID, v.Quantity) {
				low = append(low, lowVariant{
					ProductID: product.ProductID, SKUID: v.SKUID, Name: product.Name, Variant: v.VariantName, SKUCode: v.SKUCode,
					Quantity: v.Quantity, Threshold: set.of(product.ProductID),
				})
			}
		}
	}
	slices.SortFunc(low, func(x, y lowVariant) int {
		return cmp.Or(cmp.Compare(x.Quantity, y.Quantity), cmp.Compare(x.Name, y.Name), cmp.Compare(x.SKUID, y.SKUID))
	})
	return low, err
}

// unmark takes a variant off the list that the merchant made.
func (a *App) unmark(r *http.Request, s selorax.Session) (any, error) {
	skuID, err := strconv.ParseInt(r.PathValue("sku_id"), 10, 64)
	if err != nil {
		return nil, errBadInput
	}
	return said{"It is not marked any more."}, a.removeMark(r.Context(), s.StoreID, skuID)
}

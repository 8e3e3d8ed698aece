package catalog

import (
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Check answers not_found unless a store has the product.
func Check(tx *db.Tx, storeID, productID int64) error {
	_, err := product(tx, storeID, productID)
	if db.IsNone(err) {
		return problem.NotFound("product", productID)
	}
	return err
}

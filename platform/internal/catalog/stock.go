package catalog

import "github.com/selorax/sandbox/platform/internal/db"

// lowStock is the number of pieces below which a variant runs low.
const lowStock = 5

// ReturnStock puts pieces of a variant back, as when an order is cancelled.
func ReturnStock(tx *db.Tx, storeID, variantID, quantity int64) error {
	_, err := tx.Exec(`UPDATE variant SET quantity = quantity + $3 WHERE store_id = $1 AND id = $2`, storeID, variantID, quantity)
	return err
}

// LowStock counts the variants on sale with fewer than 5 pieces left.
func LowStock(tx *db.Tx, storeID int64) (int, error) {
	return db.One(tx, db.Value[int], `SELECT COUNT(*) FROM variant v JOIN product p ON p.id = v.product_id
		WHERE v.store_id = $1 AND v.quantity < $2 AND v.deleted_ms IS NULL AND p.is_active = 1 AND p.deleted_ms IS NULL`,
		storeID, lowStock)
}

package catalog

import (
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

func productOf(tx *db.Tx, storeID, id int64) (api.Product, error) {
	return db.One(tx, scanProduct, `SELECT `+productColumns+` FROM product
		WHERE id = $1 AND store_id = $2 AND deleted_ms IS NULL`, id, storeID)
}

// addProduct inserts a product and returns the id it got.
func addProduct(tx *db.Tx, p api.ProductDetail) (int64, error) {
	return db.One(tx, db.Value[int64], `INSERT INTO product (store_id, name, name_folded, slug, category_id, brand_id,
		is_active, is_visible, created_ms, updated_ms, description, short_description, is_featured, is_bestseller)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id`,
		p.StoreID, p.Name, fold(p.Name), p.Slug, p.CategoryID, p.BrandID, p.IsActive, p.IsVisible,
		p.CreatedAt.UnixMilli(), p.UpdatedAt.UnixMilli(), p.Description, p.ShortDescription, p.IsFeatured, p.IsBestseller)
}

func replaceProduct(tx *db.Tx, p api.ProductDetail) error {
	_, err := tx.Exec(`UPDATE product SET name = $2, name_folded = $3, slug = $4, category_id = $5, brand_id = $6, is_active = $7,
		is_visible = $8, updated_ms = $9, description = $10, short_description = $11, is_featured = $12, is_bestseller = $13 WHERE id = $1`,
		p.ProductID, p.Name, fold(p.Name), p.Slug, p.CategoryID, p.BrandID, p.IsActive, p.IsVisible,
		p.UpdatedAt.UnixMilli(), p.Description, p.ShortDescription, p.IsFeatured, p.IsBestseller)
	return err
}

// touch sets when a product was changed last.
func touch(tx *db.Tx, productID int64) error {
	_, err := tx.Exec(`UPDATE product SET updated_ms = $2 WHERE id = $1`, productID, tx.NowMS())
	return err
}

// given appends to what a deleted record is named by what no other is, so that
// the name is free again.
const given = ` || '~' || CAST(id AS TEXT)`

func markProductDeleted(tx *db.Tx, productID int64) error {
	if _, err := tx.Exec(`UPDATE product SET deleted_ms = $2, updated_ms = $2, slug = slug`+given+` WHERE id = $1`, productID, tx.NowMS()); err != nil {
		return err
	}
	_, err := tx.Exec(`UPDATE variant SET deleted_ms = $2, sku_code = sku_code`+given+`
		WHERE product_id = $1 AND deleted_ms IS NULL`, productID, tx.NowMS())
	return err
}

// bySlug returns the id of a store's product or category with a slug.
func bySlug(tx *db.Tx, table string, storeID int64, slug string) (int64, error) {
	return db.One(tx, db.Value[int64], `SELECT id FROM `+table+` WHERE store_id = $1 AND slug = $2`, storeID, slug)
}

func bySKUCode(tx *db.Tx, storeID int64, code string) (api.Variant, error) {
	return db.One(tx, scanVariant, `SELECT `+variantColumns+` FROM variant WHERE store_id = $1 AND sku_code = $2`, storeID, code)
}

func bySKUID(tx *db.Tx, storeID, skuID int64) (api.Variant, error) {
	return db.One(tx, scanVariant, `SELECT `+variantColumns+` FROM variant
		WHERE store_id = $1 AND id = $2 AND deleted_ms IS NULL`, storeID, skuID)
}

// hold returns a variant as it is now, and keeps it so until the transaction
// ends.
func hold(tx *db.Tx, storeID, productID, skuID int64) (api.Variant, error) {
	v, err := db.One(tx, scanVariant, `UPDATE variant SET quantity = quantity
		WHERE store_id = $1 AND product_id = $2 AND id = $3 AND deleted_ms IS NULL RETURNING `+variantColumns, storeID, productID, skuID)
	if db.IsNone(err) {
		err = problem.NotFound("variant", skuID)
	}
	return v, err
}

func addVariant(tx *db.Tx, storeID int64, v api.Variant) error {
	_, err := tx.Exec(`INSERT INTO variant (store_id, product_id, name, sku_code, price_minor,
		compare_at_price_minor, available, quantity, is_default, images, weight_grams, position, free_shipping)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		storeID, v.ProductID, v.VariantName, v.SKUCode, v.Price, v.CompareAtPrice, v.Available, v.Quantity,
		v.IsDefault, v.Images, grams(v), v.Position, v.FreeShipping)
	return err
}

// replaceVariant writes a variant that is held.
func replaceVariant(tx *db.Tx, v api.Variant) error {
	_, err := tx.Exec(`UPDATE variant SET name = $2, sku_code = $3, price_minor = $4, compare_at_price_minor = $5, available = $6,
		quantity = $7, is_default = $8, images = $9, weight_grams = $10, position = $11, free_shipping = $12 WHERE id = $1`,
		v.SKUID, v.VariantName, v.SKUCode, v.Price, v.CompareAtPrice, v.Available,
		v.Quantity, v.IsDefault, v.Images, grams(v), v.Position, v.FreeShipping)
	return err
}

func clearDefault(tx *db.Tx, productID int64) error {
	_, err := tx.Exec(`UPDATE variant SET is_default = 0 WHERE product_id = $1`, productID)
	return err
}

// promote makes the first of a product's variants the default.
func promote(tx *db.Tx, productID int64) error {
	_, err := tx.Exec(`UPDATE variant SET is_default = 1 WHERE id =
		(SELECT id FROM variant WHERE product_id = $1 AND deleted_ms IS NULL ORDER BY position, id LIMIT 1)`, productID)
	return err
}

func markVariantDeleted(tx *db.Tx, skuID int64) error {
	_, err := tx.Exec(`UPDATE variant SET deleted_ms = $2, is_default = 0, sku_code = sku_code`+given+` WHERE id = $1`, skuID, tx.NowMS())
	return err
}

// addQuantity changes a variant's stock within its bounds and returns it.
func addQuantity(tx *db.Tx, storeID, skuID, delta int64) (api.Variant, error) {
	return db.One(tx, scanVariant, `UPDATE variant SET quantity = quantity + $3
		WHERE store_id = $1 AND id = $2 AND deleted_ms IS NULL AND quantity + $3 BETWEEN 0 AND $4 RETURNING `+variantColumns,
		storeID, skuID, delta, maxQuantity)
}

// variantsOf returns the variants of several products in one query.
func variantsOf(tx *db.Tx, products []api.Product) ([]api.Variant, error) {
	if len(products) == 0 {
		return nil, nil
	}
	ids := make([]any, len(products))
	for n, p := range products {
		ids[n] = p.ProductID
	}
	var w db.Where
	w.And("product_id IN (?"+strings.Repeat(", ?", len(ids)-1)+")", ids...)
	w.And("deleted_ms IS NULL")
	where, args := w.SQL()
	return db.All(tx, scanVariant, `SELECT `+variantColumns+` FROM variant WHERE `+where, args...)
}

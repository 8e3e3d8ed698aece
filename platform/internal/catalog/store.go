package catalog

import (
	"math"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

const (
	productColumns = `id, store_id, name, slug, category_id, brand_id, is_active, is_visible, created_ms, updated_ms`
	detailColumns  = productColumns + `, description, short_description, is_featured, is_bestseller`
	variantColumns = `id, product_id, name, sku_code, price_minor, compare_at_price_minor, available, quantity, is_default,
		images, weight_grams, position, free_shipping`
)

func scanProduct(r db.Row) (p api.Product, err error) {
	var created, updated int64
	err = r.Scan(&p.ProductID, &p.StoreID, &p.Name, &p.Slug, &p.CategoryID, &p.BrandID, &p.IsActive, &p.IsVisible, &created, &updated)
	p.CreatedAt, p.UpdatedAt = api.At(created), api.At(updated)
	return p, err
}

func scanDetail(r db.Row) (p api.ProductDetail, err error) {
	var created, updated int64
	err = r.Scan(&p.ProductID, &p.StoreID, &p.Name, &p.Slug, &p.CategoryID, &p.BrandID, &p.IsActive, &p.IsVisible, &created, &updated,
		&p.Description, &p.ShortDescription, &p.IsFeatured, &p.IsBestseller)
	p.CreatedAt, p.UpdatedAt = api.At(created), api.At(updated)
	return p, err
}

func scanVariant(r db.Row) (v api.Variant, err error) {
	var grams *int64
	err = r.Scan(&v.SKUID, &v.ProductID, &v.VariantName, &v.SKUCode, &v.Price, &v.CompareAtPrice, &v.Available, &v.Quantity,
		&v.IsDefault, &v.Images, &grams, &v.Position, &v.FreeShipping)
	if grams != nil {
		kilograms := float64(*grams) / 1000
		v.Weight = &kilograms
	}
	return v, err
}

func product(tx *db.Tx, storeID, id int64) (api.ProductDetail, error) {
	return db.One(tx, scanDetail, `SELECT `+detailColumns+` FROM product
		WHERE id = $1 AND store_id = $2 AND deleted_ms IS NULL`, id, storeID)
}

func variants(tx *db.Tx, productID int64) ([]api.Variant, error) {
	return db.All(tx, scanVariant, `SELECT `+variantColumns+` FROM variant
		WHERE product_id = $1 AND deleted_ms IS NULL ORDER BY position, id`, productID)
}

func insertProduct(tx *db.Tx, p api.ProductDetail) error {
	_, err := tx.Exec(`INSERT INTO product (id, store_id, name, name_folded, slug, category_id, brand_id,
		is_active, is_visible, created_ms, updated_ms, description, short_description, is_featured, is_bestseller)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		p.ProductID, p.StoreID, p.Name, fold(p.Name), p.Slug, p.CategoryID, p.BrandID, p.IsActive, p.IsVisible,
		p.CreatedAt.UnixMilli(), p.UpdatedAt.UnixMilli(), p.Description, p.ShortDescription, p.IsFeatured, p.IsBestseller)
	return err
}

func insertVariant(tx *db.Tx, storeID int64, v api.Variant) error {
	_, err := tx.Exec(`INSERT INTO variant (id, store_id, product_id, name, sku_code, price_minor,
		compare_at_price_minor, available, quantity, is_default, images, weight_grams, position, free_shipping)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		v.SKUID, storeID, v.ProductID, v.VariantName, v.SKUCode, v.Price, v.CompareAtPrice, v.Available, v.Quantity,
		v.IsDefault, v.Images, grams(v), v.Position, v.FreeShipping)
	return err
}

// grams is a variant's weight as it is kept.
func grams(v api.Variant) *int64 {
	if v.Weight == nil {
		return nil
	}
	g := int64(math.Round(*v.Weight * 1000))
	return &g
}

// fold is the form in which names are searched and sorted.
func fold(s string) string { return strings.ToLower(s) }

func newestID(tx *db.Tx, storeID int64) (int64, error) {
	return db.One(tx, db.Value[int64], `SELECT id FROM product WHERE store_id = $1 AND deleted_ms IS NULL
		ORDER BY created_ms DESC, id DESC LIMIT 1`, storeID)
}

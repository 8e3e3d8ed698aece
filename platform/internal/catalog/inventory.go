package catalog

import (
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

const maxReason = 200

// inventoryFilter says which products' stock a list shows.
type inventoryFilter struct {
	status string // in_stock | out_of_stock
	search string
	sort   web.Sort
	page   web.Page
}

func readInventoryFilter(r *http.Request) (inventoryFilter, error) {
	q := web.QueryOf(r)
	f := inventoryFilter{
		status: q.OneOf("status", []string{"in_stock", "out_of_stock"}), search: fold(q.Text("search")),
		sort: q.Sort("updated_at", "name", "total_quantity"), page: q.Page(),
	}
	return f, q.Err()
}

// inventoryColumns are the columns behind the names of the sort parameter.
var inventoryColumns = map[string]string{"updated_at": "updated_ms", "name": "name_folded", "total_quantity": "total_quantity"}

// listInventory returns one page of a store's stock and how many products
// match in all.
func listInventory(tx *db.Tx, storeID int64, f inventoryFilter) ([]api.InventoryItem, int, error) {
	var w db.Where
	w.And("store_id = ?", storeID)
	switch f.status {
	case "in_stock":
		w.And("total_quantity > 0")
	case "out_of_stock":
		w.And("total_quantity = 0")
	}
	if f.search != "" {
		w.AndContains(f.search, "name_folded")
	}
	total, err := w.Count(tx, stocked)
	if err != nil {
		return nil, 0, err
	}
	items, err := db.Rows(tx, scanStocked, &w, db.Page{
		Columns: stockedColumns, From: stocked, Sort: inventoryColumns[f.sort.Column], ID: "id", Desc: f.sort.Desc,
		Limit: f.page.Limit, Offset: f.page.Offset(),
	})
	return items, total, err
}

// stocked is the products with the sums of their variants.
const (
	stocked = `(SELECT id, store_id, name, name_folded, is_active, updated_ms,
		(SELECT CAST(COALESCE(SUM(v.quantity), 0) AS BIGINT) FROM variant v WHERE v.product_id = product.id AND v.deleted_ms IS NULL) AS total_quantity,
		(SELECT COUNT(*) FROM variant v WHERE v.product_id = product.id AND v.deleted_ms IS NULL) AS variant_count
		FROM product WHERE deleted_ms IS NULL) AS stocked`
	stockedColumns = `id, name, is_active, updated_ms, total_quantity, variant_count`
)

func scanStocked(r db.Row) (i api.InventoryItem, err error) {
	var updated int64
	err = r.Scan(&i.ProductID, &i.Name, &i.IsActive, &updated, &i.TotalQuantity, &i.VariantCount)
	i.UpdatedAt, i.HasStock = api.At(updated), i.TotalQuantity > 0
	return i, err
}

// inventoryOf returns a product's stock by variant, or not_found.
func inventoryOf(tx *db.Tx, storeID, productID int64) (d api.InventoryDetail, err error) {
	p, err := get(tx, storeID, productID)
	if err != nil {
		return d, err
	}
	d.InventoryItem = api.InventoryItem{ProductID: p.ProductID, Name: p.Name, IsActive: p.IsActive, UpdatedAt: p.UpdatedAt, VariantCount: len(p.Variants)}
	for _, v := range p.Variants {
		d.TotalQuantity += v.Quantity
		d.Variants = append(d.Variants, stockOf(v))
	}
	d.HasStock = d.TotalQuantity > 0
	return d, nil
}

func stockOf(v api.Variant) api.InventoryVariant {
	return api.InventoryVariant{SKUID: v.SKUID, VariantName: v.VariantName, SKUCode: v.SKUCode, Quantity: v.Quantity, Available: v.Available}
}

// SetStock sets the quantity of a product's variant.
func (s *Service) SetStock(tx *db.Tx, storeID, productID int64, in api.InventorySet) (d api.InventoryDetail, err error) {
	if in.Quantity == nil || *in.Quantity < 0 || *in.Quantity > maxQuantity {
		return d, problem.Invalid("quantity", "must be a whole number from 0 to %d", maxQuantity)
	}
	p, skuID, err := choose(tx, storeID, productID, in.SKUID)
	if err != nil {
		return d, err
	}
	before, err := hold(tx, storeID, productID, skuID)
	if err != nil {
		return d, err
	}
	if delta := *in.Quantity - before.Quantity; delta != 0 {
		v, err := shift(tx, storeID, skuID, delta)
		if err != nil {
			return d, err
		}
		if err := tellStock(tx, s.Events, p.Product, v, delta, api.StockSet); err != nil {
			return d, err
		}
	}
	return inventoryOf(tx, storeID, productID)
}

// AdjustStock adds to the quantity of a product's variant, or takes from it.
func (s *Service) AdjustStock(tx *db.Tx, storeID, productID int64, in api.InventoryAdjustment) (d api.InventoryDetail, err error) {
	var c complaints
	c.require(in.Delta != nil && *in.Delta != 0 && *in.Delta >= -maxQuantity && *in.Delta <= maxQuantity,
		"delta", "must be a whole number from -%d to %[1]d other than 0", maxQuantity)
	reason := strings.TrimSpace(in.Reason)
	c.require(utf8.RuneCountInString(reason) <= maxReason, "reason", "must have at most %d characters", maxReason)
	if err := c.err(); err != nil {
		return d, err
	}
	if reason == "" {
		reason = api.StockAdjusted
	}
	p, skuID, err := choose(tx, storeID, productID, in.SKUID)
	if err != nil {
		return d, err
	}
	v, err := shift(tx, storeID, skuID, *in.Delta)
	if db.IsNone(err) {
		return d, tooFew(tx, storeID, skuID, *in.Delta)
	}
	if err != nil {
		return d, err
	}
	if err := tellStock(tx, s.Events, p.Product, v, *in.Delta, reason); err != nil {
		return d, err
	}
	return inventoryOf(tx, storeID, productID)
}

// choose returns a product and which of its variants is meant: the one that is
// named, or its only one.
func choose(tx *db.Tx, storeID, productID int64, named *int64) (api.ProductDetail, int64, error) {
	p, err := get(tx, storeID, productID)
	if err != nil {
		return p, 0, err
	}
	if named == nil {
		if len(p.Variants) != 1 {
			return p, 0, problem.Invalid("sku_id", "is required: the product has %d variants", len(p.Variants))
		}
		return p, p.Variants[0].SKUID, nil
	}
	for _, v := range p.Variants {
		if v.SKUID == *named {
			return p, *named, nil
		}
	}
	return p, 0, problem.NotFound("variant", *named)
}

package catalog

import (
	"net/http"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

// filter says which products a list shows, and in which order. Fields that are
// zero do not narrow it down.
type filter struct {
	status     string // active | inactive
	since      *time.Time
	categoryID int64
	low, high  *api.Money // some variant costs this much
	search     string     // part of the name
	skus       bool       // or of a variant's code
	sort       web.Sort
	page       web.Page
}

func readFilter(r *http.Request) (filter, error) {
	q := web.QueryOf(r)
	f := filter{
		status: q.OneOf("status", []string{"active", "inactive"}), since: q.Time("since"), categoryID: q.ID("category_id"),
		low: q.Money("price_min"), high: q.Money("price_max"), search: fold(q.Text("search")), sort: q.Sort("created_at", "updated_at", "name"), page: q.Page(),
	}
	return f, q.Err()
}

// sortColumns are the columns behind the names of the sort parameter.
var sortColumns = map[string]string{"created_at": "created_ms", "updated_at": "updated_ms", "name": "name_folded"}

// list returns one page of a store's products and how many match in all.
func list(tx *db.Tx, storeID int64, f filter) ([]api.Product, int, error) {
	where := f.where(storeID)
	total, err := where.Count(tx, "product")
	if err != nil {
		return nil, 0, err
	}
	products, err := db.Rows(tx, scanProduct, where, db.Page{
		Columns: productColumns, From: "product", Sort: sortColumns[f.sort.Column], ID: "id", Desc: f.sort.Desc,
		Limit: f.page.Limit, Offset: f.page.Offset(),
	})
	return products, total, err
}

// where is the condition of the fields that narrow the list down.
func (f filter) where(storeID int64) *db.Where {
	var w db.Where
	w.And("store_id = ?", storeID)
	w.And("deleted_ms IS NULL")
	if f.status != "" {
		w.And("is_active = ?", api.Flag(f.status == "active"))
	}
	if f.since != nil {
		w.And("updated_ms >= ?", f.since.UnixMilli())
	}
	if f.categoryID != 0 {
		w.And("category_id = ?", f.categoryID)
	}
	switch {
	case f.search != "" && f.skus:
		f.named(&w)
	case f.search != "":
		w.AndContains(f.search, "name_folded")
	}
	if f.low != nil || f.high != nil {
		f.priced(&w)
	}
	return &w
}

// named adds that the name or the code of one variant contains what is searched
// for.
func (f filter) named(w *db.Where) {
	pattern := db.Containing(f.search)
	w.And(`(name_folded LIKE ? ESCAPE '\' OR EXISTS (SELECT 1 FROM variant v WHERE v.product_id = product.id AND v.deleted_ms IS NULL
		AND LOWER(v.sku_code) LIKE ? ESCAPE '\'))`, pattern, pattern)
}

// priced adds that one variant costs what is asked for.
func (f filter) priced(w *db.Where) {
	low, high := api.Money(0), maxPrice
	if f.low != nil {
		low = *f.low
	}
	if f.high != nil {
		high = *f.high
	}
	w.And(`EXISTS (SELECT 1 FROM variant v WHERE v.product_id = product.id AND v.deleted_ms IS NULL
		AND v.price_minor BETWEEN ? AND ?)`, low, high)
}

// maxPrice is above every price.
const maxPrice = api.Money(1 << 62)

package order

import (
	"net/http"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

// filter says which orders a list shows, and in which sequence. Fields that
// are zero do not narrow it down.
type filter struct {
	status     string
	since      *time.Time // placed then or later
	until      *time.Time // placed then or before
	customerID int64
	search     string // part of number, name or phone; "#1045" is that number
	sort       web.Sort
	page       web.Page
}

func readFilter(r *http.Request) (filter, error) {
	q := web.QueryOf(r)
	f := filter{
		status: q.OneOf("status", api.OrderStatuses), since: q.Time("since"), until: q.Time("until"),
		customerID: q.ID("customer_id"), search: q.Text("search"),
		sort: q.Sort("created_at", "updated_at", "grand_total"), page: q.Page(),
	}
	if f.until != nil && len(q.Text("until")) == len(time.DateOnly) { // "until Friday" includes Friday
		end := f.until.AddDate(0, 0, 1).Add(-time.Millisecond)
		f.until = &end
	}
	return f, q.Err()
}

// sortColumns are the columns behind the names of the sort parameter.
var sortColumns = map[string]string{"created_at": "created_ms", "updated_at": "updated_ms", "grand_total": "grand_total_minor"}

// list returns one page of a store's orders and how many match in all.
func list(tx *db.Tx, storeID int64, f filter) ([]api.Order, int, error) {
	where := f.where(storeID)
	total, err := f.total(tx, storeID, where)
	if err != nil {
		return nil, 0, err
	}
	orders, err := db.Rows(tx, scan, where, db.Page{
		Columns: columns, From: "shop_order", Sort: sortColumns[f.sort.Column], ID: "id", Desc: f.sort.Desc,
		Limit: f.page.Limit, Offset: f.page.Offset(),
	})
	return orders, total, err
}

// total counts the orders that match. The counters know the answer unless more
// than the status narrows the list down.
func (f filter) total(tx *db.Tx, storeID int64, where *db.Where) (int, error) {
	if f.since == nil && f.until == nil && f.customerID == 0 && f.search == "" {
		return countOf(tx, storeID, f.status)
	}
	return where.Count(tx, "shop_order")
}

// where is the condition of the fields that narrow the list down.
func (f filter) where(storeID int64) *db.Where {
	var w db.Where
	w.And("store_id = ?", storeID)
	w.And("deleted_ms IS NULL")
	if f.status != "" {
		w.And("status = ?", f.status)
	}
	if f.since != nil {
		w.And("created_ms >= ?", f.since.UnixMilli())
	}
	if f.until != nil {
		w.And("created_ms <= ?", f.until.UnixMilli())
	}
	if f.customerID != 0 {
		w.And("customer_id = ?", f.customerID)
	}
	if number, ok := strings.CutPrefix(f.search, "#"); ok {
		w.And("number = ?", number)
	} else if f.search != "" {
		w.AndContains(fold(f.search), "search_folded")
	}
	return &w
}

package customer

import (
	"net/http"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/web"
)

// filter says which customers a list shows, and in which order. Fields that are
// zero do not narrow it down.
type filter struct {
	search        string // part of name, email or phone
	since         *time.Time
	includeGuests bool
	minOrders     int
	minSpent      int // in taka
	sort          web.Sort
	page          web.Page
}

func readFilter(r *http.Request) (filter, error) {
	q := web.QueryOf(r)
	return filter{
		search: strings.ToLower(q.Text("search")), since: q.Time("since"),
		includeGuests: q.OneOf("include_guests", []string{"true", "false"}) == "true",
		minOrders:     q.Int("total_orders_min", 0, 0), minSpent: q.Int("total_spent_min", 0, 0),
		sort: q.Sort("created_at", "updated_at", "name"), page: q.Page(),
	}, q.Err()
}

// sortColumns are the columns behind the names of the sort parameter.
var sortColumns = map[string]string{"created_at": "created_ms", "updated_at": "updated_ms", "name": "name_folded"}

// list returns one page of a store's customers and how many match in all.
func list(tx *db.Tx, storeID int64, f filter) ([]api.Customer, int, error) {
	where := f.where(storeID)
	total, err := where.Count(tx, "customer")
	if err != nil {
		return nil, 0, err
	}
	customers, err := db.Rows(tx, scan, where, db.Page{
		Columns: columns, From: "customer", Sort: sortColumns[f.sort.Column], ID: "id", Desc: f.sort.Desc,
		Limit: f.page.Limit, Offset: f.page.Offset(),
	})
	return customers, total, err
}

func (f filter) where(storeID int64) *db.Where {
	var w db.Where
	w.And("store_id = ?", storeID)
	w.And("deleted_ms IS NULL")
	if !f.includeGuests {
		w.And("is_guest = 0")
	}
	if f.since != nil {
		w.And("created_ms >= ?", f.since.UnixMilli())
	}
	if f.minOrders > 0 {
		w.And("total_orders >= ?", f.minOrders)
	}
	if f.minSpent > 0 {
		w.And("total_spent_minor >= ?", int64(f.minSpent)*100)
	}
	if f.search != "" {
		w.AndContains(f.search, "name_folded", "email", "phone")
	}
	return &w
}

package order

import (
	"fmt"
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
	where, args := f.where(storeID)
	total, err := f.total(tx, storeID, where, args)
	if err != nil {
		return nil, 0, err
	}
	direction := "ASC"
	if f.sort.Desc {
		direction = "DESC"
	}
	query := fmt.Sprintf(`SELECT %s FROM shop_order WHERE %s ORDER BY %s %s, id %[4]s LIMIT $%d OFFSET $%d`,
		columns, where, sortColumns[f.sort.Column], direction, len(args)+1, len(args)+2)
	orders, err := db.All(tx, scan, query, append(args, f.page.Limit, f.page.Offset())...)
	return orders, total, err
}

// total counts the orders that match. The counters know the answer unless more
// than the status narrows the list down.
func (f filter) total(tx *db.Tx, storeID int64, where string, args []any) (int, error) {
	if f.since == nil && f.until == nil && f.customerID == 0 && f.search == "" {
		return countOf(tx, storeID, f.status)
	}
	return db.One(tx, db.Value[int], `SELECT COUNT(*) FROM shop_order WHERE `+where, args...)
}

// where builds the condition of the fields that narrow the list down.
func (f filter) where(storeID int64) (string, []any) {
	conditions, args := []string{"store_id = $1"}, []any{storeID}
	and := func(condition string, arg any) {
		args = append(args, arg)
		conditions = append(conditions, fmt.Sprintf(condition, len(args)))
	}
	if f.status != "" {
		and("status = $%d", f.status)
	}
	if f.since != nil {
		and("created_ms >= $%d", f.since.UnixMilli())
	}
	if f.until != nil {
		and("created_ms <= $%d", f.until.UnixMilli())
	}
	if f.customerID != 0 {
		and("customer_id = $%d", f.customerID)
	}
	if number, ok := strings.CutPrefix(f.search, "#"); ok {
		and("number = $%d", number)
	} else if f.search != "" {
		and(`search_folded LIKE $%d ESCAPE '\'`, "%"+likeEscaper.Replace(fold(f.search))+"%")
	}
	return strings.Join(conditions, " AND "), args
}

// likeEscaper takes the meaning from the wildcards of LIKE.
var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

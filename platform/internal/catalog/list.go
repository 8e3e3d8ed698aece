package catalog

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
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
	sort       web.Sort
	page       web.Page
}

func readFilter(r *http.Request) (filter, error) {
	q := web.QueryOf(r)
	f := filter{
		status: q.OneOf("status", []string{"active", "inactive"}), since: q.Time("since"), categoryID: q.ID("category_id"),
		search: fold(q.Text("search")), sort: q.Sort("created_at", "updated_at", "name"), page: q.Page(),
	}
	low, high := q.Text("price_min"), q.Text("price_max")
	if err := q.Err(); err != nil {
		return f, err
	}
	var bad []api.FieldError
	f.low, bad = price("price_min", low, bad)
	f.high, bad = price("price_max", high, bad)
	if bad != nil {
		return f, problem.Validation(bad...)
	}
	return f, nil
}

// price reads an amount, or adds to what is wrong.
func price(name, text string, bad []api.FieldError) (*api.Money, []api.FieldError) {
	if text == "" {
		return nil, bad
	}
	amount, err := api.ParseMoney(text)
	if err != nil {
		return nil, append(bad, api.FieldError{Field: name, Message: err.Error()})
	}
	return &amount, bad
}

// sortColumns are the columns behind the names of the sort parameter.
var sortColumns = map[string]string{"created_at": "created_ms", "updated_at": "updated_ms", "name": "name_folded"}

// list returns one page of a store's products and how many match in all.
func list(tx *db.Tx, storeID int64, f filter) ([]api.Product, int, error) {
	where, args := f.where(storeID)
	total, err := db.One(tx, db.Value[int], `SELECT COUNT(*) FROM product WHERE `+where, args...)
	if err != nil {
		return nil, 0, err
	}
	direction := "ASC"
	if f.sort.Desc {
		direction = "DESC"
	}
	query := fmt.Sprintf(`SELECT %s FROM product WHERE %s ORDER BY %s %s, id %[4]s LIMIT $%d OFFSET $%d`,
		productColumns, where, sortColumns[f.sort.Column], direction, len(args)+1, len(args)+2)
	products, err := db.All(tx, scanProduct, query, append(args, f.page.Limit, f.page.Offset())...)
	return products, total, err
}

// where builds the condition of the fields that narrow the list down.
func (f filter) where(storeID int64) (string, []any) {
	conditions, args := []string{"store_id = $1", "deleted_ms IS NULL"}, []any{storeID}
	and := func(condition string, arg any) {
		args = append(args, arg)
		conditions = append(conditions, fmt.Sprintf(condition, len(args)))
	}
	if f.status != "" {
		and("is_active = $%d", api.Flag(f.status == "active"))
	}
	if f.since != nil {
		and("updated_ms >= $%d", f.since.UnixMilli())
	}
	if f.categoryID != 0 {
		and("category_id = $%d", f.categoryID)
	}
	if f.search != "" {
		and(`name_folded LIKE $%d ESCAPE '\'`, "%"+likeEscaper.Replace(f.search)+"%")
	}
	if f.low != nil || f.high != nil {
		condition, bounds := f.priced(len(args))
		conditions, args = append(conditions, condition), append(args, bounds...)
	}
	return strings.Join(conditions, " AND "), args
}

// priced is the condition that one variant costs what is asked for; its
// parameters come after n others.
func (f filter) priced(n int) (string, []any) {
	low, high := api.Money(0), maxPrice
	if f.low != nil {
		low = *f.low
	}
	if f.high != nil {
		high = *f.high
	}
	return fmt.Sprintf(`EXISTS (SELECT 1 FROM variant v WHERE v.product_id = product.id AND v.deleted_ms IS NULL
		AND v.price_minor BETWEEN $%d AND $%d)`, n+1, n+2), []any{low, high}
}

// maxPrice is above every price.
const maxPrice = api.Money(1 << 62)

// likeEscaper takes the meaning from the wildcards of LIKE.
var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/mux"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Page limits. A limit above the maximum is clamped: clients rely on it.
const (
	DefaultLimit = 50
	MaxLimit     = 250
)

// Page says which part of a list is asked for.
type Page struct{ Number, Limit int }

// Offset is the number of records before the page.
func (p Page) Offset() int { return (p.Number - 1) * p.Limit }

// Sort is a checked sort order.
type Sort struct {
	Column string
	Desc   bool
}

// Query reads query parameters and collects what is wrong with them.
type Query struct {
	values map[string][]string
	errs   []api.FieldError
}

// QueryOf starts reading a request's query.
func QueryOf(r *http.Request) *Query { return &Query{values: r.URL.Query()} }

// Err returns every complaint as one validation_error, or nil.
func (q *Query) Err() error {
	if len(q.errs) == 0 {
		return nil
	}
	return problem.Validation(q.errs...)
}

func (q *Query) complain(name, message string) {
	q.errs = append(q.errs, api.FieldError{Field: name, Message: message})
}

// Text returns a parameter of at most 200 characters, or "".
func (q *Query) Text(name string) string {
	v := q.values[name]
	switch {
	case len(v) == 0:
		return ""
	case len(v) > 1:
		q.complain(name, "must be given once")
	case len(v[0]) > 200:
		q.complain(name, "must have at most 200 characters")
	}
	return strings.TrimSpace(v[0])
}

// Int returns a whole number of at least low, or fallback when it is absent.
func (q *Query) Int(name string, fallback, low int) int {
	text := q.Text(name)
	if text == "" {
		return fallback
	}
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil || int(n) < low {
		q.complain(name, "must be a whole number of at least "+strconv.Itoa(low))
		return fallback
	}
	return int(n)
}

// ID returns a record id, or 0 when it is absent.
func (q *Query) ID(name string) int64 {
	text := q.Text(name)
	if text == "" {
		return 0
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 {
		q.complain(name, "must be an id, a whole number of at least 1")
	}
	return n
}

// Time returns an instant, or nil when it is absent.
func (q *Query) Time(name string) *time.Time {
	text := q.Text(name)
	if text == "" {
		return nil
	}
	for _, layout := range []string{time.RFC3339Nano, time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return &t
		}
	}
	q.complain(name, "must be an ISO 8601 time such as 2025-06-15T10:30:00.000Z or a date such as 2025-06-15")
	return nil
}

// OneOf returns a parameter that must be one of the values, or "".
func (q *Query) OneOf(name string, values []string) string {
	text := q.Text(name)
	if text != "" && !slices.Contains(values, text) {
		q.complain(name, "must be one of "+strings.Join(values, ", "))
	}
	return text
}

// Page returns the page asked for; page 1 of 50 by default.
func (q *Query) Page() Page {
	return Page{Number: min(q.Int("page", 1, 1), 1_000_000), Limit: min(q.Int("limit", DefaultLimit, 1), MaxLimit)}
}

// Sort returns the order asked for, "column", "column:asc" or "column:desc".
// The first of the columns is the default, descending.
func (q *Query) Sort(columns ...string) Sort {
	text := q.Text("sort")
	if text == "" {
		return Sort{columns[0], true}
	}
	column, direction, given := strings.Cut(text, ":")
	if !slices.Contains(columns, column) || (given && direction != "asc" && direction != "desc") {
		q.complain("sort", "must be one of "+strings.Join(columns, ", ")+", optionally with :asc or :desc")
		return Sort{columns[0], true}
	}
	return Sort{column, direction != "asc"}
}

// PathID returns an id of the path. What is no id names no record: 404.
func PathID(r *http.Request, name string) (int64, error) {
	text := mux.Vars(r)[name]
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 {
		return 0, problem.NotFound(strings.TrimSuffix(name, "_id"), text)
	}
	return n, nil
}

// PathText returns a text of the path.
func PathText(r *http.Request, name string) string { return mux.Vars(r)[name] }

// requestStore returns the store that a path or query names, or 0.
func requestStore(r *http.Request) (int64, error) {
	if _, inPath := mux.Vars(r)["store_id"]; inPath {
		return PathID(r, "store_id")
	}
	q := QueryOf(r)
	storeID := q.ID("store_id")
	return storeID, q.Err()
}

// NeedStore refuses a request whose query names no store.
func NeedStore(r *http.Request) (int64, error) {
	if c := CallerOf(r); c.StoreID != 0 {
		return c.StoreID, nil
	}
	return 0, problem.Invalid("store_id", "is required: name the store in the query, as in ?store_id=22")
}

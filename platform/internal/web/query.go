package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Page limits. A limit above the maximum is clamped: clients rely on it.
const (
	DefaultLimit = 50
	MaxLimit     = 250

	maxPage = 1_000_000
	maxText = 200
)

// Page says which part of a list is asked for.
type Page struct{ Number, Limit int }

// Offset is the number of records before the page.
func (p Page) Offset() int { return (p.Number - 1) * p.Limit }

// Slice returns the part of a whole list that a page shows.
func Slice[T any](list []T, p Page) []T {
	from := min(p.Offset(), len(list))
	return list[from:min(from+p.Limit, len(list))]
}

// Sort is a checked sort order.
type Sort struct {
	Column string
	Desc   bool
}

// Query reads query parameters and collects what is wrong with them. A
// parameter that was complained about reads as absent.
type Query struct {
	values url.Values
	errs   []api.FieldError
}

// QueryOf starts reading a request's query.
func QueryOf(r *http.Request) *Query {
	values, err := url.ParseQuery(r.URL.RawQuery)
	q := &Query{values: values}
	if err != nil {
		q.complain("query", "must be percent-encoded pairs joined by &")
	}
	return q
}

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

// Text returns a parameter of at most 200 characters without surrounding
// spaces, or "".
func (q *Query) Text(name string) string {
	v := q.values[name]
	switch {
	case len(v) == 0:
	case len(v) > 1:
		q.complain(name, "must be given once")
	case !utf8.ValidString(v[0]) || strings.ContainsRune(v[0], 0):
		q.complain(name, "must be UTF-8 text")
	case utf8.RuneCountInString(v[0]) > maxText:
		q.complain(name, "must have at most "+strconv.Itoa(maxText)+" characters")
	default:
		return strings.TrimSpace(v[0])
	}
	return ""
}

// Int returns a whole number of at least low, or fallback when it is absent.
// A number beyond 32 bits reads as the largest of them.
func (q *Query) Int(name string, fallback, low int) int {
	text := q.Text(name)
	if text == "" {
		return fallback
	}
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil && !errors.Is(err, strconv.ErrRange) || int(n) < low {
		q.complain(name, "must be a whole number of at least "+strconv.Itoa(low))
		return fallback
	}
	return int(n)
}

// Money returns an amount that is not negative, or nil when it is absent.
func (q *Query) Money(name string) *api.Money {
	text := q.Text(name)
	if text == "" {
		return nil
	}
	amount, err := api.ParseMoney(text)
	if err != nil || amount < 0 {
		q.complain(name, "must be an amount such as 1500 or 1500.50")
		return nil
	}
	return &amount
}

// ID returns a record id, or 0 when it is absent.
func (q *Query) ID(name string) int64 {
	text := q.Text(name)
	n, ok := parseID(text)
	if text != "" && !ok {
		q.complain(name, "must be an id, a whole number of at least 1")
	}
	return n
}

// Seq returns a sequence number, or 0 when it is absent.
func (q *Query) Seq(name string) int64 {
	text := q.Text(name)
	if text == "" {
		return 0
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		q.complain(name, "must be a sequence number, a whole number of at least 0")
		return 0
	}
	return n
}

// parseID reads an id in its one spelling: no sign, no leading zeros.
func parseID(text string) (int64, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 || strconv.FormatInt(n, 10) != text {
		return 0, false
	}
	return n, true
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
		return ""
	}
	return text
}

// Page returns the page asked for; page 1 of 50 by default.
func (q *Query) Page() Page { return q.PageWithin(DefaultLimit, MaxLimit) }

// PageWithin is Page for lists with limits of their own.
func (q *Query) PageWithin(fallback, most int) Page {
	return Page{Number: min(q.Int("page", 1, 1), maxPage), Limit: min(q.Int("limit", fallback, 1), most)}
}

// Sort returns the order asked for, "column", "column:asc" or "column:desc".
// A column alone sorts descending; the first of the columns is the default.
func (q *Query) Sort(columns ...string) Sort {
	fallback := Sort{columns[0], true}
	text := q.Text("sort")
	if text == "" {
		return fallback
	}
	column, direction, given := strings.Cut(text, ":")
	if !slices.Contains(columns, column) || given && direction != "asc" && direction != "desc" {
		q.complain("sort", "must be one of "+strings.Join(columns, ", ")+", optionally with :asc or :desc")
		return fallback
	}
	return Sort{column, direction != "asc"}
}

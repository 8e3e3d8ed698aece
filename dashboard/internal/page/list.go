package page

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// Rows is how many records a page of a list shows.
const Rows = 25

// maxSearch bounds what is searched for.
const maxSearch = 100

// List is the state of a list: all of it stands in the URL.
type List struct {
	path     string
	Status   string
	Search   string
	Sort     string // column
	Up       bool   // ascending
	standard string
	Page     int
	// Filters are what the list is narrowed down to besides its status, by the
	// name of the parameter.
	Filters map[string]string
	api.Pagination
}

// ReadList reads a list's state; what makes no sense counts as not given.
func ReadList(u *url.URL, standard string, columns []string) List {
	q := u.Query()
	l := List{path: u.Path, Status: q.Get("status"), Search: CutSearch(q.Get("search")), Sort: standard, standard: standard, Page: 1}
	column, direction, _ := strings.Cut(q.Get("sort"), ":")
	if slices.Contains(columns, column) {
		l.Sort, l.Up = column, direction == "asc"
	}
	if n, err := strconv.Atoi(q.Get("page")); err == nil && n > 0 && n < 1e6 {
		l.Page = n
	}
	return l
}

// CutSearch is a text to search for as the platform takes it: of at most 100
// characters, without spaces around it or what no text has.
func CutSearch(text string) string {
	text = strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\x00", ""))
	if runes := []rune(text); len(runes) > maxSearch {
		return strings.TrimSpace(string(runes[:maxSearch]))
	}
	return text
}

// WithFilters reads more parameters that narrow the list down.
func (l List) WithFilters(u *url.URL, names ...string) List {
	l.Filters = map[string]string{}
	for _, name := range names {
		if value := u.Query().Get(name); value != "" {
			l.Filters[name] = value
		}
	}
	return l
}

// With is the address of this page of the list with a filter set, or taken off
// where value is "".
func (l List) With(name, value string) string {
	filters := maps.Clone(l.Filters)
	if delete(filters, name); value != "" {
		filters[name] = value
	}
	l.Filters = filters
	return l.url()
}

// Found adds what the platform said of the pages.
func (l List) Found(p api.Pagination) List {
	l.Pagination = p
	return l
}

// SortQuery is the platform's form of the order.
func (l List) SortQuery() string {
	if l.Sort == "" || !l.Up {
		return l.Sort
	}
	return l.Sort + ":asc"
}

// url writes the list's state as an address; what is standard is left out.
func (l List) url() string {
	q := url.Values{}
	for name, value := range map[string]string{"status": l.Status, "search": l.Search} {
		if value != "" {
			q.Set(name, value)
		}
	}
	for name, value := range l.Filters {
		q.Set(name, value)
	}
	if l.Sort != l.standard || l.Up {
		q.Set("sort", l.SortQuery())
	}
	if l.Page > 1 {
		q.Set("page", strconv.Itoa(l.Page))
	}
	if len(q) == 0 {
		return l.path
	}
	return l.path + "?" + q.Encode()
}

// Tab is a link that narrows the list down to a status.
type Tab struct {
	URL     string
	Label   string
	Current bool
}

// Tabs are one for all and one for each status.
func (l List) Tabs(statuses []string) []Tab {
	tabs := make([]Tab, 0, len(statuses)+1)
	for _, status := range append([]string{""}, statuses...) {
		to := l
		to.Status, to.Page = status, 1
		tab := Tab{URL: to.url(), Label: "All", Current: status == l.Status}
		if status != "" {
			tab.Label = orderStatus(status).Label
		}
		tabs = append(tabs, tab)
	}
	return tabs
}

// SortBy is the address of the list in the order of a column: falling first,
// then rising.
func (l List) SortBy(column string) string {
	to := l
	to.Up = l.Sort == column && !l.Up
	to.Sort, to.Page = column, 1
	return to.url()
}

// Previous is the address of the page before, "" on the first.
func (l List) Previous() string {
	if l.Page <= 1 {
		return ""
	}
	to := l
	to.Page = min(l.Page, max(2, l.TotalPages+1)) - 1
	return to.url()
}

// Next is the address of the page after, "" on the last.
func (l List) Next() string {
	if l.Page >= l.TotalPages {
		return ""
	}
	to := l
	to.Page++
	return to.url()
}

// Plain is the address of the list with nothing narrowed down.
func (l List) Plain() string { return l.path }

// Narrowed reports whether the list is not all there is.
func (l List) Narrowed() bool { return l.Status != "" || l.Search != "" || len(l.Filters) > 0 }

// SortParameter is the order as the search form must keep it, "" when it is
// the standard one.
func (l List) SortParameter() string {
	if l.Sort == l.standard && !l.Up {
		return ""
	}
	return l.SortQuery()
}

// From and To are the numbers of the first and last record shown.
func (l List) From() int { return min(l.Total, (l.Page-1)*Rows+1) }

// To is the number of the last record shown.
func (l List) To() int { return min(l.Total, l.Page*Rows) }

package main

import (
	"fmt"
	"net/url"
	"strconv"

	"github.com/selorax/sandbox/platform/api"
)

// filter is what narrows a list, by the parameter's name; empty values do not.
type filter map[string]string

func (f filter) query() url.Values {
	q := url.Values{}
	for name, value := range f {
		if value != "" {
			q.Set(name, value)
		}
	}
	return q
}

// number is a value of a filter; 0 is none.
func number(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// more says that a list goes on.
func more(term console, shown int, p api.Pagination) error {
	if shown >= p.Total {
		return nil
	}
	_, err := fmt.Fprintf(term.err, "These are %d of %d; see more with --limit.\n", shown, p.Total)
	return err
}

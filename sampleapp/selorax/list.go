package selorax

import (
	"context"
	"iter"
	"net/url"
	"strconv"
)

// Page is one page of a list.
type Page[T any] struct {
	Data       []T        `json:"data"`
	Pagination Pagination `json:"pagination"`
}

// Pagination says which page it is. Total counts all matching records.
type Pagination struct {
	Page       int `json:"page"`
	Limit      int `json:"limit"`
	Total      int `json:"total"`
	TotalPages int `json:"total_pages"`
}

// maxLimit is the largest page the platform gives.
const maxLimit = 250

// each yields the records of all pages, fetching a page when it is needed. An
// error ends the sequence.
func each[T any](ctx context.Context, fetch func(ctx context.Context, page int) (Page[T], error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for number := 1; ; number++ {
			page, err := fetch(ctx, number)
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			for _, record := range page.Data {
				if !yield(record, nil) {
					return
				}
			}
			// A short page is the last one too: records may have gone.
			if number >= page.Pagination.TotalPages || len(page.Data) == 0 {
				return
			}
		}
	}
}

func setInt(q url.Values, name string, value int64) {
	if value > 0 {
		q.Set(name, strconv.FormatInt(value, 10))
	}
}

func setText(q url.Values, name, value string) {
	if value != "" {
		q.Set(name, value)
	}
}

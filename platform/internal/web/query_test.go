package web

import (
	"errors"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/internal/problem"
)

func queryOf(raw string) *Query {
	r := httptest.NewRequest("GET", "/", nil)
	r.URL.RawQuery = raw
	return QueryOf(r)
}

func refusals(q *Query) []string {
	var p *problem.Problem
	if errors.As(q.Err(), &p) {
		return complaints(p.Fields)
	}
	return nil
}

func TestQueryPage(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]Page{
		"":                           {1, 50},
		"page=3&limit=10":            {3, 10},
		"page=&limit=":               {1, 50},
		"limit=250":                  {1, 250},
		"limit=251":                  {1, 250},
		"limit=99999999999999999999": {1, 250},
		"page=99999999999999999999&limit=1000000": {maxPage, 250},
	} {
		q := queryOf(raw)
		if got := q.Page(); got != want || q.Err() != nil || got.Offset() != (want.Number-1)*want.Limit {
			t.Errorf("%s: got %+v, %v", raw, got, q.Err())
		}
	}
	for raw, want := range map[string][]string{
		"page=0&limit=-1":          {"page must be a whole number of at least 1", "limit must be a whole number of at least 1"},
		"limit=1.5":                {"limit must be a whole number of at least 1"},
		"limit=ten":                {"limit must be a whole number of at least 1"},
		"limit=-99999999999999999": {"limit must be a whole number of at least 1"},
		"limit=x&limit=y":          {"limit must be given once"},
		"limit=%31&page=%zz":       {"query must be percent-encoded pairs joined by &"},
		"limit=1;page=2":           {"query must be percent-encoded pairs joined by &"},
	} {
		q := queryOf(raw)
		page := q.Page()
		if diff := cmp.Diff(want, refusals(q)); diff != "" || page.Number != 1 || page.Limit < 1 {
			t.Errorf("%s: %+v (-want +got):\n%s", raw, page, diff)
		}
	}
}

func TestQuerySort(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Sort{
		"":                 {"created_at", true},
		"grand_total":      {"grand_total", true},
		"grand_total:asc":  {"grand_total", false},
		"grand_total:desc": {"grand_total", true},
	} {
		q := queryOf(url.Values{"sort": {text}}.Encode())
		if got := q.Sort("created_at", "grand_total"); got != want || q.Err() != nil {
			t.Errorf("%s: got %+v, %v", text, got, q.Err())
		}
	}
	for _, text := range []string{"id", "grand_total:", "grand_total:up", "grand_total:asc:x", ":asc", "grand_total;DROP TABLE", "Grand_total"} {
		q := queryOf(url.Values{"sort": {text}}.Encode())
		got := q.Sort("created_at", "grand_total")
		if got.Column != "created_at" || len(refusals(q)) != 1 {
			t.Errorf("%s: got %+v, %v", text, got, q.Err())
		}
	}
}

func TestQueryValues(t *testing.T) {
	t.Parallel()
	bengali := strings.Repeat("ফ", 200)
	q := queryOf(url.Values{
		"text": {"  রহিম "}, "long": {bengali}, "id": {"9223372036854775807"}, "seq": {"0"},
		"day": {"2025-06-15"}, "instant": {"2025-06-15T10:30:00.5+06:00"}, "one": {"a"},
	}.Encode())
	day, instant := q.Time("day"), q.Time("instant")
	switch {
	case q.Text("text") != "রহিম", q.Text("long") != bengali, q.Text("none") != "":
		t.Error("Text")
	case q.ID("id") != 9223372036854775807, q.ID("none") != 0, q.Seq("seq") != 0, q.Seq("id") != 9223372036854775807:
		t.Error("ID")
	case !day.Equal(time.Date(2025, 6, 15, 0, 0, 0, 0, time.UTC)), !instant.Equal(time.Date(2025, 6, 15, 4, 30, 0, 5e8, time.UTC)), q.Time("none") != nil:
		t.Error("Time")
	case q.OneOf("one", []string{"a", "b"}) != "a", q.OneOf("none", nil) != "":
		t.Error("OneOf")
	case q.Err() != nil:
		t.Error(q.Err())
	}
}

func TestQueryRefusals(t *testing.T) {
	t.Parallel()
	text := func(q *Query) any { return q.Text("v") }
	id := func(q *Query) any { return q.ID("v") }
	seq := func(q *Query) any { return q.Seq("v") }
	instant := func(q *Query) any { return q.Time("v") }
	for _, test := range []struct {
		raw  string
		read func(*Query) any
		want string
		zero any
	}{
		{"v=" + strings.Repeat("a", 201), text, "v must have at most 200 characters", ""},
		{"v=%ff", text, "v must be UTF-8 text", ""},
		{"v=a%00b", text, "v must be UTF-8 text", ""},
		{"v=a&v=a", text, "v must be given once", ""},
		{"v=0", id, "v must be an id, a whole number of at least 1", int64(0)},
		{"v=-1", id, "v must be an id, a whole number of at least 1", int64(0)},
		{"v=007", id, "v must be an id, a whole number of at least 1", int64(0)},
		{"v=%2B7", id, "v must be an id, a whole number of at least 1", int64(0)},
		{"v=9223372036854775808", id, "v must be an id, a whole number of at least 1", int64(0)},
		{"v=-1", seq, "v must be a sequence number, a whole number of at least 0", int64(0)},
		{"v=x", seq, "v must be a sequence number, a whole number of at least 0", int64(0)},
		{"v=2025-02-30", instant, "v must be an ISO 8601 time such as 2025-06-15T10:30:00.000Z or a date such as 2025-06-15", (*time.Time)(nil)},
		{"v=1750000000", instant, "v must be an ISO 8601 time such as 2025-06-15T10:30:00.000Z or a date such as 2025-06-15", (*time.Time)(nil)},
		{"v=c", func(q *Query) any { return q.OneOf("v", []string{"a", "b"}) }, "v must be one of a, b", ""},
	} {
		q := queryOf(test.raw)
		got := test.read(q)
		if diff := cmp.Diff([]string{test.want}, refusals(q)); diff != "" || got != test.zero {
			t.Errorf("%.20s: read %v (-want +got):\n%s", test.raw, got, diff)
		}
	}
}

// FuzzQuery holds that whatever comes in, only checked values come out.
func FuzzQuery(f *testing.F) {
	for _, seed := range []string{"page=1&limit=5&sort=a:asc", "page=%zz", "sort=b:", "limit=9999999999999999999999", "page=-0", "sort=%00&sort=a"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		q := queryOf(raw)
		page, sort := q.Page(), q.Sort("a", "b")
		if page.Number < 1 || page.Number > maxPage || page.Limit < 1 || page.Limit > MaxLimit || page.Offset() < 0 {
			t.Fatalf("page %+v", page)
		}
		if sort.Column != "a" && sort.Column != "b" {
			t.Fatalf("sort %+v", sort)
		}
		if q.ID("page") < 0 || q.Seq("page") < 0 {
			t.Fatal("a negative id")
		}
	})
}

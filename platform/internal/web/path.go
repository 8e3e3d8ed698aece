package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gorilla/mux"

	"github.com/selorax/sandbox/platform/internal/problem"
)

// PathText returns a text of the path, decoded: "a%2Fb" is one segment "a/b".
func PathText(r *http.Request, name string) string {
	raw := mux.Vars(r)[name]
	if text, err := url.PathUnescape(raw); err == nil {
		return text
	}
	return raw
}

// PathID returns an id of the path. What is no id names no record: 404.
func PathID(r *http.Request, name string) (int64, error) {
	text := PathText(r, name)
	if n, ok := parseID(text); ok {
		return n, nil
	}
	noun := strings.ReplaceAll(strings.TrimSuffix(name, "_id"), "_", " ")
	if noun == "id" {
		noun = "record"
	}
	return 0, problem.NotFound(noun, text)
}

// requestStore returns the store that the path or the query names, or 0. When
// both do they must agree.
func requestStore(r *http.Request) (int64, error) {
	q := QueryOf(r)
	inQuery := q.ID("store_id")
	if _, inPath := mux.Vars(r)["store_id"]; !inPath {
		return inQuery, q.Err()
	}
	storeID, err := PathID(r, "store_id")
	if err != nil {
		return 0, err
	}
	if inQuery != 0 && inQuery != storeID {
		q.complain("store_id", "must be the store of the path, or left out")
	}
	return storeID, q.Err()
}

// NeedStore refuses a request that names no store.
func NeedStore(r *http.Request) (int64, error) {
	if c := CallerOf(r); c.StoreID != 0 {
		return c.StoreID, nil
	}
	return 0, problem.Invalid("store_id", "is required: name the store in the query, as in ?store_id=22")
}

package db_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/internal/db"
)

func TestValues(t *testing.T) {
	t.Parallel()
	for id, want := range map[int64]string{0: "(a, b) VALUES ($1, $2)", 7: "(a, b, id) VALUES ($1, $2, $3)"} {
		into, args := db.Values(id, "a, b", "x", "y")
		wantArgs := []any{"x", "y", id}
		if id == 0 {
			wantArgs = wantArgs[:2]
		}
		if diff := cmp.Diff(wantArgs, args); diff != "" || into != want {
			t.Errorf("%s %s", into, diff)
		}
	}
}

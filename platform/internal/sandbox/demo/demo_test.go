package demo_test

import (
	"slices"
	"testing"

	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
)

// Every login opens stores that exist, and every store can be opened.
func TestLoginsAndStoresAgree(t *testing.T) {
	t.Parallel()
	var known, opened []int64
	for _, s := range demo.Stores() {
		known = append(known, s.StoreID)
	}
	for _, l := range demo.Logins() {
		opened = append(opened, l.StoreIDs...)
	}
	slices.Sort(opened)
	if opened = slices.Compact(opened); !slices.Equal(known, opened) {
		t.Errorf("logins open the stores %v, the demo has %v", opened, known)
	}
	if known[0] != demo.FloristBD {
		t.Errorf("the first store is %d, want %d", known[0], demo.FloristBD)
	}
}

func TestAppsAreNumberedFromOne(t *testing.T) {
	t.Parallel()
	for i, a := range demo.Apps() {
		if a.AppID != int64(i+1) {
			t.Errorf("%s has id %d, want %d", a.Slug, a.AppID, i+1)
		}
	}
}

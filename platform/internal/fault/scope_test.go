package fault_test

import (
	"net/http"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

// A rule refuses each third call of its app on its store; calls of the same
// route by another app or on another store neither meet it nor count.
func TestEveryThirdCallOfOneAppOnOneStore(t *testing.T) {
	t.Parallel()
	s := newStage(t, platformtest.Config{})
	s.Install("restock", 23)
	s.Install("my-app", 22)
	s.set(api.NewFault{On: "api", Effect: "503", App: "restock", StoreID: 22, Route: storeRoute, Every: 3})
	as := func(slug string, storeID int64) platformtest.Answer {
		return s.Do(http.MethodGet, "/api/apps/v1/store", s.Client(slug, storeID), nil)
	}
	for n := 1; n <= 6; n++ {
		for _, other := range []platformtest.Answer{as("my-app", 22), as("restock", 23)} {
			if other.Status != 200 || other.Header.Get(api.HeaderFault) != "" {
				t.Errorf("another's call %d: %d %s", n, other.Status, other.Body)
			}
		}
		want := 200
		if n%3 == 0 {
			want = 503
		}
		if a := as("restock", 22); a.Status != want {
			t.Errorf("call %d: %d %s, want %d", n, a.Status, a.Body, want)
		}
	}
	if rule := s.rule(); rule.Matches != 6 || rule.Hits != 2 {
		t.Errorf("got %+v", rule)
	}
}

// Of several rules that match the oldest that acts is the answer. Each counts
// its match, the one that acted its hit.
func TestTheOldestRuleThatActsWins(t *testing.T) {
	t.Parallel()
	s := newStage(t, platformtest.Config{})
	s.set(api.NewFault{On: "api", Effect: "500", Route: storeRoute, Every: 2})
	s.set(api.NewFault{On: "api", Effect: "503", Route: storeRoute})
	for n, want := range []int{503, 500, 503} {
		if a := call(s); a.Status != want {
			t.Errorf("call %d: %d %s, want %d", n+1, a.Status, a.Body, want)
		}
	}
	for n, rule := range platformtest.Control[[]api.Fault](s.Platform, http.MethodGet, "/_sandbox/faults", nil) {
		if want := []int{1, 2}[n]; rule.Matches != 3 || rule.Hits != want {
			t.Errorf("rule %d: %+v, want %d hits", n+1, rule, want)
		}
	}
}

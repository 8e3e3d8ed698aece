package inspect

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/web"
)

func TestSummary(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 31, 9, 30, 20, 0, time.UTC)
	l := &Log{}
	see := func(ago time.Duration, kind, verdict string, took *int64) {
		d := api.InspectorDetail{}
		d.At, d.Kind, d.Verdict, d.Milliseconds = api.Time{Time: now.Add(-ago)}, kind, verdict, took
		l.Add(d)
	}
	for n := range int64(100) {
		see(time.Minute, api.InspectedAPI, api.VerdictAccepted, ptr(n+1))
	}
	see(0, api.InspectedAPI, api.VerdictRefused, ptr(int64(2)))
	see(0, api.InspectedWebhook, api.VerdictFailed, ptr(int64(7)))
	see(29*time.Minute, api.InspectedEvent, api.VerdictAccepted, nil)
	see(31*time.Minute, api.InspectedAPI, api.VerdictFailed, ptr(int64(9999)))
	see(-time.Minute, api.InspectedAPI, api.VerdictFailed, ptr(int64(9999)))
	got := view{caller: web.Caller{}}.summary(l, 0, now)
	minutes := map[int][2]int{}
	for n, m := range got.Minutes {
		if m.Accepted+m.Problems > 0 {
			minutes[n] = [2]int{m.Accepted, m.Problems}
		}
	}
	if diff := cmp.Diff(map[int][2]int{0: {1, 0}, 28: {100, 0}, 29: {0, 2}}, minutes); diff != "" || len(got.Minutes) != summarised {
		t.Errorf("minutes (-want +got):\n%s", diff)
	}
	want := []api.InspectorCalls{{Kind: api.InspectedAPI, Count: 101, Problems: 1, P50: 50, P99: 99}, {Kind: api.InspectedWebhook, Count: 1, Problems: 1, P50: 7, P99: 7}}
	if diff := cmp.Diff(want, got.Calls); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}

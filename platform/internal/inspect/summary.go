package inspect

import (
	"slices"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

// summarised is how many minutes a summary tells of.
const summarised = 30

// summary puts what a developer sees of the last half hour into figures.
func (v view) summary(l *Log, storeID int64, now time.Time) api.InspectorSummary {
	first := now.Truncate(time.Minute).Add(-(summarised - 1) * time.Minute)
	out := api.InspectorSummary{Minutes: make([]api.InspectorMinute, summarised), Calls: []api.InspectorCalls{}}
	for n := range out.Minutes {
		out.Minutes[n].At = api.Time{Time: first.Add(time.Duration(n) * time.Minute)}
	}
	took, problems := map[string][]int64{}, map[string]int{}
	for _, e := range v.list(l, filter{storeID: storeID}) {
		n := int(e.At.Sub(first) / time.Minute)
		if e.At.Before(first) || n >= summarised {
			continue
		}
		if e.Verdict == api.VerdictAccepted {
			out.Minutes[n].Accepted++
		} else {
			out.Minutes[n].Problems++
		}
		if e.Milliseconds == nil {
			continue
		}
		took[e.Kind] = append(took[e.Kind], *e.Milliseconds)
		if e.Verdict != api.VerdictAccepted {
			problems[e.Kind]++
		}
	}
	for _, kind := range api.InspectorKinds {
		if ms := took[kind]; len(ms) > 0 {
			slices.Sort(ms)
			out.Calls = append(out.Calls, api.InspectorCalls{Kind: kind, Count: len(ms), Problems: problems[kind], P50: percentile(ms, 50), P99: percentile(ms, 99)})
		}
	}
	return out
}

// percentile returns the smallest of the sorted values that so many percent
// of them do not exceed.
func percentile(sorted []int64, percent int) int64 {
	return sorted[(len(sorted)*percent+99)/100-1]
}

package billing

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/selorax/sandbox/platform/api"
)

func TestBoundariesKeepTheAnchorsDay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		anchor, interval string
		want             []string
	}{
		{"2026-01-31T06:00:00Z", api.IntervalMonthly, []string{"2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"}},
		{"2027-12-30T23:59:59Z", api.IntervalMonthly, []string{"2028-01-30", "2028-02-29", "2028-03-30"}},
		{"2026-11-23T00:00:00Z", api.IntervalMonthly, []string{"2026-12-23", "2027-01-23"}},
		{"2028-02-29T12:00:00Z", api.IntervalYearly, []string{"2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"}},
	} {
		anchor, err := time.Parse(time.RFC3339, c.anchor)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for n := range c.want {
			end := boundary(anchor, c.interval, int64(n+1))
			if end.Sub(end.Truncate(day)) != anchor.Sub(anchor.Truncate(day)) {
				t.Errorf("%s: %v has another time of day", c.anchor, end)
			}
			got = append(got, end.Format(time.DateOnly))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", c.anchor, c.interval, diff)
		}
	}
}

// From any anchor each period follows the one before, in the month that is its
// turn.
func TestBoundariesFollowEachOther(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		anchor := time.UnixMilli(rapid.Int64Range(0, 4e12).Draw(t, "anchor")).UTC()
		interval := rapid.SampledFrom([]string{api.IntervalMonthly, api.IntervalYearly}).Draw(t, "interval")
		for n := int64(1); n <= 30; n++ {
			before, end := boundary(anchor, interval, n-1), boundary(anchor, interval, n)
			months := (end.Year()-before.Year())*12 + int(end.Month()) - int(before.Month())
			if months != map[string]int{api.IntervalMonthly: 1, api.IntervalYearly: 12}[interval] {
				t.Fatalf("after %v comes %v", before, end)
			}
			if end.Day() > anchor.Day() || end.Day() < min(anchor.Day(), 28) {
				t.Fatalf("%v is not on the day of %v", end, anchor)
			}
		}
	})
}

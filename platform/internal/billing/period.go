package billing

import (
	"time"

	"github.com/selorax/sandbox/platform/api"
)

const day = 24 * time.Hour

// noticeBefore is how long before a payment the app is told of it.
const noticeBefore = 3 * day

// dunning is how long after its due date a payment that failed is tried again.
var dunning = []time.Duration{1 * day, 3 * day, 5 * day}

// months are the calendar months of each interval.
var months = map[string]int{api.IntervalMonthly: 1, api.IntervalYearly: 12}

// boundary is where the n'th period after an anchor ends. It has the anchor's
// day and time of day in UTC, or the last day of a month that is shorter: from
// 31 January come 28 February and 31 March.
func boundary(anchor time.Time, interval string, n int64) time.Time {
	anchor = anchor.UTC()
	moved := anchor.AddDate(0, int(n)*months[interval], 0)
	if moved.Day() != anchor.Day() { // it ran over into the next month
		moved = moved.AddDate(0, 0, -moved.Day())
	}
	return moved
}

// monthOf is the calendar month in UTC that an instant lies in.
func monthOf(at time.Time) (start, end time.Time) {
	at = at.UTC()
	start = time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)
	return start, start.AddDate(0, 1, 0)
}

// period is a stretch of time that one payment pays for.
type period struct {
	number     int64 // from 1; a trial is 0
	start, end time.Time
}

// periodAt is the n'th period after an anchor.
func periodAt(anchor time.Time, interval string, n int64) period {
	return period{number: n, start: boundary(anchor, interval, n-1), end: boundary(anchor, interval, n)}
}

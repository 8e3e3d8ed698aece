package sandbox

import (
	"math/rand/v2"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

// dhaka is Bangladesh's distance from UTC.
const dhaka = 6 * time.Hour

// earlyHours is how much of the last day of the history is used. Its orders
// come in the first minutes after midnight, so that the day the seed runs on has
// some at whatever hour that is.
const earlyHours = 45 * time.Minute

// calendar counts days back from the last day of the seeded history. The
// history is made up for every store, whichever it is written for, so that each
// store's is the same.
type calendar struct {
	today time.Time
	only  int64 // the store to fill; 0: all
}

// fills reports whether a store's history is written.
func (c calendar) fills(storeID int64) bool { return c.only == 0 || c.only == storeID }

// newCalendar makes the calendar of a business time: the same all day long.
func newCalendar(now time.Time) calendar {
	return calendar{today: now.Add(dhaka - earlyHours).Truncate(24 * time.Hour).Add(-dhaka)}
}

// ago is a time of day in Bangladesh, some days before today.
func (c calendar) ago(days int, clock time.Duration) time.Time {
	return c.today.AddDate(0, 0, -days).Add(clock)
}

// last is the end of the history.
func (c calendar) last() time.Time { return c.today.Add(earlyHours) }

// stamp is the wire form of an instant.
func stamp(t time.Time) api.Time { return api.At(t.UnixMilli()) }

// dice is the random sequence of one part of the seed. Each part has its own,
// so that a change in one leaves the others as they are.
type dice struct{ *rand.Rand }

func newDice(part uint64) dice { return dice{rand.New(rand.NewPCG(22, part))} }

// chance is true in so many of a hundred cases.
func (d dice) chance(percent int) bool { return d.IntN(100) < percent }

// between returns a duration from low to high in whole seconds.
func (d dice) between(low, high time.Duration) time.Duration {
	return low + time.Duration(d.Int64N(int64((high-low)/time.Second)+1))*time.Second
}

// pick returns one of the items.
func pick[T any](d dice, items []T) T { return items[d.IntN(len(items))] }

// weighted is something that happens in so many of a hundred cases.
type weighted[T any] struct {
	percent int
	item    T
}

// draw returns one of the items by their percentages, which sum to 100.
func draw[T any](d dice, items []weighted[T]) T {
	n := d.IntN(100)
	for _, w := range items {
		if n -= w.percent; n < 0 {
			return w.item
		}
	}
	return items[len(items)-1].item
}

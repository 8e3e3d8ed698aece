package page

import "github.com/selorax/sandbox/platform/api"

// Measures of the chart of the inspector, in its own units.
const (
	seenWidth  = 900
	seenHeight = 60
	seenGap    = 4
)

// SeenChart is what was seen by the minute, as bars of two parts: accepted
// below, problems on top.
type SeenChart struct {
	Width, Height      int
	Bars               []SeenBar
	Accepted, Problems int
	Most               int // in a minute
}

// SeenBar is one minute.
type SeenBar struct {
	X, Width              int
	Y, Height             int // accepted
	ProblemY, ProblemHigh int
	api.InspectorMinute
}

// NewSeenChart draws the minutes, oldest first.
func NewSeenChart(minutes []api.InspectorMinute) SeenChart {
	c := SeenChart{Width: seenWidth, Height: seenHeight}
	for _, m := range minutes {
		c.Accepted, c.Problems, c.Most = c.Accepted+m.Accepted, c.Problems+m.Problems, max(c.Most, m.Accepted+m.Problems)
	}
	for n, m := range minutes {
		slot := seenWidth / len(minutes)
		b := SeenBar{X: n*slot + seenGap/2, Width: slot - seenGap, InspectorMinute: m}
		b.Height, b.ProblemHigh = c.high(m.Accepted), c.high(m.Problems)
		b.Y = seenHeight - b.Height
		b.ProblemY = max(0, b.Y-b.ProblemHigh)
		c.Bars = append(c.Bars, b)
	}
	return c
}

// high is the height of a number of entries: never so low that it cannot be seen.
func (c SeenChart) high(n int) int {
	if n == 0 {
		return 0
	}
	return max(2, n*seenHeight/c.Most)
}

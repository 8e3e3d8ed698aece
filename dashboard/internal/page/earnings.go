package page

import (
	"fmt"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

// Measures of the chart of earnings, in its own units.
const (
	earningsWidth  = 700
	earningsHeight = 220
)

// Span is a choice of how far back earnings are shown.
type Span struct {
	Name, Label string
	first       func(last time.Time) time.Time // its first day
	bucket      func(time.Time) time.Time      // the beginning of what one bar stands for
	layout      string
}

// Spans are the choices, the first of them where nothing is said.
var Spans = []Span{
	{"30d", "30 days", daysBack(30), func(t time.Time) time.Time { return t }, "2 Jan"},
	{"90d", "90 days", daysBack(90), func(t time.Time) time.Time { return t.AddDate(0, 0, -(int(t.Weekday())+6)%7) }, "2 Jan"},
	{"12m", "12 months", func(last time.Time) time.Time { return month(last).AddDate(0, -11, 0) }, month, "Jan 06"},
}

// daysBack is the first of so many days.
func daysBack(days int) func(time.Time) time.Time {
	return func(last time.Time) time.Time { return last.AddDate(0, 0, 1-days) }
}

// month is the first day of a day's month.
func month(t time.Time) time.Time { return t.AddDate(0, 0, 1-t.Day()) }

// SpanOf returns the choice of a name.
func SpanOf(name string) Span {
	for _, s := range Spans {
		if s.Name == name {
			return s
		}
	}
	return Spans[0]
}

// Before is the first day of a span that ends on a day, both as 2026-11-23.
func (s Span) Before(last string) string {
	t, err := time.Parse(time.DateOnly, last)
	if err != nil {
		return last
	}
	return s.first(t).Format(time.DateOnly)
}

// EarningsChart is earnings over time as bars of three parts.
type EarningsChart struct {
	Width, Height int
	Bars          []EarningsBar
	Lines         []Line
}

// EarningsBar is a day, a week or a month.
type EarningsBar struct {
	X, Width, Middle int
	Label            string // "23 Nov", "Nov 26"
	Shown            bool   // whether its label has room below the chart
	Parts            []EarningsPart
	UsageY           int // where the usage of this time stands
	api.EarningsSums
}

// EarningsPart is the share of one receiver in a bar.
type EarningsPart struct {
	Part      string // developer, platform or gateway
	Y, Height int
}

// NewEarningsChart draws days of earnings, oldest first, as a span cuts them
// into bars. What was paid back counts in the figures; a bar does not go below
// zero.
func NewEarningsChart(s Span, days []api.EarningsDay) EarningsChart {
	c := EarningsChart{Width: earningsWidth, Height: earningsHeight}
	var starts []time.Time
	for _, d := range days {
		at, err := time.Parse(time.DateOnly, d.Date)
		if err != nil {
			continue
		}
		if at = s.bucket(at); len(starts) == 0 || !starts[len(starts)-1].Equal(at) {
			starts = append(starts, at)
			c.Bars = append(c.Bars, EarningsBar{Label: at.Format(s.layout)})
		}
		c.Bars[len(c.Bars)-1].Add(d.EarningsSums)
	}
	top := api.Money(100_00)
	for _, b := range c.Bars {
		top = max(top, b.Revenue, b.Usage)
	}
	top = roundUp(top)
	for _, part := range []api.Money{2, 1, 0} {
		c.Lines = append(c.Lines, Line{Y: earningsHeight - int(part)*earningsHeight/2, Amount: short(top * part / 2)})
	}
	for n := range c.Bars {
		c.Bars[n].place(n, len(c.Bars), top)
	}
	return c
}

func (b *EarningsBar) place(n, count int, top api.Money) {
	slot := earningsWidth / count
	b.X, b.Width, b.Middle = n*slot+slot/6, max(2, slot*2/3), n*slot+slot/2
	b.Shown = n%max(1, (count+6)/7) == 0
	y := earningsHeight
	for _, part := range []struct {
		name   string
		amount api.Money
	}{{"developer", b.Developer}, {"platform", b.Commission}, {"gateway", b.GatewayFees}} {
		if height := int(part.amount * earningsHeight / top); height > 0 {
			y -= height
			b.Parts = append(b.Parts, EarningsPart{part.name, max(0, y), height})
		}
	}
	b.UsageY = earningsHeight - int(b.Usage*earningsHeight/top)
}

// UsageLine is the points of the line of usage over time.
func (c EarningsChart) UsageLine() (points string) {
	for _, b := range c.Bars {
		points += fmt.Sprintf("%d,%d ", b.Middle, b.UsageY)
	}
	return points
}

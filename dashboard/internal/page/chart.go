package page

import (
	"time"

	"github.com/selorax/sandbox/platform/api"
)

// Measures of the chart, in its own units.
const (
	chartWidth  = 700
	chartHeight = 270
	barGap      = 12
	barMin      = 2
)

// Chart is sales by day as bars.
type Chart struct {
	Width, Height int
	Bars          []Bar
	Lines         []Line
	Best          Bar
	Total         api.Money
	Orders        int
}

// Bar is one day.
type Bar struct {
	X, Y, Width, Height int
	Middle              int
	Day                 string // "22 Nov"
	Short               string // "22"
	api.DaySales
}

// Line is a gridline with the amount it stands for.
type Line struct {
	Y      int
	Amount string
}

// NewChart draws the days, oldest first.
func NewChart(days []api.DaySales) Chart {
	c := Chart{Width: chartWidth, Height: chartHeight}
	if len(days) == 0 {
		return c
	}
	top := api.Money(1)
	for _, d := range days {
		top = max(top, d.Sales)
		c.Total += d.Sales
		c.Orders += d.Orders
	}
	top = roundUp(top)
	for _, part := range []api.Money{2, 1, 0} {
		c.Lines = append(c.Lines, Line{Y: chartHeight - int(part)*chartHeight/2, Amount: short(top * part / 2)})
	}
	slot := chartWidth / len(days)
	for i, d := range days {
		c.Bars = append(c.Bars, newBar(i*slot, slot, top, d))
		if d.Sales > c.Best.Sales {
			c.Best = c.Bars[i]
		}
	}
	return c
}

func newBar(x, slot int, top api.Money, d api.DaySales) Bar {
	b := Bar{X: x + barGap/2, Width: slot - barGap, Middle: x + slot/2, DaySales: d, Day: d.Date, Short: d.Date}
	b.Height = max(barMin, int(d.Sales*chartHeight/top))
	b.Y = chartHeight - b.Height
	if t, err := time.Parse(time.DateOnly, d.Date); err == nil {
		b.Day, b.Short = t.Format("2 Jan"), t.Format("2")
	}
	return b
}

// roundUp returns the next of 1, 2, 4, 5, 8 or 10 times a power of ten, so that both
// gridlines are round amounts.
func roundUp(m api.Money) api.Money {
	for step := api.Money(100); ; step *= 10 {
		for _, n := range []api.Money{1, 2, 4, 5, 8, 10} {
			if m <= n*step {
				return n * step
			}
		}
	}
}

// short writes an amount for an axis: "12k", "1.5k", "800".
func short(m api.Money) string {
	taka := int(m / 100)
	switch {
	case taka >= 1000 && taka%1000 == 0:
		return group(taka/1000) + "k"
	case taka >= 1000:
		return group(taka/1000) + "." + string(rune('0'+taka%1000/100)) + "k"
	}
	return group(taka)
}

package page_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
)

func TestChart(t *testing.T) {
	t.Parallel()
	c := page.NewChart([]api.DaySales{
		{Date: "2026-11-01", Orders: 1, Sales: 500_00}, {Date: "2026-11-02", Orders: 4, Sales: 1_500_00}, {Date: "not a date"},
	})
	if c.Total != 2_000_00 || c.Orders != 5 || c.Best.Day != "2 Nov" {
		t.Errorf("total %s, %d orders, best %s", c.Total, c.Orders, c.Best.Day)
	}
	var amounts []string
	for _, l := range c.Lines {
		amounts = append(amounts, l.Amount)
	}
	if diff := cmp.Diff([]string{"2k", "1k", "0"}, amounts); diff != "" {
		t.Errorf("gridlines (-want +got):\n%s", diff)
	}
	for i, b := range c.Bars {
		if b.Y+b.Height != c.Height || b.Height < 1 || b.X < 0 || b.X+b.Width > c.Width || b.Middle != b.X+b.Width/2 {
			t.Errorf("bar %d is %+v", i, b)
		}
	}
	if c.Bars[1].Height != c.Height*3/4 || c.Bars[0].Height != c.Height/4 {
		t.Errorf("heights %d and %d of %d", c.Bars[0].Height, c.Bars[1].Height, c.Height)
	}
	if c.Bars[2].Day != "not a date" {
		t.Errorf("got %q", c.Bars[2].Day)
	}
}

// A store without sales has a chart that says so, not a division by nothing.
func TestChartOfNothing(t *testing.T) {
	t.Parallel()
	if c := page.NewChart(nil); len(c.Bars) != 0 || c.Total != 0 {
		t.Errorf("got %+v", c)
	}
	c := page.NewChart([]api.DaySales{{Date: "2026-11-01"}, {Date: "2026-11-02"}})
	for _, b := range c.Bars {
		if b.Height < 1 || b.Height > 4 {
			t.Errorf("a day without sales is %d high", b.Height)
		}
	}
}

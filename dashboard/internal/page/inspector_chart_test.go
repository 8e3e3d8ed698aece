package page

import (
	"testing"

	"github.com/selorax/sandbox/platform/api"
)

func TestSeenChart(t *testing.T) {
	t.Parallel()
	c := NewSeenChart([]api.InspectorMinute{{}, {Accepted: 1}, {Accepted: 150, Problems: 50}, {Problems: 1}})
	if c.Accepted != 151 || c.Problems != 51 || c.Most != 200 || len(c.Bars) != 4 {
		t.Errorf("got %+v", c)
	}
	empty, one, full, problem := c.Bars[0], c.Bars[1], c.Bars[2], c.Bars[3]
	if empty.Height != 0 || empty.ProblemHigh != 0 || one.Height != 2 || one.Y != seenHeight-2 {
		t.Errorf("nothing is %+v, one is %+v", empty, one)
	}
	if full.Height != 45 || full.ProblemHigh != 15 || full.ProblemY != 0 || full.X+full.Width > problem.X {
		t.Errorf("the most is %+v", full)
	}
	if problem.ProblemHigh != 2 || problem.ProblemY != seenHeight-2 {
		t.Errorf("a problem alone is %+v", problem)
	}
	if c := NewSeenChart(nil); len(c.Bars) != 0 {
		t.Errorf("without minutes there is %+v", c)
	}
}

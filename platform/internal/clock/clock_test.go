package clock

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestClockRunsWithMachineTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c Clock
		before := c.Now()
		time.Sleep(time.Minute)
		if got := c.Now().Sub(before); got != time.Minute {
			t.Errorf("moved %v, want 1m", got)
		}
	})
}

func TestFreezeStopsAndResumeGoesOnFromThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c Clock
		c.Freeze()
		stood := c.Now()
		time.Sleep(time.Hour)
		if got := c.Now(); !got.Equal(stood) {
			t.Errorf("frozen clock moved to %v", got)
		}
		c.Resume()
		time.Sleep(time.Second)
		if got := c.Now().Sub(stood); got != time.Second {
			t.Errorf("moved %v since the freeze, want 1s", got)
		}
	})
}

func TestMoveTo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c Clock
		target := c.Now().Add(90 * 24 * time.Hour)
		c.MoveTo(target)
		time.Sleep(time.Second)
		if got := c.Now(); !got.Equal(target.Add(time.Second)) {
			t.Errorf("running clock shows %v, want %v", got, target.Add(time.Second))
		}
		c.Freeze()
		c.MoveTo(target)
		time.Sleep(time.Second)
		if got := c.Now(); !got.Equal(target) {
			t.Errorf("frozen clock shows %v, want %v", got, target)
		}
		if Machine().After(target) {
			t.Error("machine time moved with the business clock")
		}
	})
}

func TestRestoreRoundTrip(t *testing.T) {
	t.Parallel()
	var a, b Clock
	frozen := time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	a.Restore(State{Frozen: &frozen})
	b.Restore(a.State())
	if !b.Now().Equal(frozen) {
		t.Errorf("restored clock shows %v", b.Now())
	}
}

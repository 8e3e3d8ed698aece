package clock

import (
	"sync"
	"time"
)

// Clock is the sandbox's business clock. The zero Clock shows machine time.
type Clock struct {
	mu    sync.RWMutex
	state State
}

// State is where a Clock stands: machine time plus Offset, or the fixed
// instant Frozen.
type State struct {
	Offset time.Duration
	Frozen *time.Time
}

// Machine returns machine time.
func Machine() time.Time { return time.Now() }

// Now returns business time in UTC, cut to milliseconds as records keep it.
func (c *Clock) Now() time.Time {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.state.at(time.Now())
}

func (s State) at(machine time.Time) time.Time {
	if s.Frozen != nil {
		return s.Frozen.UTC()
	}
	return machine.Add(s.Offset).UTC().Truncate(time.Millisecond)
}

// State returns where the clock stands.
func (c *Clock) State() State {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.state
}

// Restore puts the clock where s says, as loaded from the database.
func (c *Clock) Restore(s State) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.state = s
}

// Freeze stops the clock at the instant it shows and returns the new state.
func (c *Clock) Freeze() State {
	now := c.Now()
	return c.set(State{Offset: c.State().Offset, Frozen: &now})
}

// Resume lets a frozen clock run on from the instant it shows.
func (c *Clock) Resume() State {
	s := c.State()
	if s.Frozen == nil {
		return s
	}
	return c.set(State{Offset: time.Until(*s.Frozen)})
}

// MoveTo shows the instant t from now on, keeping the clock frozen or running.
func (c *Clock) MoveTo(t time.Time) State {
	t = t.UTC().Truncate(time.Millisecond)
	if c.State().Frozen != nil {
		return c.set(State{Frozen: &t})
	}
	return c.set(State{Offset: time.Until(t)})
}

func (c *Clock) set(s State) State {
	c.Restore(s)
	return s
}

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

// Machine returns machine time.
func Machine() time.Time { return time.Now() }

// Now returns business time in UTC, cut to milliseconds as records keep it.
func (c *Clock) Now() time.Time {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.state.At(time.Now())
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
func (c *Clock) Freeze() State { return c.set(c.State().Freeze(time.Now())) }

// Resume lets a frozen clock run on from the instant it shows.
func (c *Clock) Resume() State { return c.set(c.State().Resume(time.Now())) }

// MoveTo shows the instant t from now on, keeping the clock frozen or running.
func (c *Clock) MoveTo(t time.Time) State { return c.set(c.State().MoveTo(t, time.Now())) }

func (c *Clock) set(s State) State {
	c.Restore(s)
	return s
}

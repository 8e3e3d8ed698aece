package clock

import "time"

// State is where a Clock stands: machine time plus Offset, or the fixed
// instant Frozen.
type State struct {
	Offset time.Duration
	Frozen *time.Time
}

// At returns business time at an instant of machine time, in UTC, cut to
// milliseconds as records keep it.
func (s State) At(machine time.Time) time.Time {
	if s.Frozen != nil {
		return s.Frozen.UTC()
	}
	return machine.Add(s.Offset).UTC().Truncate(time.Millisecond)
}

// Freeze stands still at what the clock shows at an instant of machine time.
func (s State) Freeze(machine time.Time) State {
	now := s.At(machine)
	return State{Offset: s.Offset, Frozen: &now}
}

// Resume runs on from where a frozen clock stands.
func (s State) Resume(machine time.Time) State {
	if s.Frozen == nil {
		return s
	}
	return State{Offset: s.Frozen.Sub(machine)}
}

// MoveTo shows the instant t, frozen or running as before.
func (s State) MoveTo(t, machine time.Time) State {
	t = t.UTC().Truncate(time.Millisecond)
	if s.Frozen != nil {
		return State{Frozen: &t}
	}
	return State{Offset: t.Sub(machine)}
}

package page

import (
	"cmp"
	"slices"

	"github.com/selorax/sandbox/platform/api"
)

// Clock is business time as the bar shows it to developers.
type Clock struct {
	api.SandboxClock
	Back  string // the page that its forms lead back to
	Moved *Moved // the move that was just made, or nil
}

// Moved is a move of the clock and what it brought, put together.
type Moved struct {
	api.ClockOperation
	Effects []Effect // most frequent first
	More    int      // kinds of effects that are not among them
}

// Effect is how often something fired.
type Effect struct {
	Kind  string // in words
	Topic string
	Count int
}

// maxEffects is how many kinds of effects a short list has.
const maxEffects = 6

var firedKinds = map[string]string{"event": "event", "attempt": "webhook attempt", "job": "job"}

// NewMoved counts what fired on the way.
func NewMoved(op api.ClockOperation) *Moved {
	m := &Moved{ClockOperation: op}
	for _, f := range op.Fired {
		kind := FiredKind(f.Kind)
		i := slices.IndexFunc(m.Effects, func(e Effect) bool { return e.Kind == kind && e.Topic == f.Topic })
		if i < 0 {
			i, m.Effects = len(m.Effects), append(m.Effects, Effect{Kind: kind, Topic: f.Topic})
		}
		m.Effects[i].Count++
	}
	slices.SortStableFunc(m.Effects, func(a, b Effect) int { return cmp.Compare(b.Count, a.Count) })
	if len(m.Effects) > maxEffects {
		m.More, m.Effects = len(m.Effects)-maxEffects, m.Effects[:maxEffects]
	}
	return m
}

// FiredKind is what kind of thing fired, in words.
func FiredKind(kind string) string { return cmp.Or(firedKinds[kind], kind) }

var clockStatuses = map[string]Status{
	api.ClockRunning: {Label: "On its way", Icon: "circle-dot", Tone: "info"},
	api.ClockDone:    {Label: "Arrived", Icon: "check-circle", Tone: "success"},
	api.ClockStopped: {Label: "Stopped", Icon: "pause"},
	api.ClockFailed:  {Label: "Failed", Icon: "x-circle", Tone: "danger"},
}

// clockStatus is how a move of the clock stands.
func clockStatus(name string) Status {
	s, known := clockStatuses[name]
	if !known {
		s = Status{Label: words(name), Icon: "circle"}
	}
	s.Name = name
	return s
}

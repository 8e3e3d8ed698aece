// Package control is the control API below /_sandbox/: what a developer does to
// the sandbox itself, and no app or merchant can do to a platform.
//
// It answers programs on this machine that hold the control key
// (authenticate.go), and refuses browsers and unknown fields. Whatever it
// changes goes through the domains, so that what follows is real: a triggered
// order has an event, and a clock that moves makes renewals fall due. A
// trigger, a seed and an installation are one transaction each, in the name of
// the store's owner (owner.go); what makes each topic happen stands in the
// table of trigger_topics.go. The clock and the faults answer developers in the
// dashboard too, by their own session (developer.go).
package control

// Package timer is the timetable: what waits for business time.
//
// A row says which job becomes due when. The loop moves due rows into the
// queue in order of (due, id), each in the transaction that removes it. While
// the clock is frozen nothing becomes due. Advance walks the clock from one
// due instant to the next and lets the work of each finish before going on, so
// that 90 days bring their events in due order, the same way each run.
package timer

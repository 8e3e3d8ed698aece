// Package timer is the timetable: what waits for business time.
//
// A row says which job becomes due when. The loop moves due rows into the
// queue in order of (due, id), in the transaction that removes them, and the
// queue does them one after the other in that order. While the clock is frozen
// nothing becomes due. Advance (advance.go) walks the clock from one due instant
// to the next and lets the work of each finish before going on (quiet.go), so
// that 90 days bring their events in due order, the same way each run.
//
// While it is moved the clock stands still between two instants, and its row
// says who moves it. Should that process die, Recover lets the clock go.
package timer

// Package supervise runs a few programs as one: it starts them on listeners
// that are already open, waits until each is ready, merges their output into
// one stream, and ends all of them when it is told to, when one of them ends,
// or when its own process dies.
//
// It knows nothing of what the programs are. Times here are machine time.
package supervise

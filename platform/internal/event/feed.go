package event

import (
	"sync"
)

// Feed tells live clients that there are new rows. It carries no events: each
// client reads the rows at its own pace, so that a slow one holds up nobody.
type Feed struct {
	mu      sync.Mutex
	waiting chan struct{}
	resets  int
}

// Wake lets every waiting client look for new events.
func (f *Feed) Wake() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.waiting != nil {
		close(f.waiting)
		f.waiting = nil
	}
}

// Reset ends every client's connection: what they have read is no more. They
// come back and begin anew.
func (f *Feed) Reset() {
	f.mu.Lock()
	f.resets++
	f.mu.Unlock()
	f.Wake()
}

// Resets counts the resets so far.
func (f *Feed) Resets() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.resets
}

// Changed returns a channel that closes with the next Wake. Take it before
// reading rows, so that nothing falls between.
func (f *Feed) Changed() <-chan struct{} {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.waiting == nil {
		f.waiting = make(chan struct{})
	}
	return f.waiting
}

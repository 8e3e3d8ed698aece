package fault

import (
	"context"
	"sync"
	"time"
)

// lastSent tells those who let others go first that another has been sent.
type lastSent struct {
	mu      sync.Mutex
	waiting map[string][]chan struct{} // by target
}

// Sent says that something was sent to a target: who waited for it goes next.
func (s *Rules) Sent(target string) {
	s.last.mu.Lock()
	defer s.last.mu.Unlock()
	for _, wait := range s.last.waiting[target] {
		close(wait)
	}
	delete(s.last.waiting, target)
}

// LetOthersFirst waits until something has been sent to a target, or for as
// long as the rule says, in machine time.
func (s *Rules) LetOthersFirst(ctx context.Context, target string, r *Rule) {
	next := make(chan struct{})
	s.last.mu.Lock()
	if s.last.waiting == nil {
		s.last.waiting = map[string][]chan struct{}{}
	}
	s.last.waiting[target] = append(s.last.waiting[target], next)
	s.last.mu.Unlock()
	patience := time.NewTimer(r.Delay())
	defer patience.Stop()
	select {
	case <-next:
	case <-patience.C:
	case <-ctx.Done():
	}
}

// Wait waits as long as a rule says, in machine time, or until ctx ends.
func Wait(ctx context.Context, r *Rule) {
	patience := time.NewTimer(r.Delay())
	defer patience.Stop()
	select {
	case <-patience.C:
	case <-ctx.Done():
	}
}

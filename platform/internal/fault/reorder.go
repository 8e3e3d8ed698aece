package fault

import (
	"context"
	"slices"
	"sync"
	"time"
)

// lastSent tells those who let others go first that another has been sent.
type lastSent struct {
	mu      sync.Mutex
	waiting map[string][]waiter // by target
}

// waiter lets the next call first that its rule applies to.
type waiter struct {
	rule *Rule
	next chan struct{}
}

// Sent says that something was sent to a target: who waited for it goes next.
func (s *Rules) Sent(target string, c Call) {
	s.last.mu.Lock()
	defer s.last.mu.Unlock()
	left := slices.DeleteFunc(s.last.waiting[target], func(w waiter) bool {
		goes := w.rule.matches(c)
		if goes {
			close(w.next)
		}
		return goes
	})
	if len(left) == 0 {
		delete(s.last.waiting, target)
		return
	}
	s.last.waiting[target] = left
}

// LetOthersFirst waits until another call that the rule applies to has been
// sent to a target, or for as long as the rule says, in machine time.
func (s *Rules) LetOthersFirst(ctx context.Context, target string, r *Rule) {
	w := waiter{rule: r, next: make(chan struct{})}
	s.last.mu.Lock()
	if s.last.waiting == nil {
		s.last.waiting = map[string][]waiter{}
	}
	s.last.waiting[target] = append(s.last.waiting[target], w)
	s.last.mu.Unlock()
	patience := time.NewTimer(r.Delay())
	defer patience.Stop()
	select {
	case <-w.next:
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

package merchant

import (
	"context"
	"sync"
	"time"
)

const (
	maxFailures   = 10
	failureWindow = time.Minute
	// maxKeys bounds the memory that guessing at many emails can take. Beyond
	// it, what is over is dropped.
	maxKeys = 10_000
)

// throttle limits failed sign-ins per email and address. Its zero value is
// ready. Tries of one key take turns, so that many at once are counted too.
type throttle struct {
	mu   sync.Mutex
	keys map[string]*tries
}

// tries are the failures of one key, oldest first. Whoever takes the turn may
// touch them.
type tries struct {
	turn     chan struct{}
	failures []time.Time
	waiting  int // guarded by throttle.mu
}

// enter waits for the key's turn. The caller leaves in the end.
func (t *throttle) enter(ctx context.Context, key string, now time.Time) (*tries, error) {
	k := t.find(key, now)
	select {
	case k.turn <- struct{}{}:
		return k, nil
	case <-ctx.Done():
		t.forget(key, k)
		return nil, ctx.Err()
	}
}

func (t *throttle) find(key string, now time.Time) *tries {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.keys == nil {
		t.keys = map[string]*tries{}
	}
	if len(t.keys) >= maxKeys {
		t.sweep(now)
	}
	k := t.keys[key]
	if k == nil {
		k = &tries{turn: make(chan struct{}, 1)}
		t.keys[key] = k
	}
	k.waiting++
	return k
}

// sweep drops keys that nobody uses and whose failures are over.
func (t *throttle) sweep(now time.Time) {
	for key, k := range t.keys {
		if k.waiting == 0 && k.wait(now) == 0 {
			delete(t.keys, key)
		}
	}
}

// leave gives the turn to the next.
func (t *throttle) leave(key string, k *tries) {
	<-k.turn
	t.forget(key, k)
}

// forget drops a key that has nothing to remember.
func (t *throttle) forget(key string, k *tries) {
	t.mu.Lock()
	defer t.mu.Unlock()
	k.waiting--
	if k.waiting == 0 && len(k.failures) == 0 {
		delete(t.keys, key)
	}
}

// wait is how long until the next try is allowed, or 0.
func (k *tries) wait(now time.Time) time.Duration {
	for len(k.failures) > 0 && now.Sub(k.failures[0]) >= failureWindow {
		k.failures = k.failures[1:]
	}
	if len(k.failures) < maxFailures {
		return 0
	}
	return failureWindow - now.Sub(k.failures[0])
}

func (k *tries) failed(now time.Time) { k.failures = append(k.failures, now) }

func (k *tries) succeeded() { k.failures = nil }

package fault

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
)

// reloadAfter is how long a process may not know of a rule that another one
// made on the same database.
const reloadAfter = time.Second

// Rules keeps and applies the rules of one database.
type Rules struct {
	DB *db.DB

	mu     sync.RWMutex
	rules  []Rule
	loaded time.Time // machine time; zero: not yet, or no more
	last   lastSent
}

// Forget lets the rules be read again: somebody has changed them.
func (s *Rules) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.loaded = time.Time{}
}

// known returns the rules. While nobody changes them it takes no transaction.
func (s *Rules) known(ctx context.Context) ([]Rule, error) {
	s.mu.RLock()
	rules, fresh := s.rules, s.isFresh()
	s.mu.RUnlock()
	if fresh {
		return rules, nil
	}
	return s.load(ctx)
}

func (s *Rules) isFresh() bool {
	return !s.loaded.IsZero() && (!s.DB.Shared() || clock.Machine().Sub(s.loaded) < reloadAfter)
}

func (s *Rules) load(ctx context.Context) ([]Rule, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.isFresh() {
		return s.rules, nil
	}
	err := s.DB.Read(ctx, func(tx *db.Tx) (err error) {
		s.rules, _, err = all(tx)
		return err
	})
	if err == nil {
		s.loaded = clock.Machine()
	}
	return s.rules, err
}

// Load reads the rules unless they are known. Ask for it before a transaction
// in which Decide is called.
func (s *Rules) Load(ctx context.Context) error {
	_, err := s.known(ctx)
	return err
}

// Active reports whether there are rules of a kind.
func (s *Rules) Active(ctx context.Context, on string) (bool, error) {
	rules, err := s.known(ctx)
	return slices.ContainsFunc(rules, func(r Rule) bool { return r.On == on }), err
}

// Any reports whether a rule could act on a call; without one it takes no
// transaction.
func (s *Rules) Any(ctx context.Context, c Call) (bool, error) {
	rules, err := s.known(ctx)
	return slices.ContainsFunc(rules, func(r Rule) bool { return r.matches(c) }), err
}

// Decide counts a call for every rule that matches it and returns the one that
// acts: of several the oldest. It returns nil when none does.
func (s *Rules) Decide(tx *db.Tx, c Call) (*Rule, error) {
	s.mu.RLock()
	rules := s.rules
	s.mu.RUnlock()
	var acting *Rule
	for _, r := range rules {
		if !r.matches(c) {
			continue
		}
		n, err := countMatch(tx, r.ID)
		if err != nil {
			return nil, err
		}
		if n > 0 && acting == nil && r.acts(n) {
			acting = &r
		}
	}
	if acting == nil {
		return nil, nil
	}
	return acting, countHit(tx, acting.ID)
}

// Delay is how long a rule makes a call wait.
func (r *Rule) Delay() time.Duration { return time.Duration(r.DelayMS) * time.Millisecond }

// Name is the effect of a rule, or nil of none.
func (r *Rule) Name() *string {
	if r == nil {
		return nil
	}
	return &r.Effect
}

// Is reports whether a rule, which may be nil, has an effect.
func (r *Rule) Is(effect string) bool { return r != nil && r.Effect == effect }

// Defaults of a rule, and its limits.
const (
	defaultDelayMS    = 3_000
	maxDelayMS        = 20_000
	defaultRetryAfter = 1
	maxRetryAfter     = 3_600
	maxCount          = 1_000_000
)

// takesDelay reports whether an effect has a delay_ms.
func takesDelay(effect string) bool {
	return slices.Contains([]string{api.FaultDelay, api.FaultReorder, api.FaultSlow}, effect)
}

// takesRetryAfter reports whether an effect has a retry_after_s.
func takesRetryAfter(effect string) bool {
	return effect == api.FaultRateLimited || effect == api.FaultUnavailable
}

package selorax

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"time"
)

const (
	maxAttempts = 4
	firstWait   = 500 * time.Millisecond
	maxWait     = 30 * time.Second
)

// temporary reports whether the same call may succeed later.
func temporary(err error) bool {
	var refused *Error
	if errors.As(err, &refused) {
		return refused.Status == http.StatusTooManyRequests || refused.Status >= http.StatusInternalServerError
	}
	var silent *unreachable
	return errors.As(err, &silent) && !errors.Is(err, context.Canceled)
}

// backoff is how long to wait after a failed attempt, counted from 1: what the
// platform asked for, otherwise doubling. Jitter keeps clients that failed
// together from coming back together.
func backoff(attempt int, err error) time.Duration {
	var refused *Error
	if errors.As(err, &refused) && refused.RetryAfter > 0 {
		return refused.RetryAfter + rand.N(refused.RetryAfter/10+1)
	}
	wait := firstWait << (attempt - 1)
	return wait/2 + rand.N(wait/2)
}

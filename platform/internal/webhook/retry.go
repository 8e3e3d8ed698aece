package webhook

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

// delays are the waits after the first to fifth failed attempt. A delivery has
// one attempt more than there are delays.
var delays = [...]time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 12 * time.Hour}

const (
	// maxRetryAfter bounds how long a receiver may put off the next attempt.
	maxRetryAfter = 24 * time.Hour
	// maxDeadInARow dead deliveries deactivate a subscription.
	maxDeadInARow = 5
)

// outcome is what an answer means for its delivery.
type outcome struct {
	status string // one of the api.Delivery states
	// next is when the next attempt is due; zero unless retrying.
	next time.Time
	// gone says that the receiver wants nothing more: deactivate.
	gone bool
}

// decide judges the answer to an attempt: its number, the HTTP status (0 for
// none) and the wait the receiver asked for. wanted is false when there is no
// subscription any more that a retry could serve.
func decide(number, status int, wait time.Duration, wanted bool, now time.Time) outcome {
	switch {
	case status >= 200 && status <= 299:
		return outcome{status: api.DeliveryDelivered}
	case status == http.StatusGone:
		return outcome{status: api.DeliveryDead, gone: true}
	case number > len(delays):
		return outcome{status: api.DeliveryDead}
	case !wanted:
		return outcome{status: api.DeliveryCancelled}
	}
	return outcome{status: api.DeliveryRetrying, next: now.Add(max(delays[number-1], wait))}
}

// retryAfter reads how long the receiver asks to be left alone, in seconds or
// until a date of machine time; at most maxRetryAfter, 0 when it does not ask.
func retryAfter(h http.Header, machine time.Time) time.Duration {
	text := h.Get("Retry-After")
	seconds, err := strconv.ParseUint(text, 10, 64)
	if err == nil || errors.Is(err, strconv.ErrRange) {
		return time.Duration(min(seconds, uint64(maxRetryAfter/time.Second))) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return min(max(at.Sub(machine), 0), maxRetryAfter)
	}
	return 0
}

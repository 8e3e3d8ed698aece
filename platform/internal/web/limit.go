package web

import (
	"maps"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// limitWindow is the time in which a Limiter counts.
const limitWindow = time.Minute

// Limiter bounds how many requests a client makes in a minute of machine time.
// The minute begins with its first request. A nil Limiter, or one for no
// requests, bounds nothing.
type Limiter struct {
	PerMinute int
	Now       func() time.Time // nil: machine time

	mu      sync.Mutex
	clients map[string]*usage
	swept   time.Time
}

// usage is what a client made of its minute.
type usage struct {
	used  int
	until time.Time
}

// Take counts a request of a client and tells them, in headers, where they
// stand. Beyond the limit it is a rate_limited problem.
func (l *Limiter) Take(w http.ResponseWriter, client string) error {
	if l == nil || l.PerMinute == 0 {
		return nil
	}
	now := time.Now()
	if l.Now != nil {
		now = l.Now()
	}
	used, until := l.count(client, now)
	h := w.Header()
	h.Set(api.HeaderRateLimit, strconv.Itoa(l.PerMinute))
	h.Set(api.HeaderRateRemaining, strconv.Itoa(max(0, l.PerMinute-used)))
	h.Set(api.HeaderRateReset, strconv.FormatInt(until.Unix(), 10))
	if used <= l.PerMinute {
		return nil
	}
	wait := until.Sub(now)
	p := problem.New(http.StatusTooManyRequests, api.CodeRateLimited,
		"More than %d requests in a minute. Wait %d seconds, as Retry-After says, and go on.", l.PerMinute, seconds(wait))
	p.RetryAfter = wait
	return p
}

// count returns how many requests the client has made in its minute, this one
// included, and when the minute ends.
func (l *Limiter) count(client string, now time.Time) (int, time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.swept) >= limitWindow {
		maps.DeleteFunc(l.clients, func(_ string, u *usage) bool { return u.over(now) })
		l.swept = now
	}
	u := l.clients[client]
	if u == nil || u.over(now) {
		if l.clients == nil {
			l.clients = map[string]*usage{}
		}
		u = &usage{until: now.Add(limitWindow)}
		l.clients[client] = u
	}
	u.used++
	return u.used, u.until
}

func (u *usage) over(now time.Time) bool { return !u.until.After(now) }

// seconds rounds up, as Retry-After does.
func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }

package fault

import (
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Apply lets the rules act on a call of an app, before anything is done for
// it. Its error is the answer; http.ErrAbortHandler panics where the connection
// is to be cut off. With no error the call goes on, perhaps later.
func (s *Rules) Apply(w http.ResponseWriter, r *http.Request, c Call) error {
	c.On, c.Signed = api.FaultOnAPI, true
	any, err := s.Any(r.Context(), c)
	if err != nil || !any {
		return err
	}
	var rule *Rule
	err = s.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		rule, err = s.Decide(tx, c)
		return err
	})
	if err != nil || rule == nil {
		return err
	}
	w.Header().Set(api.HeaderFault, strconv.FormatInt(rule.ID, 10))
	switch rule.Effect {
	case api.FaultSlow:
		Wait(r.Context(), rule)
	case api.FaultReset:
		cut(w)
	default:
		return refusal(w, rule)
	}
	return nil
}

// refusal is the platform's own answer of the kind.
func refusal(w http.ResponseWriter, rule *Rule) error {
	wait := time.Duration(*rule.retryAfter()) * time.Second
	switch rule.Effect {
	case api.FaultRateLimited:
		h := w.Header()
		h.Set(api.HeaderRateRemaining, "0")
		h.Set(api.HeaderRateReset, strconv.FormatInt(clock.Machine().Add(wait).Unix(), 10))
		if h.Get(api.HeaderRateLimit) == "" {
			h.Set(api.HeaderRateLimit, "600")
		}
		p := problem.New(http.StatusTooManyRequests, api.CodeRateLimited,
			"Too many requests. Wait %d seconds, as Retry-After says, and go on.", *rule.retryAfter())
		p.RetryAfter = wait
		return p
	case api.FaultUnavailable:
		p := problem.New(http.StatusServiceUnavailable, api.CodeTryAgain, "The platform is busy. Try again in %d seconds.", *rule.retryAfter())
		p.RetryAfter = wait
		return p
	}
	return problem.New(http.StatusInternalServerError, api.CodeInternal, "Something went wrong on the platform's side. Try again.")
}

func (r *Rule) retryAfter() *int {
	if r.RetryAfterS == nil {
		none := defaultRetryAfter
		return &none
	}
	return r.RetryAfterS
}

// cut resets the connection, so that the client gets no answer at all.
func cut(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // as near as it gets
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
	panic(http.ErrAbortHandler) // nobody is left to answer
}

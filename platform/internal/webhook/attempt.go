package webhook

import (
	"context"
	"errors"
	"time"

	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/fault"
	"github.com/selorax/sandbox/platform/internal/timer"
)

// Attempt is the job that sends a delivery for the Number-th time, from 1.
type Attempt struct {
	DeliveryID int64 `json:"delivery_id"`
	Number     int   `json:"number"`
}

// Kind names the job.
func (Attempt) Kind() string { return "webhook.attempt" }

// Outbound puts it in the lane of jobs that wait for other people's servers.
func (Attempt) Outbound() {}

// claimed is an attempt that this process, and no other, may make.
type claimed struct {
	delivery
	claim
	number    int
	startedMS int64 // business time
	limit     time.Duration
	fault     *fault.Rule // that acts on it, or nil
	message
}

// turn is the number that decides whether there is a next attempt: that of a
// test is its last.
func (c *claimed) turn() int {
	if c.test {
		return len(delays) + 1
	}
	return c.number
}

// makeAttempt makes one attempt of a delivery, or nothing when there is none to
// make. Unless its outcome was recorded the claim is given back, so that an
// interrupted attempt does not count and is made again.
func (s *Service) makeAttempt(ctx context.Context, job Attempt) error {
	c, err := s.claim(ctx, job)
	if err != nil || c == nil {
		return err
	}
	recorded := false
	defer func() {
		if !recorded {
			s.giveBack(ctx, c)
		}
	}()
	a := s.post(ctx, c)
	if a.problem != "" && errors.Is(ctx.Err(), context.Canceled) {
		return context.Cause(ctx)
	}
	err = s.record(context.WithoutCancel(ctx), c, a)
	recorded = err == nil
	return err
}

// claim takes the attempt, or returns nil when it was made, is being made or
// must not be made any more.
func (s *Service) claim(ctx context.Context, job Attempt) (c *claimed, err error) {
	if err := s.Faults.Load(ctx); err != nil {
		return nil, err
	}
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		c = nil
		by := claim{process: s.DB.Process(), ms: clock.Machine().UnixMilli()}
		d, err := claimDelivery(tx, job.DeliveryID, job.Number, by)
		if db.IsNone(err) {
			return nil
		}
		if err != nil {
			return err
		}
		wanted, err := wants(tx, d, job.Number)
		if err != nil {
			return err
		}
		if !wanted {
			return cancelDelivery(tx, d.id)
		}
		m, err := s.message(tx, d)
		if err != nil {
			return err
		}
		limit, err := attemptLimit(tx)
		if err != nil {
			return err
		}
		acting, err := s.Faults.Decide(tx, faultCall(d, m.key != ""))
		c = &claimed{delivery: d, claim: by, number: job.Number, startedMS: tx.NowMS(), limit: limit, fault: acting, message: m}
		return err
	})
	return c, err
}

// attemptLimit is how long the receiver has to answer.
func attemptLimit(tx *db.Tx) (time.Duration, error) {
	limit, err := timer.Limit(tx)
	if limit == 0 || limit > AttemptTimeout {
		limit = AttemptTimeout
	}
	return limit, err
}

// giveBack ends a claim without an outcome.
func (s *Service) giveBack(ctx context.Context, c *claimed) {
	err := s.DB.Insist(context.WithoutCancel(ctx), func(tx *db.Tx) error { return releaseClaim(tx, c) })
	if err != nil {
		s.Log.ErrorContext(ctx, "webhook.release_failed", "delivery_id", c.id, "error", err)
	}
}

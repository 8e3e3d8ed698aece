package control

import (
	"context"
	"net/http"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/timer"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Limits of an advance.
const (
	maxAdvance = 20 * 365 * 24 * time.Hour

	defaultWait = 30 // seconds, as the two below
	maxWait     = 60

	minAttemptLimit = 100 // ms, as the one below
	maxAttemptLimit = 15_000
)

// advance is a checked api.ClockAdvance.
type advance struct {
	to           *time.Time
	by           time.Duration
	wait         time.Duration
	attemptLimit time.Duration
	ageTokens    bool
}

// move is the advance as package timer makes it.
func (a advance) move(step func(context.Context, timer.Step) error) timer.Move {
	m := timer.Move{By: a.by, AttemptLimit: a.attemptLimit, OnStep: step}
	if a.to != nil {
		m.To = *a.to
	}
	return m
}

func checkAdvance(in api.ClockAdvance) (a advance, err error) {
	var wrong []api.FieldError
	reject := func(field, message string) { wrong = append(wrong, api.FieldError{Field: field, Message: message}) }
	switch {
	case (in.By == "") == (in.To == nil):
		reject("by", `is missing: say how far, as "90d" or "1h30m", or give to, and not both`)
	case in.To != nil:
		a.to = &in.To.Time
	default:
		if a.by, err = parseDuration(in.By); err != nil {
			reject("by", err.Error())
		} else if a.by > maxAdvance {
			reject("by", "must not be more than 20 years")
		}
	}
	wait, limit := defaultWait, 0
	if in.WaitS != nil {
		if wait = *in.WaitS; wait < 0 || wait > maxWait {
			reject("wait_s", "must be from 0 to 60")
		}
	}
	if in.PerAttemptTimeoutMS != nil {
		if limit = *in.PerAttemptTimeoutMS; limit < minAttemptLimit || limit > maxAttemptLimit {
			reject("per_attempt_timeout_ms", "must be from 100 to 15000")
		}
	}
	a.wait, a.attemptLimit, a.ageTokens = time.Duration(wait)*time.Second, time.Duration(limit)*time.Millisecond, in.ExpireRefreshTokens
	if wrong != nil {
		return a, problem.Validation(wrong...)
	}
	return a, nil
}

func past(now time.Time) error {
	return problem.Invalid("to", "lies in the past: the clock shows %s, and moves forward only", now.Format(time.RFC3339))
}

func tooFar() error { return problem.Invalid("to", "must not be more than 20 years ahead") }

// serveAdvance starts an operation and answers with it once it has ended, or
// once the caller does not want to wait any longer.
func (s *Service) serveAdvance(w http.ResponseWriter, r *http.Request) error {
	in, err := web.Decode[api.ClockAdvance](w, r)
	if err != nil {
		return err
	}
	a, err := checkAdvance(in)
	if err != nil {
		return err
	}
	id, ended, err := s.Clock.begin(r.Context(), a)
	if err != nil {
		return err
	}
	patience := time.NewTimer(a.wait)
	defer patience.Stop()
	select {
	case <-ended:
	case <-patience.C:
	case <-r.Context().Done():
		return nil
	}
	op, err := s.operation(r, id)
	if err != nil {
		return err
	}
	if op.Status == api.ClockRunning {
		return web.JSON(w, http.StatusAccepted, api.Envelope[api.ClockOperation]{
			Message: "The clock is on its way.", Data: op, Status: http.StatusAccepted,
		})
	}
	return web.OK(w, sentence(op), op)
}

func sentence(op api.ClockOperation) string {
	switch op.Status {
	case api.ClockDone:
		return "The clock has arrived."
	case api.ClockStopped:
		return "The clock was stopped on its way."
	case api.ClockRunning: // another process moves it
		return "The clock is asked to stop. It does so at the next instant at which something falls due."
	default:
		return "The clock stopped on its way: work that fell due did not end."
	}
}

func (s *Service) serveOperation(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "operation_id")
	if err != nil {
		return err
	}
	op, err := s.operation(r, id)
	if err != nil {
		return err
	}
	return web.OK(w, "Clock operation fetched.", op)
}

// serveStop ends an operation. One that has ended already is answered as it is.
func (s *Service) serveStop(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "operation_id")
	if err != nil {
		return err
	}
	if _, err := s.operation(r, id); err != nil {
		return err
	}
	if err := s.Clock.stop(r.Context(), id); err != nil {
		return err
	}
	op, err := s.operation(r, id)
	if err != nil {
		return err
	}
	return web.OK(w, sentence(op), op)
}

// operation returns an operation with what fired.
func (s *Service) operation(r *http.Request, id int64) (op api.ClockOperation, err error) {
	err = s.DB.Read(r.Context(), func(tx *db.Tx) error {
		if op, err = operationByID(tx, id); err != nil {
			return err
		}
		op.Fired, err = firedAfter(tx, id, 0, maxFired)
		return err
	})
	if db.IsNone(err) {
		err = problem.New(http.StatusNotFound, api.CodeNotFound, "There is no clock operation %d; the last %d are kept.", id, keepOperations)
	}
	return op, err
}

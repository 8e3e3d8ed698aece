package control

import (
	"net/http"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/timer"
	"github.com/selorax/sandbox/platform/internal/web"
)

func (s *Service) clockRoutes(r *web.Router) {
	const one = "/_sandbox/clock/operations/{operation_id}"
	r.ForControl(http.MethodGet, "/_sandbox/clock", s.serveClock)
	r.ForControl(http.MethodPost, "/_sandbox/clock/freeze", s.serveFreeze)
	r.ForControl(http.MethodPost, "/_sandbox/clock/resume", s.serveResume)
	r.ForControl(http.MethodPost, "/_sandbox/clock/advance", s.serveAdvance)
	r.ForControl(http.MethodGet, one, s.serveOperation)
	r.ForControl(http.MethodGet, one+"/progress", s.serveProgress)
	r.ForControl(http.MethodPost, one+"/stop", s.serveStop)
}

func (s *Service) serveClock(w http.ResponseWriter, r *http.Request) error {
	return s.answerClock(w, r, "Clock fetched.")
}

func (s *Service) serveFreeze(w http.ResponseWriter, r *http.Request) error {
	if err := s.unmoved(r); err != nil {
		return err
	}
	if err := s.Timer.Freeze(r.Context()); err != nil {
		return err
	}
	return s.answerClock(w, r, "Clock frozen.")
}

func (s *Service) serveResume(w http.ResponseWriter, r *http.Request) error {
	if err := s.unmoved(r); err != nil {
		return err
	}
	if err := s.Timer.Resume(r.Context()); err != nil {
		return err
	}
	return s.answerClock(w, r, "Clock running.")
}

func (s *Service) answerClock(w http.ResponseWriter, r *http.Request, message string) error {
	var out api.SandboxClock
	err := s.DB.Read(r.Context(), func(tx *db.Tx) error {
		next, err := timer.Next(tx)
		if err != nil {
			return err
		}
		out = api.SandboxClock{
			Now: api.Time{Time: tx.Now}, MachineTime: api.Time{Time: clock.Machine().UTC()}, Frozen: tx.Clock().Frozen != nil,
		}
		if next != nil {
			out.NextDueAt = &api.Time{Time: *next}
		}
		op, err := runningOperation(tx)
		if db.IsNone(err) {
			return nil
		}
		out.Operation = &op
		return err
	})
	if err != nil {
		return err
	}
	return web.OK(w, message, out)
}

// unmoved refuses while an operation moves the clock.
func (s *Service) unmoved(r *http.Request) error { return s.DB.Read(r.Context(), noOperation) }

func underWay(op api.ClockOperation) error {
	return problem.New(http.StatusConflict, api.CodeConflict,
		"The clock is on its way to %s (operation %d). Wait for it, or stop it: POST /_sandbox/clock/operations/%d/stop.",
		op.To.Format(time.RFC3339), op.OperationID, op.OperationID)
}

package webhook

import (
	"context"

	"github.com/selorax/sandbox/platform/internal/db"
)

// Recover takes over what processes that are gone left behind: it ends their
// claims, and lets the attempts that are due stand in line here. Those that
// have a job as well, or stand in another process's line, are made once all the
// same. Call it before these processes are struck off.
func (s *Service) Recover(ctx context.Context, gone []int64) error {
	var lost int64
	var due []turn
	err := s.DB.Write(ctx, func(tx *db.Tx) (err error) {
		if lost, err = dropClaims(tx, gone); err != nil {
			return err
		}
		due, err = unclaimed(tx)
		return err
	})
	if err != nil {
		return err
	}
	s.gate.resume(due)
	if len(due) > 0 {
		s.Log.InfoContext(ctx, "webhook.recovered", "attempts", len(due), "in_flight", lost)
	}
	return nil
}

// Forget leaves every line: the deliveries that stood there are no more.
func (s *Service) Forget() {
	s.gate.mu.Lock()
	defer s.gate.mu.Unlock()
	s.gate.due = nil
	for _, l := range s.gate.hosts {
		l.waiting = nil
	}
}

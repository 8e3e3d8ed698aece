package webhook

import (
	"context"

	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
)

// Recover queues again what a process that died left behind: events without
// their deliveries, and attempts that were due or in flight. Call it when this
// process has joined the database, before its queue runs, and whenever another
// has been struck off; jobs that survived as well do no harm.
func (s *Service) Recover(ctx context.Context) error {
	var events []int64
	var attempts []Attempt
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		due, err := unclaimed(tx)
		if err != nil {
			return err
		}
		lost, err := dropClaims(tx)
		if err != nil {
			return err
		}
		if events, err = event.Waiting(tx); err != nil {
			return err
		}
		attempts = append(due, lost...)
		return s.requeue(tx, events, attempts)
	})
	if err == nil && len(events)+len(attempts) > 0 {
		s.Log.InfoContext(ctx, "webhook.recovered", "events", len(events), "attempts", len(attempts))
	}
	return err
}

func (s *Service) requeue(tx *db.Tx, events []int64, attempts []Attempt) error {
	for _, seq := range events {
		if err := s.Queue.Insert(tx, event.FanOut{Seq: seq}); err != nil {
			return err
		}
	}
	for _, job := range attempts {
		if err := s.Queue.Insert(tx, job); err != nil {
			return err
		}
	}
	return nil
}

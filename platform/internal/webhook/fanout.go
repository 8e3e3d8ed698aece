package webhook

import (
	"context"

	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
)

// fanOut makes an event's deliveries, once however often the job runs.
func (s *Service) fanOut(ctx context.Context, job event.FanOut) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		rec, err := event.ClaimFanOut(tx, job.Seq)
		if db.IsNone(err) {
			return nil
		}
		if err != nil {
			return err
		}
		ids, err := insertDeliveries(tx, rec.Seq, rec.Topic)
		if err != nil {
			return err
		}
		return s.start(tx, ids...)
	})
}

// start queues the first attempt of deliveries.
func (s *Service) start(tx *db.Tx, deliveryIDs ...int64) error {
	for _, deliveryID := range deliveryIDs {
		if err := s.Queue.Insert(tx, Attempt{DeliveryID: deliveryID, Number: 1}); err != nil {
			return err
		}
	}
	return nil
}

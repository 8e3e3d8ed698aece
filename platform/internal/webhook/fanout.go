package webhook

import (
	"context"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/problem"
)

const (
	// fanOutAtOnce is how many events share a transaction.
	fanOutAtOnce = 100
	// fanOutPoll is how long the loop sleeps without looking, in case that it
	// was not woken.
	fanOutPoll = time.Second
)

// fanOutLoop makes the deliveries of events as they come, until ctx ends. The
// rows say which have none, so that nothing else has to survive a crash. A busy
// database is tried again.
func (s *Service) fanOutLoop(ctx context.Context) error {
	tick := time.NewTicker(fanOutPoll)
	defer tick.Stop()
	for {
		changed := s.Feed.Changed()
		made, err := s.fanOut(ctx)
		switch {
		case err != nil && ctx.Err() == nil && !problem.Is(err, api.CodeTryAgain):
			return err
		case err == nil && made == fanOutAtOnce:
			continue // there are more
		}
		select {
		case <-changed:
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// fanOut makes the deliveries of up to fanOutAtOnce events that wait, and
// returns how many events it found.
func (s *Service) fanOut(ctx context.Context) (found int, err error) {
	var waiting []int64
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		waiting, err = event.Waiting(tx, fanOutAtOnce)
		return err
	})
	if err != nil || len(waiting) == 0 {
		return 0, err
	}
	return len(waiting), s.DB.Write(ctx, func(tx *db.Tx) error {
		for _, seq := range waiting {
			if err := s.fanOutOne(tx, seq); err != nil {
				return err
			}
		}
		return nil
	})
}

// fanOutOne makes an event's deliveries, unless another process has.
func (s *Service) fanOutOne(tx *db.Tx, seq int64) error {
	rec, err := event.ClaimFanOut(tx, seq)
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

package webhook

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/selorax/sandbox/platform/internal/db"
)

// stopWithin is how long attempts may go on that are in flight when the process
// ends.
const stopWithin = 2 * time.Second

// Run makes deliveries of events, and the attempts that wait in line for a
// host, until ctx ends. What is in line then stays due.
func (s *Service) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return s.fanOutLoop(ctx) })
	group.Go(func() error { return s.serveLines(ctx) })
	return group.Wait()
}

func (s *Service) serveLines(ctx context.Context) error {
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	var serving sync.WaitGroup
	for {
		select {
		case <-s.gate.wakes():
			passed, due := s.gate.unseen()
			for _, t := range due {
				if s.gate.enter(t.host, t.job) {
					passed = append(passed, t)
				}
			}
			for _, t := range passed {
				serving.Go(func() { s.serveLine(ctx, work, t) })
			}
		case <-ctx.Done():
			defer time.AfterFunc(stopWithin, cancel).Stop()
			serving.Wait()
			return nil
		}
	}
}

// serveLine makes one attempt after the other in the place that was passed on,
// until nobody waits for it.
func (s *Service) serveLine(ctx, work context.Context, t turn) {
	for more := true; more && ctx.Err() == nil; t, more = s.gate.leave(t.host) {
		if err := s.makeAttempt(work, t.job); err != nil && work.Err() == nil {
			s.requeueAttempt(work, t.job, err)
		}
	}
}

// requeueAttempt gives an attempt that could not be made, or not be recorded,
// back to the queue.
func (s *Service) requeueAttempt(ctx context.Context, job Attempt, cause error) {
	s.Log.ErrorContext(ctx, "webhook.attempt_failed", "delivery_id", job.DeliveryID, "error", cause)
	if err := s.DB.Write(ctx, func(tx *db.Tx) error { return s.Queue.Insert(tx, job) }); err != nil {
		s.Log.ErrorContext(ctx, "webhook.requeue_failed", "delivery_id", job.DeliveryID, "error", err)
	}
}

// attempt makes an attempt when its host has a place for it, and else lets it
// wait without the worker.
func (s *Service) attempt(ctx context.Context, job Attempt) error {
	host, err := s.host(ctx, job.DeliveryID)
	if db.IsNone(err) {
		return nil
	}
	if err != nil || !s.gate.enter(host, job) {
		return err
	}
	defer s.passOn(host)
	return s.makeAttempt(ctx, job)
}

// passOn lets the next in line have the worker's place. It does not wait for
// Run, so that a job whose time is up loses no place.
func (s *Service) passOn(host string) {
	if next, ok := s.gate.leave(host); ok {
		s.gate.pass(next)
	}
}

// host returns where a delivery goes; db.ErrNoRows when there is none any more.
func (s *Service) host(ctx context.Context, deliveryID int64) (host string, err error) {
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		target, err := db.One(tx, db.Value[string], `SELECT target_url FROM delivery WHERE id = $1`, deliveryID)
		host = hostOf(target)
		return err
	})
	return host, err
}

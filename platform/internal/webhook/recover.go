package webhook

import (
	"context"
	"math"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Where several processes share the database, a claim is a lease: it counts as
// lost after twice the time an attempt can take, and every process looks for
// lost ones.
const (
	leaseTime  = 2 * AttemptTimeout
	leaseCheck = 5 * time.Second
)

// Recover queues again what a process that died left behind: events without
// their deliveries, and attempts that were due or in flight. Call it once the
// clock is restored and before the queue runs; jobs that survived as well do
// no harm. Of a database that is this process's alone it takes every claim for
// lost.
func (s *Service) Recover(ctx context.Context) error {
	var events []int64
	var attempts []Attempt
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		due, err := unclaimed(tx)
		if err != nil {
			return err
		}
		lost, err := dropClaims(tx, s.lostBefore())
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

// lostBefore is the instant of machine time up to which claims are lost.
func (s *Service) lostBefore() int64 {
	if !s.DB.Shared() {
		return math.MaxInt64
	}
	return clock.Machine().Add(-leaseTime).UnixMilli()
}

// WatchClaims makes the attempts of processes that died again, until ctx ends.
// Of a database that is this process's alone it has nothing to watch.
func (s *Service) WatchClaims(ctx context.Context) error {
	if !s.DB.Shared() {
		return nil
	}
	tick := time.NewTicker(leaseCheck)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		if err := s.takeLost(ctx); err != nil && ctx.Err() == nil && !problem.Is(err, api.CodeTryAgain) {
			return err
		}
	}
}

// takeLost queues the attempts whose claims are lost.
func (s *Service) takeLost(ctx context.Context) error {
	var lost []Attempt
	err := s.DB.Write(ctx, func(tx *db.Tx) (err error) {
		if lost, err = dropClaims(tx, s.lostBefore()); err != nil {
			return err
		}
		return s.requeue(tx, nil, lost)
	})
	if err == nil && len(lost) > 0 {
		s.Log.InfoContext(ctx, "webhook.recovered", "attempts", len(lost))
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

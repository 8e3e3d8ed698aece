package server

import (
	"context"
	"slices"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// departedCheck is how often a process looks whether others have died.
const departedCheck = time.Second

// recover picks up what processes that are gone left behind. At a start that
// is whoever worked on the database before.
func (p *Platform) recover(ctx context.Context) error {
	gone, err := p.db.Departed(ctx)
	if err != nil {
		return err
	}
	return p.pickUp(ctx, gone)
}

// pickUp does what processes that are gone had begun, and strikes them off. In
// this order a crash in the middle loses nothing: the next one begins anew.
func (p *Platform) pickUp(ctx context.Context, gone []int64) error {
	if err := p.webhooks.Recover(ctx, gone); err != nil {
		return err
	}
	jobs, err := p.queue.Recover(ctx, gone)
	if err != nil {
		return err
	}
	forgotten, err := p.db.Forget(ctx, gone)
	if err != nil {
		return err
	}
	if forgotten > 0 {
		p.config.Log.InfoContext(ctx, "platform.took_over", "processes", forgotten, "jobs", jobs)
	}
	if err := p.timer.Recover(ctx); err != nil {
		return err
	}
	return p.clock.Recover(ctx)
}

// watchOthers picks up what other processes leave behind when they die, until
// ctx ends. A process counts as dead when two looks have found it so: one that
// only lost its connection is back by then.
func (p *Platform) watchOthers(ctx context.Context) error {
	if !p.db.Shared() {
		return nil
	}
	tick := time.NewTicker(departedCheck)
	defer tick.Stop()
	var missed []int64
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		gone, err := p.takeOver(ctx, missed)
		if err != nil && ctx.Err() == nil && !problem.Is(err, api.CodeTryAgain) {
			return err
		}
		missed = gone
	}
}

// takeOver does the work of processes that were missed before and are gone
// still, and returns those that are gone.
func (p *Platform) takeOver(ctx context.Context, missed []int64) (gone []int64, err error) {
	if gone, err = p.db.Departed(ctx); err != nil {
		return nil, err
	}
	lost := slices.DeleteFunc(slices.Clone(gone), func(id int64) bool { return !slices.Contains(missed, id) })
	if len(lost) == 0 {
		return gone, nil
	}
	return gone, p.pickUp(ctx, lost)
}

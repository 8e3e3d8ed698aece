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
	if _, err := p.db.Forget(ctx, gone); err != nil {
		return err
	}
	return p.pickUp(ctx)
}

func (p *Platform) pickUp(ctx context.Context) error {
	for _, pickUp := range []func(context.Context) error{p.timer.Recover, p.clock.Recover, p.webhooks.Recover} {
		if err := pickUp(ctx); err != nil {
			return err
		}
	}
	return nil
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
	forgotten, err := p.db.Forget(ctx, lost)
	if err != nil || forgotten == 0 {
		return gone, err
	}
	p.config.Log.InfoContext(ctx, "platform.took_over", "processes", forgotten)
	return gone, p.pickUp(ctx)
}

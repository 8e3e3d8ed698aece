package server

import (
	"context"
	"net"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/selorax/sandbox/platform/httpserve"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/timer"
)

// Run works and serves on l until ctx ends. It first picks up what a crash
// left behind. On the way out it stops taking requests, then finishes its
// background work.
func (p *Platform) Run(ctx context.Context, l net.Listener) error {
	if err := p.recover(ctx); err != nil {
		if ctx.Err() != nil {
			return nil // told to end before it had begun
		}
		return err
	}
	loops, stopLoops := context.WithCancel(context.WithoutCancel(ctx))
	defer stopLoops()
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return p.queue.Run(loops) })
	group.Go(func() error { return p.timer.Run(loops) })
	p.clock.Open(ctx) // before the first request
	group.Go(p.clock.Run)
	group.Go(func() error { return p.webhooks.Run(loops) })
	group.Go(func() error { return p.watchOthers(loops) })
	group.Go(func() error { return p.seen.Follow(loops, p.db, p.live.Feed) })
	group.Go(func() error { return p.db.Listen(loops, p.live.Feed.Wake) })
	group.Go(func() error {
		defer stopLoops()
		return httpserve.Serve(ctx, l, p.Handler(), p.config.Log)
	})
	closeLive := sync.OnceFunc(func() { close(p.done) })
	defer closeLive()
	group.Go(func() error {
		<-ctx.Done()
		closeLive()
		return nil
	})
	p.config.Log.InfoContext(ctx, "platform.ready", "addr", l.Addr().String(), "public_url", p.config.PublicURL, "version", p.config.Version)
	return group.Wait()
}

// Read runs queries on the platform's database.
func (p *Platform) Read(ctx context.Context, do func(*db.Tx) error) error { return p.db.Read(ctx, do) }

// Advance moves business time forward, with everything that falls due.
func (p *Platform) Advance(ctx context.Context, by time.Duration) error {
	return p.timer.Advance(ctx, timer.Move{By: by})
}

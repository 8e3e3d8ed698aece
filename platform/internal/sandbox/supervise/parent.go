package supervise

import (
	"context"
	"os"
	"time"
)

// parentCheck is how often WithParent looks. A look costs one system call.
const parentCheck = 100 * time.Millisecond

// WithParent returns a context that ends when the process that started this
// one has ended. The kernel's own signal for it would not do here: it fires
// when the starting thread ends, and a test runner may start us from a thread
// that it gives up long before it ends itself.
func WithParent(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	parent := os.Getppid()
	go func() {
		tick := time.NewTicker(parentCheck)
		defer tick.Stop()
		for os.Getppid() == parent {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
		cancel()
	}()
	return ctx, cancel
}

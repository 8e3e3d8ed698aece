package restock

import (
	"context"
	"sync"
)

// atOnce is how many calls for one answer are under way at a time.
const atOnce = 6

// gather calls fn for every item, a few at a time, and returns the results in
// the items' order. The first error ends it.
func gather[T, R any](ctx context.Context, items []T, fn func(context.Context, T) (R, error)) ([]R, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	results := make([]R, len(items))
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(atOnce, len(items)) {
		workers.Go(func() {
			for n := range next {
				var err error
				if results[n], err = fn(ctx, items[n]); err != nil {
					stop(err) // the first cause stays
				}
			}
		})
	}
	for n := range items {
		if ctx.Err() != nil {
			break
		}
		next <- n
	}
	close(next)
	workers.Wait()
	return results, context.Cause(ctx)
}

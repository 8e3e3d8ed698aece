package wait

import (
	"context"
	"fmt"
	"time"
)

// Limit is how long a condition may take. It is only ever used up by a
// failure, so it is generous: a race build on a busy machine is slow.
const Limit = 45 * time.Second

const pause = 20 * time.Millisecond

// Until asks the condition until it returns nil. When the limit or ctx ends
// first, the error holds what the condition said last.
func Until(ctx context.Context, condition func() error) error {
	ctx, cancel := context.WithTimeout(ctx, Limit)
	defer cancel()
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for {
		err := condition()
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%w (%w)", err, context.Cause(ctx))
		case <-tick.C:
		}
	}
}

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

// followAgain is the pause before a progress that broke off is read again.
const followAgain = 100 * time.Millisecond

// follower shows what happens in an operation, each thing once.
type follower struct {
	platform controlAPI
	id       int64
	show     func(api.ClockFired)
	look     string // the command that shows the clock
	shown    int
}

// run returns the operation at its end. Each answer of the platform has a time
// limit, so a long operation takes several; each begins at the beginning.
func (f *follower) run(ctx context.Context) (op api.ClockOperation, err error) {
	for {
		if op, err = f.read(ctx); err == nil || ctx.Err() != nil {
			return op, err
		}
		if op, err = call[api.ClockOperation](f.platform, http.MethodGet, operationPath(f.id), nil); err != nil {
			return op, fmt.Errorf("the progress broke off (%w); %s tells how the clock stands", err, f.look)
		}
		select {
		case <-time.After(followAgain):
		case <-ctx.Done():
			return op, ctx.Err()
		}
	}
}

// read takes one answer: a line for each thing that happened and, as the last,
// the operation itself.
func (f *follower) read(ctx context.Context) (op api.ClockOperation, err error) {
	res, err := f.platform.send(ctx, http.MethodGet, operationPath(f.id)+"/progress", nil)
	if err != nil {
		return op, err
	}
	defer res.Body.Close()
	lines := json.NewDecoder(res.Body)
	for number := 1; ; number++ {
		var line struct {
			api.ClockFired
			api.ClockOperation
		}
		if err := lines.Decode(&line); err != nil {
			return op, err
		}
		if line.OperationID != 0 {
			return line.ClockOperation, nil
		}
		if number > f.shown {
			f.show(line.ClockFired)
			f.shown = number
		}
	}
}

func firedLine(f api.ClockFired) string {
	line := clockTime(f.At) + "  " + f.Kind + "  " + f.Topic
	if f.Resource != "" {
		line += "  " + f.Resource
	}
	if f.StoreID != nil {
		line += fmt.Sprintf("  store %d", *f.StoreID)
	}
	if f.Attempt > 0 {
		line += fmt.Sprintf("  attempt %d: %s", f.Attempt, f.Outcome)
	}
	return line
}

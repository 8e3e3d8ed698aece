package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

type clockAdvanceCmd struct {
	Duration            string        `arg:"" optional:"" help:"How far: 90d, 1h30m; d, h, m, s and ms."`
	To                  *instant      `help:"The time to move to, instead of how far." placeholder:"TIME"`
	Wait                int           `help:"After how many seconds an advance shows its progress, 0 to 60." default:"1"`
	AttemptTimeout      time.Duration `help:"How long a receiver has to answer a webhook on the way, 100ms to 15s; 2s when left out." placeholder:"D"`
	ExpireRefreshTokens bool          `help:"Let refresh tokens run out on the way, instead of keeping the life they have left."`
	NoWait              bool          `help:"Do not wait for the end."`
	sandboxFlags
}

// Help shows how the command is used.
func (clockAdvanceCmd) Help() string {
	return `Renewals, retries and all else that falls due happens in order, and each thing
is shown as it does. Ctrl-C stops the advance where it is.

Examples:
  sx clock advance 30d
  sx clock advance --to 2026-12-01T09:00:00Z --attempt-timeout 500ms
  sx clock advance 90d --no-wait`
}

// Validate wants one of the two ways to say how far.
func (c clockAdvanceCmd) Validate() error {
	switch {
	case (c.Duration == "") == (c.To == nil):
		return errors.New("say how far, as in sx clock advance 30d, or give --to TIME")
	case c.Wait < 0 || c.Wait > 60:
		return errors.New("--wait must be 0 to 60 seconds")
	case c.AttemptTimeout%time.Millisecond != 0:
		return errors.New("--attempt-timeout must be whole milliseconds, as in 500ms")
	default:
		return nil
	}
}

// Run moves the clock and follows what happens.
func (c clockAdvanceCmd) Run(term console) error {
	platform, err := c.control()
	if err != nil {
		return err
	}
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	op, err := c.advance(ctx, platform, c.onFired(term))
	if ctx.Err() != nil {
		op, err = stopAdvance(platform)
	}
	if err != nil {
		return err
	}
	return c.tell(term, op)
}

// onFired shows what happens, or nothing to readers of JSON.
func (c clockAdvanceCmd) onFired(term console) func(api.ClockFired) error {
	if c.JSON {
		return func(api.ClockFired) error { return nil }
	}
	return func(f api.ClockFired) error {
		_, err := fmt.Fprintln(term.out, firedLine(f))
		return err
	}
}

// advance returns the operation at its end, or as it starts with --no-wait.
func (c clockAdvanceCmd) advance(ctx context.Context, platform controlAPI, show func(api.ClockFired) error) (op api.ClockOperation, err error) {
	asked, cancel := context.WithTimeout(ctx, time.Duration(c.Wait)*time.Second+soon)
	defer cancel()
	op, err = callWithin[api.ClockOperation](asked, platform, http.MethodPost, "/clock/advance", c.input())
	switch {
	case err != nil || c.NoWait:
		return op, err
	case op.Status == api.ClockRunning:
		return follow(ctx, platform, op.OperationID, show)
	}
	for _, f := range op.Fired {
		if err := show(f); err != nil {
			return op, err
		}
	}
	return op, nil
}

func (c clockAdvanceCmd) input() api.ClockAdvance {
	in := api.ClockAdvance{By: c.Duration, To: c.To.wire(), WaitS: &c.Wait, ExpireRefreshTokens: c.ExpireRefreshTokens}
	if c.NoWait {
		in.WaitS = new(int)
	}
	if c.AttemptTimeout != 0 {
		ms := int(c.AttemptTimeout.Milliseconds())
		in.PerAttemptTimeoutMS = &ms
	}
	return in
}

// follow reads the progress of an operation: a line for each thing that
// happens and, as the last, the operation itself.
func follow(ctx context.Context, platform controlAPI, id int64, show func(api.ClockFired) error) (op api.ClockOperation, err error) {
	res, err := platform.send(ctx, http.MethodGet, operationPath(id)+"/progress", nil)
	if err != nil {
		return op, err
	}
	defer res.Body.Close()
	for lines := json.NewDecoder(res.Body); ; {
		var line struct {
			api.ClockFired
			api.ClockOperation
		}
		if err := lines.Decode(&line); err != nil {
			return op, fmt.Errorf("the progress broke off (%w); sx clock show tells how the clock stands", err)
		}
		if line.OperationID != 0 {
			return line.ClockOperation, nil
		}
		if err := show(line.ClockFired); err != nil {
			return op, err
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

// tell sums the operation up. One that did not reach its end is an error.
func (c clockAdvanceCmd) tell(term console, op api.ClockOperation) error {
	if c.JSON {
		if err := printJSON(term.out, op); err != nil {
			return err
		}
	}
	switch {
	case op.Status == api.ClockStopped:
		return fmt.Errorf("stopped at %s, on the way to %s; %s", clockTime(op.Now), clockTime(op.To), fired(op))
	case op.Status == api.ClockFailed:
		return fmt.Errorf("the advance failed at %s: %s", clockTime(op.Now), text(op.Error))
	case c.JSON:
		return nil
	case op.Status == api.ClockRunning:
		fmt.Fprintf(term.err, "Advance %d is on its way to %s. See how far it is with: sx clock show\n", op.OperationID, clockTime(op.To))
	default:
		fmt.Fprintf(term.err, "Business time is %s; %s.\n", clockTime(op.Now), fired(op))
	}
	return nil
}

package main

import (
	"context"
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
	op, err := c.move(term, platform)
	if err != nil {
		return err
	}
	return c.tell(term, op)
}

// move advances the clock until it arrives or is interrupted.
func (c clockAdvanceCmd) move(term console, platform controlAPI) (api.ClockOperation, error) {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	op, err := c.advance(ctx, platform, c.onFired(term))
	if ctx.Err() != nil {
		return stopAdvance(c.sandboxFlags, platform)
	}
	return op, err
}

// onFired shows what happens, or nothing to readers of JSON.
func (c clockAdvanceCmd) onFired(term console) func(api.ClockFired) {
	if c.JSON {
		return func(api.ClockFired) {}
	}
	return func(f api.ClockFired) { fmt.Fprintln(term.out, firedLine(f)) }
}

// advance returns the operation at its end, or as it starts with --no-wait.
func (c clockAdvanceCmd) advance(ctx context.Context, platform controlAPI, show func(api.ClockFired)) (op api.ClockOperation, err error) {
	asked, cancel := context.WithTimeout(ctx, time.Duration(c.Wait)*time.Second+patience)
	defer cancel()
	op, err = callContext[api.ClockOperation](asked, platform, http.MethodPost, "/clock/advance", c.input())
	if err != nil || c.NoWait {
		return op, err
	}
	if op.Status != api.ClockRunning {
		for _, f := range op.Fired {
			show(f)
		}
		return op, nil
	}
	if op, err = (&follower{platform: platform, id: op.OperationID, show: show, look: c.command("clock", "show")}).run(ctx); err != nil {
		return op, err
	}
	// The progress ends with the operation without its list.
	return callContext[api.ClockOperation](ctx, platform, http.MethodGet, operationPath(op.OperationID), nil)
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

// tell sums the operation up. One that did not reach its end is an error.
func (c clockAdvanceCmd) tell(term console, op api.ClockOperation) error {
	if c.JSON {
		if err := printJSON(term.out, op); err != nil {
			return err
		}
	}
	switch err := shortfall(op); {
	case err != nil || c.JSON:
		return err
	case op.Status == api.ClockRunning:
		fmt.Fprintf(term.err, "Advance %d is on its way to %s. See how far it is with: %s\n", op.OperationID, clockTime(op.To), c.command("clock", "show"))
	default:
		fmt.Fprintf(term.err, "Business time is %s; %s.\n", clockTime(op.Now), fired(op))
	}
	return nil
}

// shortfall is why an operation ended before its time.
func shortfall(op api.ClockOperation) error {
	switch op.Status {
	case api.ClockStopped:
		return fmt.Errorf("stopped at %s, on the way to %s; %s", clockTime(op.Now), clockTime(op.To), fired(op))
	case api.ClockFailed:
		return fmt.Errorf("the advance failed at %s: %s", clockTime(op.Now), text(op.Error))
	default:
		return nil
	}
}

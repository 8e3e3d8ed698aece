package main

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
)

type clockCmd struct {
	Show    clockShowCmd    `cmd:"" help:"Show business time and what waits for it."`
	Freeze  clockFreezeCmd  `cmd:"" help:"Stop business time."`
	Resume  clockResumeCmd  `cmd:"" help:"Let business time go on."`
	Advance clockAdvanceCmd `cmd:"" help:"Move business time forward; all that falls due happens on the way."`
	Stop    clockStopCmd    `cmd:"" help:"Stop an advance that is under way."`
}

type clockShowCmd struct{ sandboxFlags }

// Help shows how the command is used.
func (clockShowCmd) Help() string {
	return `Example:
  sx clock show`
}

// Run shows the clock.
func (c clockShowCmd) Run(term console) error {
	return ask(c.sandboxFlags, term, http.MethodGet, "/clock", nil, func(got api.SandboxClock) error {
		state := "running"
		if got.Frozen {
			state = "frozen"
		}
		fields := [][2]string{
			{"business time", clockTime(got.Now)}, {"machine time", clockTime(got.MachineTime)}, {"clock", state},
			{"next due", clockTimeOr(got.NextDueAt, "nothing waits")},
		}
		if o := got.Operation; o != nil {
			fields = append(fields, [2]string{"advance", fmt.Sprintf("%d, to %s, %s so far", o.OperationID, clockTime(o.To), fired(*o))})
		}
		return printFields(term.out, fields)
	})
}

type clockFreezeCmd struct {
	At *instant `help:"A later time to stop at, reached as by an advance; now when left out." placeholder:"TIME"`
	sandboxFlags
}

// Help shows how the command is used.
func (clockFreezeCmd) Help() string {
	return `Examples:
  sx clock freeze
  sx clock freeze --at 2026-12-01T09:00:00Z`
}

// Run stops business time, and moves it to where it is to stand.
func (c clockFreezeCmd) Run(term console) error {
	if c.At != nil {
		if err := c.reach(term); err != nil {
			return err
		}
	}
	return ask(c.sandboxFlags, term, http.MethodPost, "/clock/freeze", nil, func(got api.SandboxClock) error {
		_, err := fmt.Fprintf(term.err, "Business time is frozen at %s.\n", clockTime(got.Now))
		return err
	})
}

// reach freezes the clock first, so that it arrives at the exact time.
func (c clockFreezeCmd) reach(term console) error {
	platform, err := c.control()
	if err != nil {
		return err
	}
	clock, err := call[api.SandboxClock](platform, http.MethodGet, "/clock", nil)
	if err != nil {
		return err
	}
	if c.At.Before(clock.Now.Time) {
		return fmt.Errorf("business time is %s already, and moves forward only", clockTime(clock.Now))
	}
	if _, err := call[api.SandboxClock](platform, http.MethodPost, "/clock/freeze", nil); err != nil {
		return err
	}
	op, err := clockAdvanceCmd{To: c.At, Wait: 1, sandboxFlags: c.sandboxFlags}.move(term, platform)
	if err != nil {
		return err
	}
	return shortfall(op)
}

type clockResumeCmd struct{ sandboxFlags }

// Help shows how the command is used.
func (clockResumeCmd) Help() string {
	return `Business time goes on from where it stands.

Example:
  sx clock resume`
}

// Run lets business time go on.
func (c clockResumeCmd) Run(term console) error {
	return ask(c.sandboxFlags, term, http.MethodPost, "/clock/resume", nil, func(got api.SandboxClock) error {
		_, err := fmt.Fprintf(term.err, "Business time runs on from %s.\n", clockTime(got.Now))
		return err
	})
}

type clockStopCmd struct{ sandboxFlags }

// Help shows how the command is used.
func (clockStopCmd) Help() string {
	return `The clock stays where the advance has come to.

Example:
  sx clock stop`
}

// Run stops the advance under way.
func (c clockStopCmd) Run(term console) error {
	platform, err := c.control()
	if err != nil {
		return err
	}
	got, err := stopAdvance(c.sandboxFlags, platform)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(term.out, got)
	}
	_, err = fmt.Fprintf(term.err, "The advance is stopped at %s, on its way to %s; %s.\n", clockTime(got.Now), clockTime(got.To), fired(got))
	return err
}

// stopAdvance stops whatever advance is under way.
func stopAdvance(f sandboxFlags, platform controlAPI) (api.ClockOperation, error) {
	clock, err := call[api.SandboxClock](platform, http.MethodGet, "/clock", nil)
	if err != nil {
		return api.ClockOperation{}, err
	}
	if clock.Operation == nil {
		return api.ClockOperation{}, errors.New("no advance is under way; " + f.command("clock", "show") + " tells how the clock stands")
	}
	return call[api.ClockOperation](platform, http.MethodPost, operationPath(clock.Operation.OperationID)+"/stop", nil)
}

func operationPath(id int64) string { return fmt.Sprintf("/clock/operations/%d", id) }

// fired is how much happened.
func fired(o api.ClockOperation) string {
	if o.FiredCount == 0 {
		return "nothing happened"
	}
	return count(o.FiredCount, "thing") + " happened"
}

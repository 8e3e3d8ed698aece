package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
)

type doctorCmd struct {
	App   string `arg:"" optional:"" help:"Slug of an app to check too."`
	Store int64  `help:"Store whose installation is looked at; the first demo store when left out." placeholder:"N"`
	sandboxFlags
}

// Help shows how the command is used.
func (doctorCmd) Help() string {
	return `An app is checked from outside: what it registered, whether its page answers and
may be framed, whether it takes a signed webhook and refuses a forged one, and
how its deliveries fare. Its receiver gets two requests, both marked as a test:
a customers/data_request about a customer that does not exist.

Exits 1 when there is a problem.

Examples:
  sx doctor
  sx doctor my-app --store 23`
}

// Run checks the sandbox and, if one is named, an app.
func (c doctorCmd) Run(term console) error {
	state, err := c.running()
	if err != nil {
		return err
	}
	d := &doctor{
		sandboxFlags: c.sandboxFlags, ready: state.Ready, platform: controlOf(state), storeID: cmp.Or(c.Store, demo.FloristBD),
	}
	if err := d.knowsStore(); err != nil {
		return err
	}
	if answers := d.sandbox(); answers && c.App != "" {
		if err := d.app(c.App); err != nil {
			return err
		}
	}
	if c.JSON {
		err = printJSON(term.out, d.findings)
	} else {
		err = d.print(term.out)
	}
	if n := d.problems(); n > 0 {
		return errors.Join(err, errors.New(count(n, "problem")))
	}
	return err
}

// What a check can find.
const (
	stateOK      = "ok"
	stateWarning = "warning" // it works, and may surprise
	stateProblem = "problem"
)

// finding is the outcome of one check.
type finding struct {
	Check string `json:"check"`
	State string `json:"state"` // ok | warning | problem
	Text  string `json:"text"`
	Do    string `json:"do,omitempty"` // what to do about it
}

// doctor looks at a sandbox and an app, and collects what it finds.
type doctor struct {
	sandboxFlags
	ready    api.SandboxReady
	platform controlAPI
	storeID  int64
	now      api.Time    // business time
	rules    []api.Fault // that are not used up
	findings []finding
}

// knowsStore refuses a store that the sandbox does not have.
func (d *doctor) knowsStore() error {
	var ids []string
	for _, s := range d.ready.Stores {
		if s.StoreID == d.storeID {
			return nil
		}
		ids = append(ids, fmt.Sprint(s.StoreID))
	}
	return fmt.Errorf("there is no store %d; the stores are %s", d.storeID, strings.Join(ids, ", "))
}

func (d *doctor) ok(check, format string, args ...any) {
	d.findings = append(d.findings, finding{check, stateOK, fmt.Sprintf(format, args...), ""})
}

func (d *doctor) warning(check, do, format string, args ...any) {
	d.findings = append(d.findings, finding{check, stateWarning, fmt.Sprintf(format, args...), do})
}

func (d *doctor) problem(check, do, format string, args ...any) {
	d.findings = append(d.findings, finding{check, stateProblem, fmt.Sprintf(format, args...), do})
}

func (d *doctor) problems() (n int) {
	for _, f := range d.findings {
		if f.State == stateProblem {
			n++
		}
	}
	return n
}

// print writes a line for each finding, and one for what to do about it.
func (d *doctor) print(w io.Writer) error {
	for _, f := range d.findings {
		text := fmt.Sprintf("%-7s  %-13s  %s\n", f.State, f.Check, printable(f.Text))
		if f.Do != "" {
			text += fmt.Sprintf("%24s %s\n", "->", printable(f.Do))
		}
		if _, err := io.WriteString(w, text); err != nil {
			return err
		}
	}
	return nil
}

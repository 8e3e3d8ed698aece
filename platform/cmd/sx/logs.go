package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/selorax/sandbox/platform/internal/sandbox/supervise"
)

// programNames are the programs of a sandbox, in the order of their colours.
func programNames() []string { return []string{"platform", "dashboard", "sampleapp"} }

type logsCmd struct {
	Programs []string `arg:"" optional:"" name:"program" help:"Only these: platform, dashboard, sampleapp."`
	Follow   bool     `short:"f" help:"Go on with new lines, over restarts of the sandbox too."`
	Lines    int      `short:"n" help:"How many of the last lines to begin with." default:"50"`
	sandboxFlags
}

// Help shows how the command is used.
func (logsCmd) Help() string {
	return `What the programs wrote since the last start, also when they no longer run. Lines
are shortened; --json has all of them. Ctrl-C ends it.

Examples:
  sx logs
  sx logs platform --follow
  sx logs --lines 1000 --json`
}

// Validate refuses programs that a sandbox does not have.
func (c logsCmd) Validate() error {
	for _, name := range c.Programs {
		if !slices.Contains(programNames(), name) {
			return fmt.Errorf("there is no program %q%s; the programs are %s", name, didYouMean(name, programNames()), strings.Join(programNames(), ", "))
		}
	}
	if c.Lines < 0 {
		return errors.New("--lines must be 0 or more")
	}
	return nil
}

// Run shows the log.
func (c logsCmd) Run(term console) error {
	t, err := openTail(c.dir())
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no log in %s; a sandbox writes one: %s", c.dir(), c.command("up"))
	}
	if err != nil {
		return err
	}
	defer t.close()
	show := c.printer(term)
	last, err := t.last(c.Lines, c.wants)
	if err != nil {
		return err
	}
	for _, line := range last {
		if err := show(line); err != nil {
			return err
		}
	}
	if !c.Follow {
		return nil
	}
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	return t.follow(ctx, func(line logLine) error {
		if !c.wants(line) {
			return nil
		}
		return show(line)
	})
}

func (c logsCmd) wants(line logLine) bool {
	return len(c.Programs) == 0 || slices.Contains(c.Programs, line.Program)
}

// logLine is a line of sandbox.log.
type logLine struct{ Program, Text string }

func parseLogLine(line string) logLine {
	program, text, _ := strings.Cut(line, supervise.FileMark)
	return logLine{Program: program, Text: text}
}

// printer shows lines in the form that was asked for.
func (c logsCmd) printer(term console) func(logLine) error {
	if c.JSON {
		return func(line logLine) error { return printJSON(term.out, line.object()) }
	}
	log := &supervise.Log{Out: term.out, Colour: term.colourOut, Width: len("dashboard"), Short: short}
	columns := map[string]*supervise.Column{}
	for _, name := range programNames() {
		columns[name] = log.Column(name)
	}
	return func(line logLine) error {
		if columns[line.Program] == nil {
			columns[line.Program] = log.Column(line.Program)
		}
		_, err := fmt.Fprintln(columns[line.Program], line.Text)
		return err
	}
}

// loggedLine is a line in JSON. What is no record has its text alone.
type loggedLine struct {
	Program string            `json:"program"`
	Time    *time.Time        `json:"time,omitempty"`
	Level   string            `json:"level,omitempty"`
	Message string            `json:"message,omitempty"`
	Fields  map[string]string `json:"fields,omitempty"`
	Text    string            `json:"text,omitempty"`
}

func (l logLine) object() loggedLine {
	r, ok := parseRecord(l.Text)
	if !ok {
		return loggedLine{Program: l.Program, Text: l.Text}
	}
	out := loggedLine{Program: l.Program, Time: &r.Time, Level: r.Level, Message: r.Message, Fields: map[string]string{}}
	for _, f := range r.Fields {
		out.Fields[f.Name] = f.Value
	}
	return out
}

package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/sandbox/local"
	"github.com/selorax/sandbox/platform/internal/sandbox/supervise"
)

type upCmd struct {
	sandboxFlags
	PlatformAddr  string `help:"Address of the platform; port 0 picks a free one. Default: 127.0.0.1:5001, with --name a free port that stays." placeholder:"HOST:PORT"`
	DashboardAddr string `help:"Address of the dashboard. Default: 127.0.0.1:5080, or as above." placeholder:"HOST:PORT"`
	AppAddr       string `help:"Address of the sample app. Default: 127.0.0.1:5010, or as above." placeholder:"HOST:PORT"`
	NoApp         bool   `help:"Leave the sample app out."`
	DatabaseURL   string `help:"Database of the platform, sqlite:FILE or postgres://…; without it, a file in the data directory." placeholder:"URL"`
	platformFlags
	Log  string `help:"What to show of the programs' logs: text (shortened), json or none." enum:"text,json,none" default:"text"`
	Stay bool   `help:"Keep running when the program that started this one ends (as under nohup)."`
	Bin  string `help:"Directory of the programs; without it, the one of sx." placeholder:"DIR" hidden:""`
}

// Help shows how the command is used.
func (upCmd) Help() string {
	return `Ctrl-C, SIGTERM or the end of the program that started sx stops everything.
The data is kept and the next start goes on with it; sx logs shows the log. With
--json, one line tells how to reach it once everything answers.

Examples:
  sx up
  sx up --name trial
  sx up --start-at 2026-03-01T12:00:00Z --data /tmp/march
  sx up --platform-addr 127.0.0.1:0 --dashboard-addr 127.0.0.1:0 --no-app
  sx up --data /tmp/ci --json --log none > ready.json`
}

// Run starts the sandbox and returns after it has stopped.
func (c upCmd) Run(term console) error {
	ctx, cancel := c.lifetime()
	defer cancel()
	bin, err := c.bin()
	if err != nil {
		return err
	}
	return local.Up(ctx, local.Config{
		Data:          c.dir(),
		Name:          string(c.Name),
		PlatformArgs:  c.args(),
		Bin:           bin,
		PlatformAddr:  c.PlatformAddr,
		DashboardAddr: c.DashboardAddr,
		AppAddr:       c.AppAddr,
		NoApp:         c.NoApp,
		DatabaseURL:   c.DatabaseURL,
		LogFormat:     c.logFormat(),
		Log:           c.log(term),
		Started:       term.started,
	}, func(ready api.SandboxReady) error {
		if c.JSON {
			return printJSON(term.out, ready)
		}
		return block{Ready: ready, Sandbox: c.sandboxFlags, Command: os.Args[0], Colour: term.colour}.write(term.err)
	})
}

// lifetime returns a context that ends with the first signal, or with the
// parent process. A second signal ends sx at once.
func (c upCmd) lifetime() (context.Context, context.CancelFunc) {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	nohup := signal.Ignored(syscall.SIGHUP)
	if !nohup {
		signals = append(signals, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(context.Background(), signals...)
	context.AfterFunc(ctx, stop)
	if c.Stay || nohup {
		return ctx, stop
	}
	return supervise.WithParent(ctx)
}

func (c upCmd) bin() (string, error) {
	if c.Bin != "" {
		return c.Bin, nil
	}
	exe, err := os.Executable()
	return filepath.Dir(exe), err
}

func (c upCmd) logFormat() string {
	if c.Log == "json" {
		return "json"
	}
	return "text"
}

func (c upCmd) log(term console) *supervise.Log {
	log := &supervise.Log{Out: term.err, Colour: term.colour, Plain: c.Log == "json", Width: len("dashboard")}
	switch c.Log {
	case "text":
		log.Short = short
	case "none":
		log.Out = io.Discard
	}
	return log
}

package main

import (
	"errors"
	"io"
	"os"
	"time"

	"github.com/alecthomas/kong"

	"github.com/selorax/sandbox/platform/internal/sandbox/local"
)

// version is set by the linker: -X main.version=…
var version = "dev"

// Exit codes beyond 0 and those of kong for bad arguments.
const (
	exitFailed     = 1
	exitNotRunning = 3
)

const description = `Run and inspect a local SeloraX sandbox.

Exit codes: 0 done, 1 failed, 3 no sandbox is running, 80 wrong arguments.
Every flag has an environment variable, shown in brackets; the flag wins.`

type cli struct {
	Up         upCmd         `cmd:"" help:"Start the platform, the dashboard and the sample app."`
	Status     statusCmd     `cmd:"" help:"Say whether the sandbox runs and its programs answer."`
	List       listCmd       `cmd:"" help:"List the sandboxes of this directory."`
	Logs       logsCmd       `cmd:"" help:"Show what the programs of the sandbox write."`
	Env        envCmd        `cmd:"" help:"Print an app's environment for eval."`
	App        appCmd        `cmd:"" help:"Register apps and look at them."`
	Install    installCmd    `cmd:"" help:"Install an app on a store."`
	Uninstall  uninstallCmd  `cmd:"" help:"Uninstall an app from a store."`
	Doctor     doctorCmd     `cmd:"" help:"Check the sandbox, and an app from outside."`
	Listen     listenCmd     `cmd:"" help:"Show events as they happen and forward them to your app."`
	Trigger    triggerCmd    `cmd:"" help:"Make an event happen, by a real change."`
	Events     eventsCmd     `cmd:"" help:"See what happened and deliver it again."`
	Deliveries deliveriesCmd `cmd:"" help:"See what was sent to apps and what they answered."`
	Webhook    webhookCmd    `cmd:"" help:"Explain signatures of webhooks."`
	Clock      clockCmd      `cmd:"" help:"Move business time."`
	Fault      faultCmd      `cmd:"" help:"Make webhooks and API calls fail, by rules."`
	Seed       seedCmd       `cmd:"" help:"Add records to a store."`
	Reset      resetCmd      `cmd:"" help:"Put the data of the first start back."`
	Snapshot   snapshotCmd   `cmd:"" help:"Keep copies of the data and go back to them."`
	Completion completionCmd `cmd:"" help:"Print the completion script of a shell."`
	Complete   completeCmd   `cmd:"" hidden:"" help:"Print what may come next on a command line."`
	Version    versionCmd    `cmd:"" help:"Print the version."`
}

// console is where a command writes, data to out and text for people to err,
// and where it reads their answers.
type console struct {
	in        io.Reader
	out, err  io.Writer
	asks      bool // in is a terminal: somebody can answer
	colour    bool // err is a terminal that wants colour
	colourOut bool // out is one
	started   time.Time
}

func main() {
	term := console{
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
		asks: isTerminal(os.Stdin), colour: wantsColour(os.Stderr), colourOut: wantsColour(os.Stdout), started: time.Now(),
	}
	var c cli
	parser := kong.Must(&c, kong.Name("sx"), kong.Description(description), kong.DefaultEnvars("SX"), choices(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	parsed, err := parser.Parse(os.Args[1:])
	parser.FatalIfErrorf(explainName(err))
	err = parsed.Run(term)
	if err != nil {
		parsed.Errorf("%s", err)
	}
	os.Exit(exitCode(err))
}

func exitCode(err error) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, local.ErrNotRunning), errors.Is(err, local.ErrStarting):
		return exitNotRunning
	default:
		return exitFailed
	}
}

// wantsColour follows no-color.org: a terminal gets colour unless NO_COLOR is
// set to anything.
func wantsColour(f *os.File) bool {
	return isTerminal(f) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// isTerminal takes every character device for one but that which is empty.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

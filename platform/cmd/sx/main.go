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
	Up      upCmd      `cmd:"" help:"Start the platform, the dashboard and the sample app."`
	Env     envCmd     `cmd:"" help:"Print an app's environment for eval."`
	App     appCmd     `cmd:"" help:"Register apps and look at them."`
	Status  statusCmd  `cmd:"" help:"Say whether the sandbox runs and its programs answer."`
	Version versionCmd `cmd:"" help:"Print the version."`
}

// console is where a command writes: data to out, text for people to err.
type console struct {
	out, err io.Writer
	colour   bool // err is a terminal that wants colour
	started  time.Time
}

func main() {
	term := console{out: os.Stdout, err: os.Stderr, colour: wantsColour(os.Stderr), started: time.Now()}
	var c cli
	parsed := kong.Parse(&c, kong.Name("sx"), kong.Description(description), kong.DefaultEnvars("SX"),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	err := parsed.Run(term)
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
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

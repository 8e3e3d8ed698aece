package main

import (
	"github.com/alecthomas/kong"
)

// version is set by the build.
var version = "dev"

type cli struct {
	Serve       serve       `cmd:"" help:"Serve until interrupted."`
	Healthcheck healthcheck `cmd:"" help:"Ask the server on --addr whether it is ready; exit code 0 if so."`
	Env         env         `cmd:"" help:"Print the environment of a demo app."`
	// No environment variable: PLATFORM_VERSION is set on many machines.
	Version kong.VersionFlag `help:"Print the version and exit." env:"-"`
}

var options = []kong.Option{
	kong.Name("platform"),
	kong.Description("The SeloraX platform of a sandbox. Flags win over environment variables, which win over defaults."),
	kong.DefaultEnvars("PLATFORM"),
	kong.Vars{"version": version},
	kong.UsageOnError(),
}

func main() {
	ctx := kong.Parse(&cli{}, options...)
	ctx.FatalIfErrorf(ctx.Run())
}

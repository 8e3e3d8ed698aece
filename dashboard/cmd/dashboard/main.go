// Command dashboard serves the merchant's dashboard: pages drawn on the
// server, and the way of their scripts to the platform.
package main

import (
	"github.com/alecthomas/kong"
)

// version is set by the build.
var version = "dev"

type cli struct {
	Serve       serve            `cmd:"" help:"Serve until interrupted."`
	Healthcheck healthcheck      `cmd:"" help:"Ask the server on --addr whether it is ready; exit code 0 if so."`
	Version     kong.VersionFlag `help:"Print the version and exit." env:"-"`
}

func main() {
	ctx := kong.Parse(&cli{},
		kong.Name("dashboard"),
		kong.Description("The merchant's dashboard of a sandbox. Flags win over environment variables, which win over defaults."),
		kong.DefaultEnvars("DASHBOARD"),
		kong.Vars{"version": version},
		kong.UsageOnError())
	ctx.FatalIfErrorf(ctx.Run())
}

package main

import "github.com/alecthomas/kong"

// version is set by the build.
var version = "dev"

type cli struct {
	Serve       serve            `cmd:"" help:"Serve until interrupted."`
	Healthcheck healthcheck      `cmd:"" help:"Ask the server on --addr whether it is ready; exit code 0 if so."`
	Version     kong.VersionFlag `help:"Print the version and exit."`
}

func main() {
	ctx := kong.Parse(&cli{},
		kong.Name("sampleapp"),
		kong.Description("Restock, a sample app for SeloraX stores. Flags win over environment variables, which win over defaults."),
		kong.Vars{"version": version},
		kong.UsageOnError())
	ctx.FatalIfErrorf(ctx.Run())
}

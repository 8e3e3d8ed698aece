package main

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

// version is set by the build.
var version = "dev"

type cli struct {
	Serve   serve            `cmd:"" help:"Serve until interrupted."`
	Version kong.VersionFlag `help:"Print the version and exit."`
}

func main() {
	ctx := kong.Parse(&cli{},
		kong.Name("sampleapp"),
		kong.Description("Restock, a sample app for SeloraX stores. Flags win over environment variables, which win over defaults. Secrets come from the environment only."),
		kong.Vars{"version": version},
		kong.UsageOnError())
	ctx.FatalIfErrorf(ctx.Run())
}

// missing says which of the required variables are empty.
func missing(values map[string]string, order []string) error {
	var names []string
	for _, name := range order {
		if values[name] == "" {
			names = append(names, name)
		}
	}
	if names == nil {
		return nil
	}
	return fmt.Errorf("set %s: the platform shows them when the app is registered; in a sandbox run: eval \"$(sx env --app restock)\"", strings.Join(names, ", "))
}

package main

import (
	"fmt"
	"runtime"
)

type versionCmd struct {
	JSON bool `help:"Print a JSON object."`
}

// Run prints the version of sx and of Go.
func (c versionCmd) Run(term console) error {
	if c.JSON {
		return printJSON(term.out, map[string]string{"version": version, "go": runtime.Version()})
	}
	_, err := fmt.Fprintf(term.out, "sx %s (%s, %s/%s)\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

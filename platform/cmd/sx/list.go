package main

import (
	"errors"
	"fmt"

	"github.com/selorax/sandbox/platform/internal/sandbox/local"
)

type listCmd struct {
	Data string `help:"Directory that keeps the sandboxes' data." default:"data"`
	JSON bool   `help:"Print JSON on standard output, and nothing else there."`
}

// Help shows how the command is used.
func (listCmd) Help() string {
	return `The sandbox without a name comes first.

Example:
  sx list --json`
}

// listedSandbox is one sandbox below a data directory.
type listedSandbox struct {
	Name         string `json:"name"` // "" for the one without
	Running      bool   `json:"running"`
	Starting     bool   `json:"starting,omitempty"` // not all of it answers yet
	DashboardURL string `json:"dashboard_url,omitempty"`
}

// Run lists the sandboxes.
func (c listCmd) Run(term console) error {
	all := listed(c.Data)
	if c.JSON {
		return printJSON(term.out, all)
	}
	for _, one := range all {
		name, state := one.Name, "stopped"
		if name == "" {
			name = "(no name)"
		}
		switch {
		case one.Running:
			state = "running"
		case one.Starting:
			state = "starting"
		}
		fmt.Fprintf(term.out, "%-30s  %-8s  %s\n", name, state, one.DashboardURL)
	}
	return nil
}

// listed finds the sandboxes below a data directory.
func listed(data string) []listedSandbox {
	names, _ := local.Dir(data).Names() // a directory that cannot be read holds none
	all := []listedSandbox{described(local.Dir(data), "")}
	for _, name := range names {
		all = append(all, described(local.Dir(data).Named(name), name))
	}
	return all
}

func described(dir local.Dir, name string) listedSandbox {
	state, err := dir.Running()
	return listedSandbox{Name: name, Running: err == nil, Starting: errors.Is(err, local.ErrStarting), DashboardURL: state.Ready.DashboardURL}
}

package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"github.com/selorax/sandbox/platform/api"
)

type snapshotCmd struct {
	Save   snapshotSaveCmd   `cmd:"" help:"Keep a copy of all data, the clock included."`
	Load   snapshotLoadCmd   `cmd:"" help:"Go back to a copy."`
	List   snapshotListCmd   `cmd:"" help:"List the copies."`
	Delete snapshotDeleteCmd `cmd:"" help:"Delete a copy."`
}

type snapshotSaveCmd struct {
	Label   string `arg:"" name:"name" help:"Its name: a-z, 0-9 and -, up to 40 characters."`
	Replace bool   `help:"Overwrite a snapshot of that name."`
	sandboxFlags
}

// Help shows how the command is used.
func (snapshotSaveCmd) Help() string {
	return `Example:
  sx snapshot save before-renewal`
}

// Run stores a copy of the data.
func (c snapshotSaveCmd) Run(term console) error {
	in := api.NewSnapshot{Name: c.Label, Replace: c.Replace}
	return ask(c.sandboxFlags, term, http.MethodPost, "/snapshots", in, func(got api.Snapshot) error {
		return tellSnapshot(term, got, "Saved")
	})
}

type snapshotLoadCmd struct {
	Label string `arg:"" name:"name" help:"Name of the snapshot."`
	sandboxFlags
}

// Help shows how the command is used.
func (snapshotLoadCmd) Help() string {
	return `All that changed since is lost, and business time goes back to that of the copy.

Example:
  sx snapshot load before-renewal`
}

// Run puts a copy of the data in place of what is there.
func (c snapshotLoadCmd) Run(term console) error {
	return ask(c.sandboxFlags, term, http.MethodPost, snapshotPath(c.Label)+"/load", nil, func(got api.Snapshot) error {
		return tellSnapshot(term, got, "Loaded")
	})
}

func tellSnapshot(term console, s api.Snapshot, done string) error {
	_, err := fmt.Fprintf(term.err, "%s %s: %s, business time %s.\n", done, s.Name, size(s.Bytes), clockTime(s.BusinessTime))
	return err
}

type snapshotListCmd struct{ sandboxFlags }

// Help shows how the command is used.
func (snapshotListCmd) Help() string {
	return `Example:
  sx snapshot list --json`
}

// Run lists the copies.
func (c snapshotListCmd) Run(term console) error {
	return ask(c.sandboxFlags, term, http.MethodGet, "/snapshots", nil, func(all []api.Snapshot) error {
		if len(all) == 0 {
			_, err := fmt.Fprintln(term.err, "There is no snapshot yet. Make one with: "+c.command("snapshot", "save", "NAME"))
			return err
		}
		var rows [][]string
		for _, s := range all {
			rows = append(rows, []string{s.Name, clockTime(s.BusinessTime), clockTime(s.CreatedAt), size(s.Bytes)})
		}
		return printTable(term.out, []string{"NAME", "BUSINESS TIME", "SAVED AT", "SIZE"}, rows)
	})
}

type snapshotDeleteCmd struct {
	Label string `arg:"" name:"name" help:"Name of the snapshot."`
	sandboxFlags
}

// Help shows how the command is used.
func (snapshotDeleteCmd) Help() string {
	return `Example:
  sx snapshot delete before-renewal`
}

// Run deletes a copy.
func (c snapshotDeleteCmd) Run(term console) error {
	return ask(c.sandboxFlags, term, http.MethodDelete, snapshotPath(c.Label), nil, func(json.RawMessage) error {
		_, err := fmt.Fprintf(term.err, "Deleted the snapshot %s.\n", c.Label)
		return err
	})
}

func snapshotPath(name string) string { return "/snapshots/" + url.PathEscape(name) }

// size is a number of bytes as people read it.
func size(bytes int64) string {
	const kB, MB = 1_000, 1_000_000
	if bytes >= MB {
		return fmt.Sprintf("%.1f MB", float64(bytes)/MB)
	}
	return fmt.Sprintf("%.1f kB", float64(bytes)/kB)
}

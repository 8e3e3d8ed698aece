package main

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
)

// block is what a person reads once the sandbox is ready.
type block struct {
	Ready   api.SandboxReady
	Sandbox sandboxFlags
	Command string // how sx was called
	Colour  bool
}

func (b block) write(w io.Writer) error {
	r := b.Ready
	rows := [][3]string{
		{"Dashboard", r.DashboardURL, "the merchant's admin: start here"},
		{"Platform", r.PlatformURL, "for your server: " + r.APIURL},
		{"API", r.PlatformURL + "/api/docs", "every route, to read and to try"},
	}
	if r.AppURL != "" {
		rows = append(rows, [3]string{"Restock", r.AppURL, "the sample app"})
	}
	rows = append(rows, [3]string{})
	for i, l := range r.Logins {
		rows = append(rows, [3]string{pick(i == 0, "Sign in"), l.Email, b.stores(l)})
	}
	rows = append(rows, [3]string{"Password", demo.Password, ""}, [3]string{})
	if app, err := find(r.Apps, demo.Restock); err == nil {
		rows = append(rows, [3]string{"Restock's id", app.ClientID, "its secrets: " + b.env(app.Slug)})
	}
	rows = append(rows,
		[3]string{"Your app", fmt.Sprintf(`eval "$(%s)"`, b.env(demo.MyApp)), "then serve it on " + demo.MyAppURL},
		[3]string{},
		[3]string{"Stop", "Ctrl-C", "the data stays in " + filepath.Clean(string(b.Sandbox.dir()))})
	_, err := fmt.Fprintf(w, "\n%s\n\n%s\n", b.bold(fmt.Sprintf("SeloraX Sandbox is ready in %d ms.", r.ReadyMS)), b.table(rows))
	return err
}

// table sets the rows in three columns; an empty row is an empty line.
func (b block) table(rows [][3]string) string {
	var width [2]int
	for _, r := range rows {
		width[0], width[1] = max(width[0], len(r[0])), max(width[1], len(r[1]))
	}
	var text strings.Builder
	for _, r := range rows {
		// Padding comes before the colour, whose bytes take no room.
		line := fmt.Sprintf("  %s  %-*s  %s", b.dim(fmt.Sprintf("%-*s", width[0], r[0])), width[1], r[1], b.dim(r[2]))
		text.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return text.String()
}

func (b block) stores(l api.SandboxLogin) string {
	var names []string
	for _, s := range b.Ready.Stores {
		for _, id := range l.StoreIDs {
			if id == s.StoreID {
				names = append(names, s.Name)
			}
		}
	}
	text := strings.Join(names, ", ")
	if len(names) == len(b.Ready.Stores) {
		text = "all stores"
	}
	for _, role := range l.Roles {
		if role == api.RoleDeveloper {
			text += ", developer tools"
		}
	}
	return text
}

// env is the command that prints an app's environment.
func (b block) env(slug string) string {
	words := []string{cmp.Or(b.Command, "sx"), "env"}
	if slug != demo.MyApp {
		words = append(words, "--app", slug)
	}
	return strings.Join(append(words, b.Sandbox.words()...), " ")
}

func (b block) bold(s string) string { return b.paint("\x1b[1m", s) }
func (b block) dim(s string) string  { return b.paint("\x1b[2m", s) }

func (b block) paint(code, s string) string {
	if !b.Colour || s == "" {
		return s
	}
	return code + s + "\x1b[0m"
}

func pick(first bool, label string) string {
	if first {
		return label
	}
	return ""
}

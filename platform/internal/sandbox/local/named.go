package local

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
)

// name is the form of a sandbox's name: it becomes a part of host names.
var name = regexp.MustCompile(`^[a-z][a-z0-9-]{0,29}$`)

// CheckName says what is wrong with a sandbox's name.
func CheckName(text string) error {
	if !name.MatchString(text) {
		return fmt.Errorf("%q is no name for a sandbox: use 1 to 30 of a-z, 0-9 and -, beginning with a letter", text)
	}
	return nil
}

// Named is the data directory of a sandbox beside others, below theirs.
func (d Dir) Named(name string) Dir { return Dir(filepath.Join(string(d), "sandboxes", name)) }

// Names lists the named sandboxes below a directory, running or not.
func (d Dir) Names() (names []string, err error) {
	entries, err := os.ReadDir(filepath.Join(string(d), "sandboxes"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for _, e := range entries {
		if e.IsDir() && name.MatchString(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names, err
}

// addresses are where the programs listen.
type addresses struct {
	Platform  string `json:"platform"`
	Dashboard string `json:"dashboard"`
	App       string `json:"app"`
}

func (d Dir) ports() string { return filepath.Join(string(d), "ports.json") }

// kept returns the addresses of the last start, or ones that let the system
// choose.
func (d Dir) kept() (a addresses) {
	text, err := os.ReadFile(d.ports())
	if err != nil || json.Unmarshal(text, &a) != nil {
		a = addresses{}
	}
	for _, addr := range []*string{&a.Platform, &a.Dashboard, &a.App} {
		if *addr == "" {
			*addr = "127.0.0.1:0"
		}
	}
	return a
}

// keep remembers the addresses, so that a named sandbox is found where it was.
func (d Dir) keep(s sockets) error {
	a := d.kept()
	a.Platform, a.Dashboard = s.platform.Addr().String(), s.dashboard.Addr().String()
	if s.app != nil {
		a.App = s.app.Addr().String()
	}
	text, err := json.Marshal(a)
	if err != nil {
		return err
	}
	return os.WriteFile(d.ports(), append(text, '\n'), 0o600)
}

// choose fills in the addresses that were not given: the usual ones, or those
// that a named sandbox had before.
func (c *Config) choose() {
	usual := addresses{Platform: "127.0.0.1:5001", Dashboard: "127.0.0.1:5080", App: "127.0.0.1:5010"}
	if c.Name != "" {
		usual = c.Data.kept()
	}
	for _, a := range []struct{ given, otherwise *string }{
		{&c.PlatformAddr, &usual.Platform}, {&c.DashboardAddr, &usual.Dashboard}, {&c.AppAddr, &usual.App},
	} {
		if *a.given == "" {
			*a.given = *a.otherwise
		}
	}
}

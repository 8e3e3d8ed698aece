package main

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

type statusCmd struct{ sandboxFlags }

// health is the state of one program.
type health struct {
	Name  string `json:"name"`
	URL   string `json:"url"`
	Ready bool   `json:"ready"`
}

// Help shows how the command is used.
func (statusCmd) Help() string {
	return `Exits 0 if every program answers, 1 if one does not, 3 if no sandbox is running.

Example:
  sx status --json`
}

// Run asks every program of the sandbox whether it is ready.
func (c statusCmd) Run(term console) error {
	state, err := c.running()
	if err != nil {
		return err
	}
	programs := look(state.Ready)
	if c.JSON {
		err = printJSON(term.out, map[string]any{"pid": state.PID, "programs": programs})
	} else {
		for _, p := range programs {
			fmt.Fprintf(term.out, "%-9s  %-9s  %s\n", p.Name, word(p.Ready), p.URL)
		}
	}
	for _, p := range programs {
		if !p.Ready {
			err = errors.Join(err, fmt.Errorf("%s does not answer", p.Name))
		}
	}
	return err
}

func look(r api.SandboxReady) []health {
	all := []health{{Name: "platform", URL: r.PlatformURL}, {Name: "dashboard", URL: r.DashboardURL}}
	if r.AppURL != "" {
		all = append(all, health{Name: "sampleapp", URL: r.AppURL})
	}
	client := &http.Client{Timeout: 3 * time.Second}
	for i := range all {
		all[i].Ready = ready(client, all[i].URL)
	}
	return all
}

// ready asks over the loopback address, since *.localhost resolves in
// browsers only.
func ready(client *http.Client, base string) bool {
	u, err := url.Parse(base)
	if err != nil {
		return false
	}
	u.Host = net.JoinHostPort("127.0.0.1", u.Port())
	res, err := client.Get(u.JoinPath("readyz").String())
	if err != nil {
		return false
	}
	res.Body.Close()
	return res.StatusCode == http.StatusOK
}

func word(ready bool) string {
	if ready {
		return "ready"
	}
	return "not ready"
}

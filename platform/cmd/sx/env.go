package main

import (
	"fmt"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/sandbox/credentials"
	"github.com/selorax/sandbox/platform/internal/sandbox/local"
)

type envCmd struct {
	App string `help:"Slug of the app." default:"my-app"`
	sandboxFlags
}

// Help shows how the command is used.
func (envCmd) Help() string {
	return `The variables are those an app reads in production, so it runs unchanged.
The sandbox has to be running.

Examples:
  eval "$(sx env)"
  sx env --app restock --json`
}

// Run prints the variables of one app.
func (c envCmd) Run(term console) error {
	state, err := c.running()
	if err != nil {
		return err
	}
	secrets, err := c.credentials()
	if err != nil {
		return err
	}
	app, err := find(local.Apps(secrets), c.App)
	if err != nil {
		return err
	}
	vars := local.Environment(state.Ready.APIURL, credentials.App{
		ClientID: app.ClientID, ClientSecret: app.ClientSecret,
		SessionSigningKey: app.SessionSigningKey, WebhookSecret: app.WebhookSecret,
	})
	if c.JSON {
		return printJSON(term.out, object(vars))
	}
	for _, v := range vars {
		name, value, _ := strings.Cut(v, "=")
		fmt.Fprintf(term.out, "export %s='%s'\n", name, strings.ReplaceAll(value, "'", `'\''`))
	}
	return nil
}

func find(apps []api.SandboxApp, slug string) (api.SandboxApp, error) {
	var known []string
	for _, a := range apps {
		if a.Slug == slug {
			return a, nil
		}
		known = append(known, a.Slug)
	}
	return api.SandboxApp{}, fmt.Errorf("there is no app %q; the apps are %s", slug, strings.Join(known, ", "))
}

func object(vars []string) map[string]string {
	o := map[string]string{}
	for _, v := range vars {
		name, value, _ := strings.Cut(v, "=")
		o[name] = value
	}
	return o
}

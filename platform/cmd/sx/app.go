package main

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/sandbox/credentials"
	"github.com/selorax/sandbox/platform/internal/sandbox/local"
)

type appCmd struct {
	Create       appCreateCmd `cmd:"" help:"Register an app."`
	List         appListCmd   `cmd:"" help:"List the apps of the sandbox."`
	Show         appShowCmd   `cmd:"" help:"Show the record of one app."`
	RotateSecret appRotateCmd `cmd:"" help:"Give an app a new client secret."`
}

type appListCmd struct{ sandboxFlags }

// Run lists the apps.
func (c appListCmd) Run(term console) error {
	return ask(c.sandboxFlags, term, http.MethodGet, "/apps", nil, func(apps []api.App) error {
		var rows [][]string
		for _, a := range apps {
			rows = append(rows, []string{fmt.Sprint(a.AppID), a.Slug, a.ReviewStatus, listing(a), a.Name})
		}
		return printTable(term.out, []string{"ID", "APP", "REVIEW", "LISTED", "NAME"}, rows)
	})
}

func listing(a api.App) string {
	if a.IsListed {
		return "listed"
	}
	return "unlisted"
}

type appShowCmd struct {
	Slug string `arg:"" help:"Slug of the app."`
	sandboxFlags
}

// Run shows one app.
func (c appShowCmd) Run(term console) error {
	return ask(c.sandboxFlags, term, http.MethodGet, appPath(c.Slug), nil, func(a api.App) error {
		return printFields(term.out, [][2]string{
			{"name", a.Name}, {"app id", fmt.Sprint(a.AppID)}, {"client id", a.ClientID},
			{"review", a.ReviewStatus + ", " + listing(a)}, {"app URL", a.AppURL}, {"redirect URLs", strings.Join(a.RedirectURLs, " ")},
			{"scopes", a.RequestedScopes.String()}, {"webhook URL", text(a.WebhookURL)}, {"receive URL", text(a.WebhookReceiveURL)},
			{"topics", strings.Join(a.WebhookTopics, " ")},
		})
	})
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

type appRotateCmd struct {
	Slug string `arg:"" help:"Slug of the app."`
	sandboxFlags
}

// Help shows how the command is used.
func (appRotateCmd) Help() string {
	return `The old secret ends at once; tokens go on. The new one is in the credentials
file, where sx env finds it: start the app again with it.

Example:
  sx app rotate-secret my-app && eval "$(sx env)"`
}

// Run rotates the client secret of an app whose credentials are in the file.
func (c appRotateCmd) Run(term console) error {
	platform, err := c.control()
	if err != nil {
		return err
	}
	var out api.RotatedSecret
	err = c.update(func(f *credentials.File) error {
		if _, err := find(local.Apps(*f), c.Slug); err != nil {
			return fmt.Errorf("the credentials of %s are not kept here: %w", c.Slug, err)
		}
		if out, err = call[api.RotatedSecret](platform, http.MethodPost, appPath(c.Slug)+"/rotate-secret", nil); err != nil {
			return err
		}
		own := f.Apps[c.Slug]
		own.ClientSecret = out.ClientSecret
		f.Apps[c.Slug] = own
		return nil
	})
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(term.out, out)
	}
	fmt.Fprintf(term.err, "%s has a new client secret. Give it to the app: eval \"$(%s)\"\n", c.Slug, block{Sandbox: c.sandboxFlags}.env(c.Slug))
	return nil
}

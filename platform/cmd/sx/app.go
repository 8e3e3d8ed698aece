package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
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

type appListCmd struct {
	Data string `help:"Data directory of the sandbox." default:"data"`
	JSON bool   `help:"Print a JSON array."`
}

// Run lists the apps.
func (c appListCmd) Run(term console) error {
	platform, _, err := control(c.Data)
	if err != nil {
		return err
	}
	apps, err := call[[]api.App](platform, http.MethodGet, "/apps", nil)
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(term.out).Encode(apps)
	}
	for _, a := range apps {
		fmt.Fprintf(term.out, "%4d  %-24s  %-9s  %-8s  %s\n", a.AppID, a.Slug, a.ReviewStatus, listing(a), a.Name)
	}
	return nil
}

func listing(a api.App) string {
	if a.IsListed {
		return "listed"
	}
	return "unlisted"
}

type appShowCmd struct {
	Slug string `arg:"" help:"Slug of the app."`
	Data string `help:"Data directory of the sandbox." default:"data"`
	JSON bool   `help:"Print a JSON object."`
}

// Run shows one app.
func (c appShowCmd) Run(term console) error {
	platform, _, err := control(c.Data)
	if err != nil {
		return err
	}
	a, err := call[api.App](platform, http.MethodGet, "/apps/"+url.PathEscape(c.Slug), nil)
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(term.out).Encode(a)
	}
	for _, row := range [][2]string{
		{"name", a.Name}, {"app id", fmt.Sprint(a.AppID)}, {"client id", a.ClientID},
		{"review", a.ReviewStatus + ", " + listing(a)}, {"app URL", a.AppURL}, {"redirect URLs", strings.Join(a.RedirectURLs, " ")},
		{"scopes", a.RequestedScopes.String()}, {"webhook URL", text(a.WebhookURL)}, {"receive URL", text(a.WebhookReceiveURL)},
		{"topics", strings.Join(a.WebhookTopics, " ")},
	} {
		fmt.Fprintln(term.out, strings.TrimRight(fmt.Sprintf("%-13s  %s", row[0], row[1]), " "))
	}
	return nil
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

type appRotateCmd struct {
	Slug string `arg:"" help:"Slug of the app."`
	Data string `help:"Data directory of the sandbox." default:"data"`
	JSON bool   `help:"Print a JSON object."`
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
	platform, _, err := control(c.Data)
	if err != nil {
		return err
	}
	var out api.RotatedSecret
	err = credentials.Update(local.Dir(c.Data).Credentials(), func(f *credentials.File) error {
		if _, err := find(local.Apps(*f), c.Slug); err != nil {
			return fmt.Errorf("the credentials of %s are not kept here: %w", c.Slug, err)
		}
		if out, err = call[api.RotatedSecret](platform, http.MethodPost, "/apps/"+url.PathEscape(c.Slug)+"/rotate-secret", nil); err != nil {
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
		return json.NewEncoder(term.out).Encode(out)
	}
	fmt.Fprintf(term.err, "%s has a new client secret. Give it to the app: eval \"$(%s)\"\n", c.Slug, block{Data: c.Data}.env(c.Slug))
	return nil
}

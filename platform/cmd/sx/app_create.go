package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/sandbox/credentials"
)

type appCreateCmd struct {
	From              string   `help:"JSON file with the registration, as POST /api/apps takes it." placeholder:"FILE"`
	AppName           string   `help:"Name of the app." placeholder:"TEXT"`
	Slug              string   `help:"Slug of the app; of its name when left out."`
	AppURL            string   `help:"Address of its frame in the dashboard." placeholder:"URL" name:"app-url"`
	RedirectURL       []string `help:"OAuth callback; give it once for each." placeholder:"URL" name:"redirect-url" sep:"none"`
	Scope             []string `help:"Scope it asks for, such as read:orders; several with commas."`
	WebhookURL        string   `help:"Base of its install and uninstall hooks." placeholder:"URL" name:"webhook-url"`
	WebhookReceiveURL string   `help:"Where webhooks go." placeholder:"URL" name:"webhook-receive-url"`
	Topic             []string `help:"Webhook topic it subscribes to; several with commas."`
	Draft             bool     `help:"Leave it a draft: not approved and not in the marketplace."`
	sandboxFlags
}

// Help shows how the command is used.
func (appCreateCmd) Help() string {
	return `Flags win over the file. The credentials go into the credentials file of the
data directory, where sx env finds them.

Examples:
  sx app create --from selorax.app.json
  sx app create --app-name "Order Notes" --app-url http://localhost:3000 \
    --redirect-url http://localhost:3000/oauth/callback --scope read:orders`
}

// Run registers an app and keeps its credentials.
func (c appCreateCmd) Run(term console) error {
	state, err := c.running()
	if err != nil {
		return err
	}
	platform := controlOf(state)
	in, err := c.input()
	if err != nil {
		return err
	}
	var made api.SandboxRegistered
	// The file is held from before the registration, so that no app is made
	// whose credentials cannot be kept.
	err = c.update(func(f *credentials.File) error {
		if made, err = call[api.SandboxRegistered](platform, http.MethodPost, "/apps", in); err != nil {
			return err
		}
		f.Apps[made.Slug] = credentials.App{
			AppID: made.AppID, ClientID: made.ClientID, ClientSecret: made.ClientSecret,
			SessionSigningKey: made.SessionSigningKey, WebhookSecret: made.WebhookSigningSecret,
		}
		return nil
	})
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(term.out, api.SandboxApp{
			AppID: made.AppID, Slug: made.Slug, ClientID: made.ClientID, ClientSecret: made.ClientSecret,
			SessionSigningKey: made.SessionSigningKey, WebhookSecret: made.WebhookSigningSecret,
		})
	}
	return c.tell(term, state.Ready, made.App)
}

// input is the registration as it is sent: the file with the flags over it.
func (c appCreateCmd) input() (map[string]any, error) {
	var in map[string]any
	if c.From != "" {
		text, err := os.ReadFile(c.From)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(text, &in); err != nil {
			return nil, fmt.Errorf("%s must hold one JSON object: %w", c.From, err)
		}
	}
	if in == nil {
		in = map[string]any{}
	}
	for name, value := range map[string]string{
		"name": c.AppName, "slug": c.Slug, "app_url": c.AppURL, "webhook_url": c.WebhookURL, "webhook_receive_url": c.WebhookReceiveURL,
	} {
		if value != "" {
			in[name] = value
		}
	}
	for name, values := range map[string][]string{"redirect_urls": c.RedirectURL, "requested_scopes": c.Scope, "webhook_topics": c.Topic} {
		if values != nil {
			in[name] = values
		}
	}
	if c.Draft {
		in["draft"] = true
	}
	return in, nil
}

// tell says what was made and what to do next.
func (c appCreateCmd) tell(term console, ready api.SandboxReady, a api.App) error {
	b := block{Sandbox: c.sandboxFlags, Colour: term.colour}
	next := [][3]string{{"Its environment", fmt.Sprintf(`eval "$(%s)"`, b.env(a.Slug)), ""}}
	if a.AppURL != "" {
		next = append(next, [3]string{"Serve it on", a.AppURL, ""})
	}
	if a.IsListed {
		next = append(next, [3]string{"Install it", ready.DashboardURL, "Apps, " + a.Name})
	} else {
		next = append(next, [3]string{"Install it", authorizeURL(ready, a), "as store 22's merchant"})
	}
	_, err := fmt.Fprintf(term.err, "%s\n\n%s", b.bold(fmt.Sprintf("%s is registered as %s, app %d.", a.Name, a.Slug, a.AppID)), b.table(next))
	return err
}

// authorizeURL is where a merchant installs an app that is in no marketplace.
func authorizeURL(ready api.SandboxReady, a api.App) string {
	return fmt.Sprintf("%s/api/apps/oauth/authorize?client_id=%s&redirect_uri=%s&scope=%s&state=state&store_id=22",
		ready.PlatformURL, a.ClientID, url.QueryEscape(a.RedirectURLs[0]), strings.ReplaceAll(a.RequestedScopes.String(), ",", "+"))
}

package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/sandbox/local"
)

// patient is the app that is looked at.
type patient struct {
	*doctor
	app api.App
	own *api.SandboxApp // its credentials, if they are kept here
}

// app checks one app.
func (d *doctor) app(slug string) error {
	record, err := call[api.App](d.platform, http.MethodGet, appPath(slug), nil)
	if err != nil {
		return err
	}
	secrets, err := d.credentials()
	if err != nil {
		return err
	}
	p := patient{doctor: d, app: record}
	if own, err := find(local.Apps(secrets), slug); err == nil {
		p.own = &own
	}
	p.registration()
	p.topics()
	p.installation()
	if err := p.page(); err != nil {
		return err
	}
	if err := p.receiver(); err != nil {
		return err
	}
	return p.deliveries()
}

// change is how a registration is corrected.
func (p patient) change(field string) string {
	return fmt.Sprintf("Set %s, in the dashboard's developer area or with PUT /api/apps/%d", field, p.app.AppID)
}

func (p patient) registration() {
	switch {
	case !bool(p.app.IsActive):
		p.problem("registration", "Have it approved again", "%s is suspended: its credentials are refused", p.app.Name)
	case p.app.ReviewStatus != api.ReviewApproved:
		p.warning("registration", "Submit it for review, and approve it", "%s is %s: no merchant finds it in the marketplace", p.app.Name, p.app.ReviewStatus)
	default:
		p.ok("registration", "%s is approved and %s", p.app.Name, listing(p.app))
	}
	if len(p.app.RedirectURLs) == 0 {
		p.problem("redirect URLs", p.change("redirect_urls"), "none is registered, so OAuth cannot end")
		return
	}
	if elsewhere := otherOrigins(p.app.AppURL, p.app.RedirectURLs); p.app.AppURL != "" && len(elsewhere) > 0 {
		p.warning("redirect URLs", p.change("redirect_urls"), "not on the origin of the app's page %s: %s", p.app.AppURL, strings.Join(elsewhere, ", "))
		return
	}
	p.ok("redirect URLs", "%s", strings.Join(p.app.RedirectURLs, ", "))
}

// otherOrigins are the addresses that lie on another origin than the page.
func otherOrigins(page string, addresses []string) (others []string) {
	home, err := url.Parse(page)
	if err != nil {
		return nil
	}
	for _, address := range addresses {
		if u, err := url.Parse(address); err != nil || u.Scheme != home.Scheme || u.Host != home.Host {
			others = append(others, address)
		}
	}
	return others
}

// topics checks that the app can be told of what it registered for.
func (p patient) topics() {
	if len(p.app.WebhookTopics) == 0 {
		p.ok("topics", "none is registered; the app subscribes through the API, or not at all")
		return
	}
	if text(p.app.WebhookReceiveURL) == "" {
		p.problem("topics", p.change("webhook_receive_url"), "%s registered, but no address to send them to: nothing is subscribed to",
			count(len(p.app.WebhookTopics), "topic"))
		return
	}
	var missing []string
	for _, topic := range p.app.WebhookTopics {
		if scope := api.TopicScope(topic); scope != "" && !p.app.RequestedScopes.Allows(scope) {
			missing = append(missing, fmt.Sprintf("%s needs %s", topic, scope))
		}
	}
	if len(missing) > 0 {
		p.problem("topics", p.change("requested_scopes"), "the app does not ask for all they need: %s", strings.Join(missing, ", "))
		return
	}
	p.ok("topics", "%s", strings.Join(p.app.WebhookTopics, ", "))
}

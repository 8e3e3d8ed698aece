package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/google/uuid"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/dial"
)

// receiver sends the app a webhook that it has to take, and one that it has to
// refuse.
func (p patient) receiver() error {
	address := text(p.app.WebhookReceiveURL)
	if address == "" {
		p.ok("receiver", "the app has none")
		return nil
	}
	if p.own == nil {
		return nil // nothing to sign with, which was said
	}
	if host, is := private(address); is {
		p.warning("address", "Start the sandbox with it, unless that is done: "+p.command("up", "--allow-webhook-hosts", host),
			"%s is private, where the platform sends nothing that is not allowed", host)
	}
	got, err := p.send(address, *p.own)
	if err != nil {
		return err
	}
	const env = "WEBHOOK_SIGNING_SECRET is in "
	switch {
	case got.Status == 0:
		p.problem("receiver", `Start the app with its environment: eval "$(`+p.command("env", "--app", p.app.Slug)+`)"`,
			"%s does not answer: %s", address, got.Error)
		return nil
	case got.Status/100 != 2:
		p.problem("receiver", "Verify the bytes as they came, with the secret as it stands; "+env+p.command("env", "--app", p.app.Slug),
			"%s answers %d to a signed webhook", address, got.Status)
	default:
		p.ok("receiver", "%s takes a signed webhook: %d", address, got.Status)
	}
	return p.forgery(address)
}

// private reports the host of an address that the platform reaches only if it
// was allowed.
func private(address string) (host string, is bool) {
	u, err := url.Parse(address)
	if err != nil {
		return "", false
	}
	ctx, cancel := context.WithTimeout(context.Background(), checkWithin)
	defer cancel()
	conn, err := dial.Dialer{}.DialContext(ctx, "tcp", net.JoinHostPort(u.Hostname(), cmp.Or(u.Port(), u.Scheme)))
	if err == nil {
		conn.Close()
	}
	return u.Hostname(), errors.Is(err, dial.ErrNotPublic)
}

// forgery signs with a secret that is not the app's.
func (p patient) forgery(address string) error {
	forger := *p.own
	forger.WebhookSecret = api.PrefixWebhookSecret + strings.Repeat("0", 64)
	got, err := p.send(address, forger)
	if err != nil {
		return err
	}
	const verify = "Compare " + api.HeaderWebhookSignature + " before anything else, and answer 401 if it does not match"
	switch {
	case got.Status == http.StatusBadRequest, got.Status == http.StatusUnauthorized, got.Status == http.StatusForbidden:
		p.ok("forgery", "a webhook with a wrong signature is refused: %d", got.Status)
	case got.Status/100 == 2:
		p.problem("forgery", verify, "a webhook with a wrong signature is taken: %d", got.Status)
	case got.Status == 0:
		p.problem("forgery", verify, "no answer to a webhook with a wrong signature: %s", got.Error)
	default:
		p.problem("forgery", verify, "a webhook with a wrong signature is answered with %d, not with 400, 401 or 403", got.Status)
	}
	return nil
}

// send posts a test that asks for the data of a customer that no store has:
// every app is told of this topic, and nothing is changed by it.
func (p patient) send(address string, as api.SandboxApp) (forwarded, error) {
	const nobody = 999_999_999
	id := uuid.NewString()
	body, err := json.Marshal(api.WebhookBody[api.DataRequestEvent]{
		EventID: id, EventTopic: api.TopicDataRequest, StoreID: p.storeID, Timestamp: p.now, Test: true,
		Data: api.DataRequestEvent{StoreID: p.storeID, Customer: api.PrivacyCustomer{ID: nobody}, RequestedAt: p.now},
	})
	if err != nil {
		return forwarded{}, err
	}
	return newForwarder(address, as).post(context.Background(), api.TopicDataRequest, id, body)
}

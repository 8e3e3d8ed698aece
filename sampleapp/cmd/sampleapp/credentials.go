package main

import (
	"errors"
	"fmt"
	"strings"
)

// credentials are what the platform gave the app when it was registered. They
// have no flags: every user of a machine can read a command line.
type credentials struct {
	ClientID      string
	ClientSecret  string
	SigningKey    string
	WebhookSecret string
	Previous      []string // client secrets before this one, under which tokens may be sealed
}

// readCredentials takes them from the environment. What is missing is named
// all at once, with what it is and where it comes from.
func readCredentials(getenv func(string) string) (c credentials, err error) {
	var missing strings.Builder
	for _, setting := range []struct {
		into        *string
		name, about string
	}{
		{&c.ClientID, "SELORAX_CLIENT_ID", "the app's client id, sx_app_…"},
		{&c.ClientSecret, "SELORAX_CLIENT_SECRET", "the app's client secret, sx_secret_…"},
		{&c.SigningKey, "SESSION_SIGNING_KEY", "the key of session tokens, 64 characters"},
		{&c.WebhookSecret, "WEBHOOK_SIGNING_SECRET", "the secret of webhooks, whsec_…"},
	} {
		if *setting.into = strings.TrimSpace(getenv(setting.name)); *setting.into == "" {
			fmt.Fprintf(&missing, "\n  %-23s %s", setting.name, setting.about)
		}
	}
	if before := strings.TrimSpace(getenv("SELORAX_CLIENT_SECRET_BEFORE")); before != "" {
		c.Previous = []string{before}
	}
	if missing.Len() == 0 {
		return c, nil
	}
	return c, errors.New("these environment variables are not set:" + missing.String() +
		"\nThe platform shows them once, when the app is registered. In a sandbox: eval \"$(sx env --app restock)\"")
}

package credentials

import (
	"fmt"
	"regexp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
)

// File is the content of credentials.json.
type File struct {
	Apps       map[string]App `json:"apps"` // by slug
	ControlKey string         `json:"control_key"`
}

// App holds the plain secrets of one app.
type App struct {
	AppID             int64  `json:"app_id,omitempty"` // set for apps that are not of the demo
	ClientID          string `json:"client_id"`
	ClientSecret      string `json:"client_secret"`
	SessionSigningKey string `json:"session_signing_key"` // the key is these 64 characters as they stand
	WebhookSecret     string `json:"webhook_secret"`
}

// check reports the first field that does not have the platform's form. A
// file that was cut off or edited badly is named here, not at the first
// signature that fails.
func (f File) check() error {
	if !isHex(f.ControlKey, "", 64) {
		return fmt.Errorf("control_key must be 64 hex digits")
	}
	for _, known := range demo.Apps() {
		a, ok := f.Apps[known.Slug]
		switch {
		case !ok:
			return fmt.Errorf("the app %s is missing", known.Slug)
		case !isHex(a.ClientID, api.PrefixClientID, 32):
			return fmt.Errorf("client_id of %s must be %s and 32 hex digits", known.Slug, api.PrefixClientID)
		case !isHex(a.ClientSecret, api.PrefixClientSecret, 64):
			return fmt.Errorf("client_secret of %s must be %s and 64 hex digits", known.Slug, api.PrefixClientSecret)
		case !isHex(a.SessionSigningKey, "", 64):
			return fmt.Errorf("session_signing_key of %s must be 64 hex digits", known.Slug)
		case !isHex(a.WebhookSecret, api.PrefixWebhookSecret, 64):
			return fmt.Errorf("webhook_secret of %s must be %s and 64 hex digits", known.Slug, api.PrefixWebhookSecret)
		}
	}
	return nil
}

func isHex(s, prefix string, digits int) bool {
	return regexp.MustCompile(fmt.Sprintf("^%s[0-9a-f]{%d}$", prefix, digits)).MatchString(s)
}

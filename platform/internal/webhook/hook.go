package webhook

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/token"
)

// masked stands for an access token, and what is signed with it, where bytes
// are kept.
const masked = api.PrefixAccessToken + "masked"

// Hooks says which installation is told of itself, and where.
type Hooks struct {
	AppID, InstallationID, StoreID int64
	URL                            string // the app's webhook_url, without the hook's own path
}

// TellInstalled queues POST {webhook_url}/token. It goes out after the
// farewells of an earlier installation that have not been sent yet, so that an
// app does not take a reinstall for the end.
func (s *Service) TellInstalled(tx *db.Tx, in Hooks) error {
	body := api.TokenHook{StoreID: in.StoreID, InstallationID: in.InstallationID, AccessToken: masked, HMAC: masked}
	return s.tell(tx, in, api.HookToken, "/token", body)
}

// TellUninstalled queues POST {webhook_url}/revoke as a farewell, after those
// that the installation has already. It is signed at once, with the key that
// the app has now.
func (s *Service) TellUninstalled(tx *db.Tx, in Hooks) error {
	key, err := app.SigningKey(tx, s.Box, in.AppID)
	if err != nil {
		return err
	}
	body := api.RevokeHook{StoreID: in.StoreID, Action: "revoke"}
	if body.HMAC, err = hookSignature(key, body); err != nil {
		return err
	}
	return s.tell(tx, in, api.HookRevoke, "/revoke", body)
}

func (s *Service) tell(tx *db.Tx, in Hooks, topic, path string, body any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	rec, err := event.RecordHook(tx, event.Hook{Topic: topic, StoreID: in.StoreID, AppID: in.AppID, Body: text})
	if err != nil {
		return err
	}
	previous, err := lastUnsentFarewell(tx, in.InstallationID)
	if err != nil {
		return err
	}
	deliveryID, err := insertAddressed(tx, rec, addressed{
		installationID: in.InstallationID, appID: in.AppID, farewell: topic == api.HookRevoke, after: previous,
		target: target{url: strings.TrimSuffix(in.URL, "/") + path},
	})
	if err != nil || previous != nil {
		return err
	}
	return s.start(tx, deliveryID)
}

// tokenMessage builds what one attempt of a token hook sends. It mints an
// access token and ends that of the attempt before: its
// family is named after the delivery.
func (s *Service) tokenMessage(tx *db.Tx, d delivery) (message, error) {
	if err := token.RevokeFamily(tx, d.family()); err != nil {
		return message{}, err
	}
	access, err := token.IssueAccess(tx, *d.installationID, d.family())
	if err != nil {
		return message{}, err
	}
	key, err := app.SigningKey(tx, s.Box, *d.appID)
	if err != nil {
		return message{}, err
	}
	body := api.TokenHook{StoreID: d.storeID, InstallationID: *d.installationID, AccessToken: access}
	if body.HMAC, err = hookSignature(key, body); err != nil {
		return message{}, err
	}
	text, err := json.Marshal(body)
	return message{body: text, token: access}, err
}

// hookSignature signs a hook's body, whose HMAC is still empty.
func hookSignature(key string, body any) (string, error) {
	text, err := json.Marshal(body)
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write(text)
	return hex.EncodeToString(mac.Sum(nil)), err
}

// mask takes a token out of what is kept of an answer, should the receiver
// have sent it back.
func (a *answer) mask(token string) {
	if token == "" {
		return
	}
	a.body = bytes.ReplaceAll(a.body, []byte(token), []byte(masked))
	for _, values := range a.response {
		for n := range values {
			values[n] = strings.ReplaceAll(values[n], token, masked)
		}
	}
}

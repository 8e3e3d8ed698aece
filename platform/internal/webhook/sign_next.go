package webhook

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
)

// nextSecret returns the secret that will replace the one a delivery is signed
// with, in plain, or "" when none waits. Only an app's secret is replaced in
// two steps; a farewell carries the one it was made with.
func (s *Service) nextSecret(tx *db.Tx, d delivery) (string, error) {
	if d.secret != nil || d.appID == nil {
		return "", nil
	}
	own, err := subscriptionSecret(tx, d.subscriptionID)
	if err != nil || own != nil {
		return "", err
	}
	return app.NextWebhookSecret(tx, s.Box, *d.appID)
}

// signNext adds the signatures of the next secret, so that a receiver may
// change to it at any moment while both are valid.
func signNext(h http.Header, c *claimed, timestamp int64) error {
	if c.nextKey == "" {
		return nil
	}
	h[api.HeaderWebhookSignatureNext] = []string{Signature(c.nextKey, timestamp, c.body)}
	standard, err := StandardSignature(c.nextKey, c.eventID, timestamp, c.body)
	if err == nil {
		h[api.HeaderStandardSignature] = []string{h[api.HeaderStandardSignature][0] + " " + standard}
	}
	return err
}

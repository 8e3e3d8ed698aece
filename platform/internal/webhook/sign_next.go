package webhook

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
)

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

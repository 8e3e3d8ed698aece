package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// Signature returns the platform's own signature of a body at a Unix time in
// seconds: "sha256=" and the hex HMAC-SHA256 of "{timestamp}.{body}". The key
// is the secret as it stands, prefix included.
func Signature(secret string, timestamp int64, body []byte) string {
	return "sha256=" + hex.EncodeToString(sum([]byte(secret), strconv.FormatInt(timestamp, 10), body))
}

// StandardSignature returns the signature that the Standard Webhooks libraries
// check: "v1," and the base64 HMAC-SHA256 of "{id}.{timestamp}.{body}". The
// key is what the characters after "whsec_" stand for in base64; a secret that
// is none is an error.
func StandardSignature(secret, eventID string, timestamp int64, body []byte) (string, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, api.PrefixWebhookSecret))
	if err != nil {
		return "", fmt.Errorf("the webhook secret is not base64 after %s", api.PrefixWebhookSecret)
	}
	return "v1," + base64.StdEncoding.EncodeToString(sum(key, eventID+"."+strconv.FormatInt(timestamp, 10), body)), nil
}

// sum is HMAC-SHA256 over "{head}.{body}".
func sum(key []byte, head string, body []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(head + "."))
	mac.Write(body)
	return mac.Sum(nil)
}

package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/selorax/sandbox/platform/api"
)

// signed are the headers of a webhook as the platform sends them, spelled as
// it spells them: Header.Set would change X-SeloraX into X-Selorax.
func signed(secret, topic, eventID string, body []byte, now time.Time) (http.Header, error) {
	seconds := strconv.FormatInt(now.Unix(), 10)
	standard, err := standardSignature(secret, eventID, seconds, body)
	return http.Header{
		"Content-Type":              {"application/json"},
		"User-Agent":                {api.WebhookUserAgent},
		api.HeaderWebhookTimestamp:  {seconds},
		api.HeaderWebhookEvent:      {topic},
		api.HeaderWebhookEventID:    {eventID},
		api.HeaderIdempotencyKey:    {eventID},
		api.HeaderDeliveryID:        {uuid.NewString()},
		api.HeaderWebhookSignature:  {signature(secret, seconds, body)},
		api.HeaderStandardID:        {eventID},
		api.HeaderStandardTimestamp: {seconds},
		api.HeaderStandardSignature: {standard},
	}, err
}

// signature is the platform's own: the hex HMAC-SHA256 of "{seconds}.{body}",
// keyed by the secret as it stands, prefix included.
func signature(secret, seconds string, body []byte) string {
	return "sha256=" + hex.EncodeToString(sum([]byte(secret), seconds, body))
}

// standardSignature is that of Standard Webhooks: the base64 HMAC-SHA256 of
// "{id}.{seconds}.{body}", keyed by what follows the prefix, as base64.
func standardSignature(secret, eventID, seconds string, body []byte) (string, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, api.PrefixWebhookSecret))
	if err != nil {
		return "", fmt.Errorf("the webhook secret is not base64 after %s", api.PrefixWebhookSecret)
	}
	return "v1," + base64.StdEncoding.EncodeToString(sum(key, eventID+"."+seconds, body)), nil
}

// sum is HMAC-SHA256 over "{head}.{body}".
func sum(key []byte, head string, body []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(head + "."))
	mac.Write(body)
	return mac.Sum(nil)
}

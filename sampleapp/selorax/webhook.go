package selorax

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Headers of a webhook delivery.
const (
	headerSignature     = "X-SeloraX-Signature"
	headerSignatureNext = "X-SeloraX-Signature-Next"
	headerTimestamp     = "X-SeloraX-Timestamp"
	headerTopic         = "X-SeloraX-Webhook-Event"
	headerEventID       = "X-SeloraX-Webhook-Event-Id"
)

// webhookWindow is how far the time of signing may be from ours, either way.
// A captured delivery cannot be replayed later than that.
const webhookWindow = 300 * time.Second

// Event is a verified webhook.
type Event struct {
	// ID is the same for every attempt and every copy of one event.
	ID      string
	Topic   string
	StoreID int64
	// At is when it happened, by the platform's clock.
	At   time.Time
	Data json.RawMessage
}

// WebhookError says why a delivery was refused, and how to answer it.
type WebhookError struct {
	Status  int
	Code    string
	Message string
}

// Error returns the sentence.
func (e *WebhookError) Error() string { return e.Message }

func refuseWebhook(status int, code, message string) error {
	return &WebhookError{Status: status, Code: code, Message: message}
}

// WebhookVerifier checks deliveries against one secret.
type WebhookVerifier struct {
	// Secret is used whole, "whsec_" included.
	Secret string
	Now    func() time.Time
}

// Verify checks a delivery's signature over the raw bytes of its body and
// reads the event. Any error is a *WebhookError.
func (v WebhookVerifier) Verify(h http.Header, body []byte) (Event, error) {
	signature, timestamp, topic := h.Get(headerSignature), h.Get(headerTimestamp), h.Get(headerTopic)
	if signature == "" || timestamp == "" || topic == "" {
		return Event{}, refuseWebhook(http.StatusBadRequest, "missing_headers",
			"A webhook needs the headers "+headerSignature+", "+headerTimestamp+" and "+headerTopic+".")
	}
	seconds, ok := parseID(timestamp)
	if !ok {
		return Event{}, refuseWebhook(http.StatusUnauthorized, "invalid_timestamp", headerTimestamp+" must be Unix seconds.")
	}
	// The second header carries the secret that is about to become current.
	// An app that already has it accepts deliveries before the change, and one
	// that still has the old one goes on until the change.
	if !v.matches(signature, timestamp, body) && !v.matches(h.Get(headerSignatureNext), timestamp, body) {
		return Event{}, refuseWebhook(http.StatusUnauthorized, "invalid_signature",
			"The signature does not match the raw body under this app's webhook secret.")
	}
	signedAt := time.Unix(seconds, 0)
	if v.Now().Sub(signedAt).Abs() > webhookWindow {
		return Event{}, refuseWebhook(http.StatusUnauthorized, "stale_timestamp",
			"The delivery was signed more than 300 seconds away from this server's clock.")
	}
	return readEvent(h, body, signedAt)
}

// matches compares in constant time. The signed text is "{timestamp}.{body}"
// with the header's own characters.
func (v WebhookVerifier) matches(signature, timestamp string, body []byte) bool {
	got, ok := parseSignature(signature)
	mac := hmac.New(sha256.New, []byte(v.Secret))
	mac.Write([]byte(timestamp + "."))
	mac.Write(body)
	return ok && hmac.Equal(got, mac.Sum(nil))
}

// parseSignature reads "sha256=" and 64 hex digits.
func parseSignature(text string) ([]byte, bool) {
	digits, ok := strings.CutPrefix(text, "sha256=")
	sum, err := hex.DecodeString(digits)
	return sum, ok && err == nil && len(sum) == sha256.Size
}

// readEvent prefers what is in the signed body to what headers say: those are
// not covered by the signature.
func readEvent(h http.Header, body []byte, signedAt time.Time) (Event, error) {
	var b struct {
		EventID    string          `json:"event_id"`
		EventTopic string          `json:"event_topic"`
		StoreID    int64           `json:"store_id"`
		Timestamp  time.Time       `json:"timestamp"`
		Data       json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(body, &b); err != nil {
		return Event{}, refuseWebhook(http.StatusBadRequest, "invalid_body", "The body is not the JSON of a webhook.")
	}
	e := Event{
		ID: cmp.Or(b.EventID, h.Get(headerEventID)), Topic: cmp.Or(b.EventTopic, h.Get(headerTopic)),
		StoreID: b.StoreID, At: b.Timestamp, Data: b.Data,
	}
	if e.At.IsZero() {
		e.At = signedAt
	}
	if e.ID == "" || e.StoreID <= 0 {
		return Event{}, refuseWebhook(http.StatusBadRequest, "invalid_body", "A webhook needs an event id and a store_id.")
	}
	return e, nil
}

// Sign returns the signature header of a body signed at an instant, for tests
// and for tools that send webhooks.
func (v WebhookVerifier) Sign(at time.Time, body []byte) string {
	mac := hmac.New(sha256.New, []byte(v.Secret))
	mac.Write([]byte(strconv.FormatInt(at.Unix(), 10) + "."))
	mac.Write(body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

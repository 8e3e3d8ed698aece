package selorax

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Limits of a delivery.
const (
	webhookWindow = 5 * time.Minute // how far its timestamp may be from now
	webhookBody   = 1 << 20
)

// Event is a verified webhook delivery. The same event may be delivered more
// than once, and later than one that happened after it: use ID to drop copies.
type Event struct {
	ID        string          `json:"event_id"`
	Topic     string          `json:"event_topic"`
	StoreID   int64           `json:"store_id"`
	Timestamp time.Time       `json:"timestamp"` // when it happened, in the platform's business time
	Data      json.RawMessage `json:"data"`
}

// Webhooks verifies deliveries.
type Webhooks struct {
	// Secret is WEBHOOK_SIGNING_SECRET. The whole text, with its whsec_, is the
	// key.
	Secret string
}

// Refusals of Read.
var (
	ErrWebhookHeaders   = errors.New("the signature, timestamp or event header is missing")
	ErrWebhookSignature = errors.New("the signature does not fit the body")
	ErrWebhookStale     = errors.New("the delivery was signed more than five minutes ago")
	ErrWebhookBody      = errors.New("the body is not an event")
)

// Read verifies a delivery and returns its event. It reads the body as it came
// over the wire: a body that was parsed and written again has another
// signature.
func (w Webhooks) Read(r *http.Request, now time.Time) (Event, error) {
	timestamp, signature := r.Header.Get("X-SeloraX-Timestamp"), r.Header.Get("X-SeloraX-Signature")
	topic := r.Header.Get("X-SeloraX-Webhook-Event")
	if timestamp == "" || signature == "" || topic == "" {
		return Event{}, ErrWebhookHeaders
	}
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, webhookBody))
	if err != nil {
		return Event{}, ErrWebhookBody
	}
	// While the platform rotates the secret it signs with both.
	next := r.Header.Get("X-SeloraX-Signature-Next")
	if !w.fits(signature, timestamp, body) && !w.fits(next, timestamp, body) {
		return Event{}, ErrWebhookSignature
	}
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if age := now.Sub(time.Unix(seconds, 0)).Abs(); err != nil || age > webhookWindow {
		return Event{}, ErrWebhookStale
	}
	var e Event
	if err := json.Unmarshal(body, &e); err != nil || e.ID == "" || e.StoreID < 1 || e.Topic != topic {
		return Event{}, ErrWebhookBody
	}
	return e, nil
}

// fits compares "sha256=<hex>" with the HMAC over "<timestamp>.<body>" in
// constant time.
func (w Webhooks) fits(signature, timestamp string, body []byte) bool {
	digits, found := strings.CutPrefix(signature, "sha256=")
	sent, err := hex.DecodeString(digits)
	if !found || err != nil {
		return false
	}
	mac := hmac.New(sha256.New, []byte(w.Secret))
	mac.Write([]byte(timestamp + "."))
	mac.Write(body)
	return hmac.Equal(sent, mac.Sum(nil))
}

package selorax

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
)

// maxWebhook is the largest body that is read, in bytes.
const maxWebhook = 1 << 20

// WebhookReceiver is the endpoint that the platform delivers to. Any 2xx
// answer ends a delivery; anything else has it tried again.
type WebhookReceiver struct {
	Verifier WebhookVerifier
	// Handle acts on a verified event. It gets an event as often as it is
	// delivered and has to notice a copy by its id, best in the transaction
	// that acts on it. What it returns is told to the platform. An error
	// answers 500, so that the event comes again.
	Handle func(context.Context, Event) (outcome string, err error)
	Log    *slog.Logger
}

// ServeHTTP verifies a delivery and hands it on.
func (wr WebhookReceiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// The signature is over the bytes as they came: they are read before
	// anything parses them.
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxWebhook))
	if err != nil {
		wr.answer(w, r, unreadable(err))
		return
	}
	e, err := wr.Verifier.Verify(r.Header, body)
	if err != nil {
		wr.answer(w, r, err)
		return
	}
	outcome, err := wr.Handle(r.Context(), e)
	if err != nil {
		wr.Log.ErrorContext(r.Context(), "webhook.fail", "topic", e.Topic, "event_id", e.ID, "store_id", e.StoreID, "error", err)
		writeAnswer(w, http.StatusInternalServerError, "internal_error", "The event could not be handled. Deliver it again.")
		return
	}
	wr.Log.InfoContext(r.Context(), "webhook.receive", "topic", e.Topic, "event_id", e.ID, "store_id", e.StoreID, "outcome", outcome)
	writeAnswer(w, http.StatusOK, "", outcome)
}

func unreadable(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return refuseWebhook(http.StatusRequestEntityTooLarge, "payload_too_large", "The body is larger than 1 MiB.")
	}
	return refuseWebhook(http.StatusBadRequest, "invalid_body", "The body did not arrive whole.")
}

// answer refuses a delivery.
func (wr WebhookReceiver) answer(w http.ResponseWriter, r *http.Request, err error) {
	var refused *WebhookError
	if !errors.As(err, &refused) {
		refused = &WebhookError{Status: http.StatusBadRequest, Code: "invalid_body", Message: err.Error()}
	}
	wr.Log.WarnContext(r.Context(), "webhook.refuse", "code", refused.Code)
	writeAnswer(w, refused.Status, refused.Code, refused.Message)
}

func writeAnswer(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	// A failed write means the platform has gone: it delivers again.
	_ = json.NewEncoder(w).Encode(struct {
		Message string `json:"message"`
		Code    string `json:"code,omitempty"`
		Status  int    `json:"status"`
	}{message, code, status})
}

package selorax

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

type receipt struct {
	Message string `json:"message"`
	Code    string `json:"code"`
	Status  int    `json:"status"`
}

// receive delivers a body, signed for the receiver's secret.
func receive(t *testing.T, body string, handle func(context.Context, Event) (string, error)) (*http.Response, receipt) {
	t.Helper()
	wr := WebhookReceiver{Verifier: webhooks(), Handle: handle, Log: slog.New(slog.NewTextHandler(t.Output(), nil))}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/webhooks/receive", strings.NewReader(body))
	r.Header = delivered(map[string]string{headerSignature: wr.Verifier.Sign(time.Unix(vectorTime, 0), []byte(body))})
	rec := httptest.NewRecorder()
	wr.ServeHTTP(rec, r)
	var got receipt
	if err := json.Unmarshal(rec.Body.Bytes(), &got); err != nil || got.Status != rec.Code || rec.Header().Get("Content-Type") != "application/json" {
		t.Fatalf("answered %d %s: %v", rec.Code, rec.Body, err)
	}
	return rec.Result(), got
}

func TestReceiver(t *testing.T) {
	t.Parallel()
	resp, got := receive(t, vectorBody, func(_ context.Context, e Event) (string, error) { return e.Topic, nil })
	if want := (receipt{Message: "order.status_changed", Status: 200}); resp.StatusCode != 200 || got != want {
		t.Errorf("answered %+v, want %+v", got, want)
	}
}

// The platform delivers again what could not be handled, and learns nothing of
// why.
func TestReceiverFails(t *testing.T) {
	t.Parallel()
	resp, got := receive(t, vectorBody, func(context.Context, Event) (string, error) { return "", errors.New("the disk is full") })
	if resp.StatusCode != 500 || got.Code != "internal_error" || strings.Contains(got.Message, "disk") {
		t.Errorf("answered %+v", got)
	}
}

func TestReceiverLimit(t *testing.T) {
	t.Parallel()
	var handled int
	count := func(context.Context, Event) (string, error) { handled++; return "", nil }
	fill := func(size int) string {
		head, tail := `{"store_id":22,"data":"`, `"}`
		return head + strings.Repeat("x", size-len(head)-len(tail)) + tail
	}
	if resp, got := receive(t, fill(maxWebhook), count); resp.StatusCode != 200 || handled != 1 {
		t.Errorf("1 MiB: %+v", got)
	}
	if resp, got := receive(t, fill(maxWebhook+1), count); resp.StatusCode != 413 || got.Code != "payload_too_large" || handled != 1 {
		t.Errorf("1 MiB and a byte: %+v", got)
	}
}

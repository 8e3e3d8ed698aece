package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/dial"
)

// forwardWithin is how long an app has to answer, as with the platform.
const forwardWithin = 15 * time.Second

// forwarder posts events to an app as the platform would.
type forwarder struct {
	url    string
	secret string
	client *http.Client
}

// forwarded is what came of one event.
type forwarded struct {
	URL        string `json:"url"`
	Status     int    `json:"status"` // 0: no answer
	DurationMS int64  `json:"duration_ms"`
	Error      string `json:"error,omitempty"` // why there was no answer
}

func newForwarder(target string, app api.SandboxApp) forwarder {
	return forwarder{url: target, secret: app.WebhookSecret, client: dial.Dialer{Trusted: true}.Client(forwardWithin)}
}

// outcome is the answer as the second line of an event shows it.
func (f forwarded) outcome() string {
	if f.Status == 0 {
		return "[ERROR] POST " + f.URL
	}
	return fmt.Sprintf("[%d] POST %s", f.Status, f.URL)
}

// post sends one event, signed now. Whatever the app does is a result; the
// error is of sx itself.
func (f forwarder) post(ctx context.Context, topic, eventID string, body []byte) (got forwarded, err error) {
	started := time.Now()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, f.url, bytes.NewReader(body))
	if err != nil {
		return got, err
	}
	if req.Header, err = signed(f.secret, topic, eventID, body, started); err != nil {
		return got, err
	}
	got.URL = f.url
	got.Status, err = f.exchange(req)
	got.DurationMS = time.Since(started).Milliseconds()
	switch {
	case ctx.Err() != nil:
		return got, context.Cause(ctx)
	case err != nil:
		got.Status, got.Error = 0, explain(err)
	}
	return got, nil
}

func (f forwarder) exchange(req *http.Request) (int, error) {
	res, err := f.client.Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	return res.StatusCode, err
}

func explain(err error) string {
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Sprintf("no complete answer within %v", forwardWithin)
	}
	var about *url.Error
	if errors.As(err, &about) {
		err = about.Err
	}
	return err.Error()
}

// target is the address of a receiver. http:// may be left out.
type target string

// UnmarshalText reads an address as people type it.
func (t *target) UnmarshalText(text []byte) error {
	address := string(text)
	if !strings.Contains(address, "://") {
		address = "http://" + address
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return errors.New("must be an address such as http://localhost:3000/webhooks")
	}
	*t = target(address)
	return nil
}

// wallTime is now, as the person at the terminal has it.
func wallTime() string { return time.Now().Format(time.DateTime) }

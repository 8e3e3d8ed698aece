package selorax

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Retries of calls that may be repeated without harm.
const (
	maxTries     = 4
	firstBackoff = 500 * time.Millisecond
	maxRetryWait = 30 * time.Second
	callTimeout  = 30 * time.Second
	maxAnswer    = 10 << 20
)

// Client calls the platform.
type Client struct {
	// BaseURL is SELORAX_API_URL, which ends in /api.
	BaseURL      string
	ClientID     string
	ClientSecret string
	HTTP         *http.Client // NewHTTPClient makes one
}

// APIError is a refusal by the platform.
type APIError struct {
	Status    int    `json:"status"`
	Code      string `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"request_id"`
}

// Error is the platform's sentence with its code.
func (e *APIError) Error() string {
	return fmt.Sprintf("the platform answered %d %s: %s (request %s)", e.Status, e.Code, e.Message, e.RequestID)
}

// NewHTTPClient returns a client with a timeout that also finds hosts under
// localhost, which Go's resolver does not know.
func NewHTTPClient() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	dialer := &net.Dialer{Timeout: 10 * time.Second}
	transport.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		if host, port, err := net.SplitHostPort(addr); err == nil && (host == "localhost" || strings.HasSuffix(host, ".localhost")) {
			addr = net.JoinHostPort("127.0.0.1", port)
		}
		return dialer.DialContext(ctx, network, addr)
	}
	return &http.Client{Timeout: callTimeout, Transport: transport}
}

// get reads one resource. Reads are safe to repeat, so they are.
func (c *Client) get(ctx context.Context, path, accessToken string, into any) error {
	for try := 1; ; try++ {
		wait, err := c.once(ctx, path, accessToken, into)
		if err == nil || wait < 0 || try == maxTries {
			return err
		}
		backoff := firstBackoff << (try - 1)
		backoff += rand.N(backoff / 2) // so that many apps do not return at once
		timer := time.NewTimer(max(backoff, wait))
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-timer.C:
		}
	}
}

// once makes one call. A negative wait says that trying again is no use.
func (c *Client) once(ctx context.Context, path, accessToken string, into any) (wait time.Duration, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.BaseURL+path, nil)
	if err != nil {
		return -1, err
	}
	req.Header.Set("Authorization", "Bearer "+accessToken)
	res, err := c.HTTP.Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	if err := decode(res, into); err != nil {
		return retryWait(res), err
	}
	return 0, nil
}

// retryWait reads from an answer whether and when to try again.
func retryWait(res *http.Response) time.Duration {
	if res.StatusCode != http.StatusTooManyRequests && res.StatusCode < http.StatusInternalServerError {
		return -1
	}
	seconds, _ := strconv.Atoi(res.Header.Get("Retry-After"))
	return min(time.Duration(max(seconds, 0))*time.Second, maxRetryWait)
}

// post sends JSON, once.
func (c *Client) post(ctx context.Context, path string, body, into any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.BaseURL+path, bytes.NewReader(text))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := c.HTTP.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	return decode(res, into)
}

// decode reads an answer, or the refusal in it.
func decode(res *http.Response, into any) error {
	text, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return err
	}
	if res.StatusCode/100 == 2 {
		return json.Unmarshal(text, into)
	}
	refusal := &APIError{}
	_ = json.Unmarshal(text, refusal) // a proxy's page has no code; the status says enough
	refusal.Status = res.StatusCode
	return refusal
}

package selorax

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// maxAnswer bounds what is read of one answer, in bytes.
const maxAnswer = 8 << 20

// Client calls the platform for one app. It is safe for concurrent use.
type Client struct {
	// BaseURL includes /api: https://api.selorax.io/api, or
	// http://localhost:5001/api for a sandbox.
	BaseURL      string
	ClientID     string
	ClientSecret string
	HTTP         *http.Client
	// Sleep waits between attempts; nil waits in real time. Tests set it.
	Sleep func(context.Context, time.Duration) error
}

// request is one call before it is made.
type request struct {
	method      string
	path        string // below BaseURL
	query       url.Values
	accessToken string
	asApp       bool   // with the client credentials
	body        []byte // JSON, or nil
	key         string // Idempotency-Key, for records that have no key of their own
	// repeatable says that making the call twice does no harm, so that it
	// may be retried.
	repeatable bool
}

// get reads one resource into out.
func (c *Client) get(ctx context.Context, accessToken, path string, query url.Values, out any) error {
	return c.do(ctx, request{method: http.MethodGet, path: path, query: query, accessToken: accessToken, repeatable: true}, out)
}

// do makes a call, again if it failed in a way that passes, and decodes the
// answer into out. A refusal of the platform is an *Error.
func (c *Client) do(ctx context.Context, r request, out any) error {
	for attempt := 1; ; attempt++ {
		err := c.once(ctx, r, out)
		if err == nil || !r.repeatable || attempt == maxAttempts || !temporary(err) {
			return err
		}
		wait := backoff(attempt, err)
		if deadline, ok := ctx.Deadline(); wait > maxWait || ok && time.Until(deadline) < wait {
			return err
		}
		if c.Wait(ctx, wait) != nil {
			return err
		}
	}
}

func (c *Client) once(ctx context.Context, r request, out any) error {
	req, err := c.build(ctx, r)
	if err != nil {
		return err
	}
	resp, err := c.HTTP.Do(req)
	if err != nil {
		return &unreachable{withoutURL(err)}
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return &unreachable{err}
	}
	if resp.StatusCode/100 != 2 {
		return refusal(resp, body)
	}
	if err := json.Unmarshal(body, out); err != nil {
		return fmt.Errorf("%s %s: the answer is not the expected JSON: %w", r.method, r.path, err)
	}
	return nil
}

func (c *Client) build(ctx context.Context, r request) (*http.Request, error) {
	address := c.BaseURL + r.path
	if len(r.query) > 0 {
		address += "?" + r.query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, r.method, address, bytes.NewReader(r.body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	if r.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if r.accessToken != "" {
		req.Header.Set("Authorization", "Bearer "+r.accessToken)
	}
	if r.key != "" {
		req.Header.Set("Idempotency-Key", r.key)
	}
	if r.asApp {
		req.Header.Set("X-Client-Id", c.ClientID)
		req.Header.Set("X-Client-Secret", c.ClientSecret)
	}
	return req, nil
}

// Wait waits as between two attempts. The error is that of ctx.
func (c *Client) Wait(ctx context.Context, d time.Duration) error {
	if c.Sleep != nil {
		return c.Sleep(ctx, d)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// withoutURL drops the address, whose query may be long, from a client error.
func withoutURL(err error) error {
	var about *url.Error
	if errors.As(err, &about) {
		return about.Err
	}
	return err
}

package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

// Client calls one platform.
type Client struct {
	base string // ends in /api
	http *http.Client
}

// New returns a client of the platform whose API is at base, for instance
// http://localhost:5001/api. It does not follow redirects.
func New(base string) *Client {
	return &Client{base: base, http: &http.Client{
		Timeout:       30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Auth adds an identity to a request.
type Auth func(http.Header)

// Nobody is the identity of a caller without any.
func Nobody(http.Header) {}

// Bearer is an app with an access token or a session token.
func Bearer(token string) Auth {
	return func(h http.Header) { h.Set("Authorization", "Bearer "+token) }
}

// Session is a merchant signed in to the dashboard.
func Session(token string) Auth {
	return func(h http.Header) { h.Set(api.HeaderAuthToken, token) }
}

// Credentials is an app with its client credentials, acting on a store.
func Credentials(app api.SandboxApp, storeID int64) Auth {
	return func(h http.Header) {
		h.Set(api.HeaderClientID, app.ClientID)
		h.Set(api.HeaderClientSecret, app.ClientSecret)
		h.Set(api.HeaderStoreID, strconv.FormatInt(storeID, 10))
	}
}

// Refusal is an answer that is not a success.
type Refusal struct {
	Method, Path string
	Status       int
	Code         string // the platform's code, or the RFC 6749 error
	Body         string
}

func (r *Refusal) Error() string {
	return fmt.Sprintf("%s %s answers %d: %s", r.Method, r.Path, r.Status, r.Body)
}

// Get reads what is at path.
func Get[T any](ctx context.Context, c *Client, as Auth, path string) (T, error) {
	return call[T](ctx, c, http.MethodGet, as, path, nil)
}

// Post sends body to path and returns the answer.
func Post[T any](ctx context.Context, c *Client, as Auth, path string, body any) (T, error) {
	return call[T](ctx, c, http.MethodPost, as, path, body)
}

// Put sends body to path and returns the answer.
func Put[T any](ctx context.Context, c *Client, as Auth, path string, body any) (T, error) {
	return call[T](ctx, c, http.MethodPut, as, path, body)
}

// call returns the decoded answer, or a *Refusal.
func call[T any](ctx context.Context, c *Client, method string, as Auth, path string, body any) (answer T, err error) {
	res, text, err := c.send(ctx, method, as, path, body)
	if err != nil {
		return answer, err
	}
	if res.StatusCode/100 != 2 {
		return answer, refusal(method, path, res.StatusCode, text)
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return answer, fmt.Errorf("%s %s answers %q: %w", method, path, text, err)
	}
	return answer, nil
}

func (c *Client) send(ctx context.Context, method string, as Auth, path string, body any) (*http.Response, []byte, error) {
	var payload io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return nil, nil, err
		}
		payload = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, payload)
	if err != nil {
		return nil, nil, err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	as(req.Header)
	res, err := c.http.Do(req)
	if err != nil {
		return nil, nil, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	return res, text, err
}

func refusal(method, path string, status int, text []byte) *Refusal {
	var body struct{ Code, Error string }
	_ = json.Unmarshal(text, &body)
	if body.Error != "" {
		body.Code = body.Error
	}
	return &Refusal{Method: method, Path: path, Status: status, Code: body.Code, Body: string(text)}
}

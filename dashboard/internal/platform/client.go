package platform

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/api"
)

const (
	callTimeout = 30 * time.Second
	maxAnswer   = 16 << 20
)

// Client reaches the platform.
type Client struct {
	base string
	http *http.Client
}

// NewClient returns a client of the platform at base, such as
// http://localhost:5001. It follows no redirects.
func NewClient(base string, transport http.RoundTripper) *Client {
	return &Client{base: strings.TrimSuffix(base, "/"), http: &http.Client{
		Transport:     transport,
		Timeout:       callTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Session is the client as one signed-in user.
type Session struct {
	client *Client
	token  string
}

// As returns the client with a user's session token.
func (c *Client) As(token string) Session { return Session{c, token} }

// SignIn begins a dashboard session.
func (c *Client) SignIn(ctx context.Context, email, password string) (api.Login, error) {
	var out api.Envelope[api.Login]
	err := c.do(ctx, http.MethodPost, "/api/auth/login", "", api.LoginRequest{Email: email, Password: password}, &out)
	return out.Data, err
}

// Ready reports whether the platform is usable.
func (c *Client) Ready(ctx context.Context) error {
	return c.do(ctx, http.MethodGet, "/readyz", "", nil, nil)
}

func get[T any](ctx context.Context, s Session, path string) (T, error) {
	return call[T](ctx, s, http.MethodGet, path, nil)
}

func call[T any](ctx context.Context, s Session, method, path string, body any) (T, error) {
	var out api.Envelope[T]
	err := s.client.do(ctx, method, path, s.token, body, &out)
	return out.Data, err
}

// do calls the platform; path is escaped already and may have a query.
func (c *Client) do(ctx context.Context, method, path, token string, body, out any) error {
	req, err := c.request(ctx, method, path, token, body)
	if err != nil {
		return err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	switch {
	case err != nil:
		return fmt.Errorf("%w: %w", ErrUnreachable, err)
	case resp.StatusCode/100 != 2:
		return refusal(resp, text)
	case out == nil:
		return nil
	}
	if err := json.Unmarshal(text, out); err != nil {
		return fmt.Errorf("%w: the answer is not what the contract says: %w", ErrUnreachable, err)
	}
	return nil
}

func (c *Client) request(ctx context.Context, method, path, token string, body any) (*http.Request, error) {
	var reader io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		reader = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, reader)
	if err != nil {
		return nil, err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		req.Header.Set(api.HeaderAuthToken, token)
	}
	return req, nil
}

// refusal reads the platform's error. What is not one, a proxy's page for
// instance, counts as no answer.
func refusal(resp *http.Response, body []byte) error {
	var e api.Error
	if json.Unmarshal(body, &e) != nil || e.Code == "" {
		return fmt.Errorf("%w: it answered %d without an error of the platform", ErrUnreachable, resp.StatusCode)
	}
	e.Status = resp.StatusCode
	refused := Error(e)
	return &refused
}

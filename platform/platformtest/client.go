package platformtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/openapi/openapitest"
)

// Answer is what the platform answered.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte

	t testing.TB
}

// Code returns the error code of a refusal, or "".
func (a Answer) Code() string {
	var e api.Error
	_ = json.Unmarshal(a.Body, &e)
	return e.Code
}

// Into reads the body into v, and fails the test unless the status is want.
func (a Answer) Into(want int, v any) {
	a.t.Helper()
	if a.Status != want {
		a.t.Fatalf("got status %d, want %d: %s", a.Status, want, a.Body)
	}
	if err := json.Unmarshal(a.Body, v); err != nil {
		a.t.Fatalf("%v in %s", err, a.Body)
	}
}

// Data reads the data of an envelope, and fails the test unless the status is
// 200 or 201.
func Data[T any](a Answer) T {
	a.t.Helper()
	var e api.Envelope[T]
	a.Into(max(http.StatusOK, min(a.Status, http.StatusCreated)), &e)
	return e.Data
}

// Header is a request header.
type Header map[string]string

// Bearer authenticates with an access token or a session token.
func Bearer(token string) Header { return Header{"Authorization": "Bearer " + token} }

// User authenticates a dashboard session.
func User(token string) Header { return Header{api.HeaderAuthToken: token} }

// Client authenticates with the client credentials of a demo app.
func (p *Platform) Client(slug string, storeID int64) Header {
	c := p.Apps[slug]
	return Header{api.HeaderClientID: c.ClientID, api.HeaderClientSecret: c.ClientSecret, api.HeaderStoreID: fmt.Sprint(storeID)}
}

// Do makes one request. A body that is not nil is sent as JSON, but
// url.Values are sent as a form. The answer is held to the OpenAPI document.
func (p *Platform) Do(method, path string, h Header, body any) Answer {
	p.t.Helper()
	if strings.HasPrefix(path, "/") {
		path = p.URL + path
	}
	reader, contentType := encode(p.t, body)
	req, err := http.NewRequestWithContext(p.t.Context(), method, path, reader)
	if err != nil {
		p.t.Fatal(err)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	for name, value := range h {
		req.Header.Set(name, value)
	}
	res, err := noRedirect.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	openapitest.Check(p.t, openapitest.Answer{
		Method: method, Path: req.URL.EscapedPath(), Status: res.StatusCode, ContentType: res.Header.Get("Content-Type"), Body: text,
	})
	return Answer{Status: res.StatusCode, Header: res.Header, Body: text, t: p.t}
}

var noRedirect = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

func encode(t testing.TB, body any) (io.Reader, string) {
	t.Helper()
	switch b := body.(type) {
	case nil:
		return nil, ""
	case url.Values:
		return strings.NewReader(b.Encode()), "application/x-www-form-urlencoded"
	}
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(text), "application/json"
}

// Login signs a demo user in and returns the dashboard session's token.
func (p *Platform) Login(email string) string {
	p.t.Helper()
	return Data[api.Login](p.Do(http.MethodPost, "/api/auth/login", nil, api.LoginRequest{Email: email, Password: Password})).Token
}

package e2e_test

import (
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/e2e/internal/client"
)

// keys is everything that opens the API to an app on one store.
type keys struct {
	app     api.SandboxApp
	tokens  api.TokenResponse
	old     string // the access token before the last refresh
	session string // a session token, as the app's frame gets it
	store   int64
}

// takeKeys gets the app a set of keys of its own beside those it got at
// install: by OAuth, refreshed once, and with a session token from the
// dashboard.
func (s story) takeKeys(as client.Auth, store int64) keys {
	app := s.Sandbox.App(restock)
	first, err := s.API.Authorize(s.Context(), as, app, store)
	s.Must(err)
	second, err := s.API.Refresh(s.Context(), app, first.RefreshToken)
	s.Must(err)
	embed, err := client.Get[api.Envelope[api.EmbedParams]](s.Context(), s.API, as,
		fmt.Sprintf("/apps/session/embed-params?app_id=%d&store_id=%d", app.AppID, store))
	s.Must(err)
	return keys{app: app, tokens: second, old: first.AccessToken, session: embed.Data.SessionToken, store: store}
}

// try uses every key once and returns what each got, by name.
func (s story) try(k keys) map[string]error {
	read := func(as client.Auth) error {
		_, err := client.Get[api.List[api.Order]](s.Context(), s.API, as, "/apps/v1/orders?limit=1")
		return err
	}
	return map[string]error{
		"access token":       read(client.Bearer(k.tokens.AccessToken)),
		"older access token": read(client.Bearer(k.old)),
		"session token":      read(client.Bearer(k.session)),
		"client credentials": read(client.Credentials(k.app, k.store)),
	}
}

// open checks that every key works.
func (s story) open(t *testing.T, k keys) {
	t.Helper()
	for name, err := range s.try(k) {
		if err != nil {
			t.Errorf("the %s does not open the store: %v", name, err)
		}
	}
}

// dead checks that the tokens of an earlier installation open nothing: access
// and session tokens answer 401, and the refresh token is an invalid grant.
func (s story) dead(t *testing.T, k keys) {
	t.Helper()
	for name, err := range s.try(k) {
		if name != "client credentials" {
			refused(t, name, err, http.StatusUnauthorized)
		}
	}
	_, err := s.API.Refresh(s.Context(), k.app, k.tokens.RefreshToken)
	refused(t, "refresh token", err, http.StatusBadRequest)
}

// shut checks that the app has no way in at all while it is not installed.
func (s story) shut(t *testing.T, k keys) {
	t.Helper()
	for name, err := range s.try(k) {
		refused(t, name, err, http.StatusUnauthorized)
	}
	_, err := s.API.Refresh(s.Context(), k.app, k.tokens.RefreshToken)
	refused(t, "refresh token", err, http.StatusUnauthorized)
}

func refused(t *testing.T, key string, err error, want int) {
	t.Helper()
	var refusal *client.Refusal
	if !errors.As(err, &refusal) || refusal.Status != want {
		t.Errorf("the %s gets %v, want %d", key, err, want)
	}
}

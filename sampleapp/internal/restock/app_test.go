package restock

import (
	"context"
	"database/sql"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// The credentials of the app under test.
const (
	clientID      = "sx_app_test"
	clientSecret  = "sx_secret_test"
	signingKey    = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	webhookSecret = "whsec_8a3f1d2e5b7c9a0f"
	dashboard     = "http://admin.example.test"
)

// noon is when every test starts, on every clock.
var noon = time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)

// harness is the app, a platform for it and a browser in front of it.
type harness struct {
	*testing.T
	platform *platform
	app      *App
	url      string
	browser  *http.Client // keeps cookies, follows no redirect

	mu  sync.Mutex
	now time.Time
}

func start(t *testing.T) *harness {
	t.Helper()
	h := &harness{T: t, platform: newPlatform(t), now: noon}
	db, err := OpenDatabase(t.Context(), filepath.Join(t.TempDir(), "app.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	server := httptest.NewUnstartedServer(nil)
	h.url = "http://" + server.Listener.Addr().String()
	h.app = h.configure(db)
	if server.Config.Handler, err = h.app.Handler(); err != nil {
		t.Fatal(err)
	}
	server.Start()
	t.Cleanup(server.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	h.browser = &http.Client{Jar: jar, Timeout: 30 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
	return h
}

func (h *harness) configure(db *sql.DB) *App {
	h.Helper()
	vault, err := NewVault(clientSecret)
	if err != nil {
		h.Fatal(err)
	}
	return &App{
		PublicURL: h.url, DashboardURL: dashboard,
		Platform: &selorax.Client{
			BaseURL: h.platform.URL + "/api", ClientID: clientID, ClientSecret: clientSecret, HTTP: h.platform.Client(),
			Sleep: func(context.Context, time.Duration) error { return nil },
		},
		Sessions: selorax.SessionVerifier{ClientID: clientID, SigningKey: signingKey, Now: h.clock},
		Webhooks: selorax.WebhookVerifier{Secret: webhookSecret, Now: h.clock},
		DB:       db, Vault: vault, Log: slog.New(slog.DiscardHandler), Now: h.clock,
	}
}

func (h *harness) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

// pass moves the clocks of app and platform on.
func (h *harness) pass(d time.Duration) {
	h.mu.Lock()
	h.now = h.now.Add(d)
	h.mu.Unlock()
	h.platform.mu.Lock()
	h.platform.clock = h.platform.clock.Add(d)
	h.platform.mu.Unlock()
}

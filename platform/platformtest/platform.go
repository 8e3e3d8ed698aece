package platformtest

import (
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/crypto/bcrypt"

	"github.com/selorax/sandbox/platform/internal/db/dbtest"
	"github.com/selorax/sandbox/platform/internal/sandbox/credentials"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
	"github.com/selorax/sandbox/platform/internal/server"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Config says what differs from the defaults. Its zero value is a platform
// with the demo seed whose sample app nobody serves.
type Config struct {
	// DemoAppURL is where the app "restock" answers, if the test serves one.
	DemoAppURL string
	// DashboardURL is the dashboard's origin.
	DashboardURL string
	// Strict refuses unknown JSON fields.
	Strict bool
	// StartAt is the business time at which the clock stands; nil lets it run.
	StartAt *time.Time
	// APIRateLimit and TokenRateLimit bound calls a minute; without them any
	// number is served.
	APIRateLimit, TokenRateLimit int
	// Dir keeps the data; a temporary directory when empty. With it a second
	// platform can be started where a first one was stopped.
	Dir string
}

// Platform is a running platform.
type Platform struct {
	URL          string // "http://127.0.0.1:41234"
	DashboardURL string
	Apps         map[string]credentials.App // by slug
	ControlKey   string

	t        testing.TB
	server   *server.Platform
	database string // its URL
	stop     func()
}

// Start runs a platform until the test ends.
func Start(t testing.TB, c Config) *Platform {
	t.Helper()
	if c.DemoAppURL == "" {
		c.DemoAppURL = "http://restock.localhost:1"
	}
	if c.DashboardURL == "" {
		c.DashboardURL = "http://admin.selorax.localhost:5080"
	}
	if c.Dir == "" {
		c.Dir = t.TempDir()
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	url, database := "http://"+listener.Addr().String(), dbtest.URL(t, c.Dir)
	built, err := server.New(t.Context(), server.Config{
		DatabaseURL: database, KeyFile: filepath.Join(c.Dir, "platform.key"),
		CredentialsFile: filepath.Join(c.Dir, "credentials.json"), SnapshotDir: filepath.Join(c.Dir, "snapshots"),
		PublicURL: url, DashboardURL: c.DashboardURL,
		DemoAppURL: c.DemoAppURL, SeedDemo: true, StartAt: c.StartAt, GatewayFeeRate: 0.025, Strict: c.Strict,
		APIRateLimit: c.APIRateLimit, TokenRateLimit: c.TokenRateLimit, PasswordCost: bcrypt.MinCost, Version: "test",
		Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})),
	})
	if err != nil {
		t.Fatal(err)
	}
	p := &Platform{URL: url, DashboardURL: c.DashboardURL, t: t, server: built, database: database}
	p.readCredentials(c.Dir)
	p.run(listener)
	return p
}

func (p *Platform) readCredentials(dir string) {
	p.t.Helper()
	var file credentials.File
	text, err := os.ReadFile(filepath.Join(dir, "credentials.json"))
	if err == nil {
		err = json.Unmarshal(text, &file)
	}
	if err != nil {
		p.t.Fatal(err)
	}
	p.Apps, p.ControlKey = file.Apps, file.ControlKey
}

func (p *Platform) run(l net.Listener) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(p.t.Context()))
	done := make(chan error, 1)
	go func() { done <- p.server.Run(ctx, l) }()
	p.stop = func() {
		cancel()
		if err := <-done; err != nil {
			p.t.Error(err)
		}
		if err := p.server.Close(); err != nil {
			p.t.Error(err)
		}
		checkEvents(p.t, p.database)
	}
	p.t.Cleanup(func() { p.Stop() })
}

// Routes lists every route of the platform.
func (p *Platform) Routes() []web.Route { return p.server.Routes() }

// Stop ends the platform as a signal would. A second call does nothing.
func (p *Platform) Stop() {
	if p.stop != nil {
		p.stop()
		p.stop = nil
	}
}

// Advance moves business time forward, with everything that falls due.
func (p *Platform) Advance(by time.Duration) {
	p.t.Helper()
	if err := p.server.Advance(p.t.Context(), by); err != nil {
		p.t.Fatal(err)
	}
}

// Logins of the demo seed, and their common password.
const (
	FloristMerchant = "merchant@floristbd.example"    // stores 22 and 23
	CraftsMerchant  = "merchant@nakshicrafts.example" // store 24
	Developer       = "developer@selorax.example"     // every store
	Password        = demo.Password
)

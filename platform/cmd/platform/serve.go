package main

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/selorax/sandbox/platform/httpserve"
	"github.com/selorax/sandbox/platform/internal/secret"
	"github.com/selorax/sandbox/platform/internal/server"
)

// serve is the flags of `platform serve`.
type serve struct {
	Addr              string     `help:"Address to listen on." default:"127.0.0.1:5001"`
	ListenFD          int        `help:"Serve on this inherited file descriptor instead of opening --addr." name:"listen-fd" hidden:""`
	PublicURL         string     `help:"Where browsers reach the platform. Default: http://api.selorax.localhost with the port of --addr." name:"public-url"`
	DashboardURL      string     `help:"Where browsers reach the dashboard." name:"dashboard-url" default:"http://admin.selorax.localhost:5080"`
	DemoAppURL        string     `help:"Where the sample app answers; the app \"restock\" is registered with it." name:"demo-app-url" default:"http://restock.localhost:5010"`
	DatabaseURL       string     `help:"Database, sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME." name:"database-url" default:"sqlite:data/platform.db"`
	KeyFile           string     `help:"Key that seals stored secrets; made when missing." default:"data/platform.key"`
	CredentialsFile   string     `help:"Plain credentials of the demo apps and the control key; made when missing." default:"data/credentials.json"`
	SnapshotDir       string     `help:"Where snapshots of the database are kept. Default: snapshots beside the credentials file." name:"snapshot-dir" placeholder:"DIR"`
	Seed              string     `help:"What an empty database is filled with: demo or none." enum:"demo,none" default:"demo"`
	StartAt           *time.Time `help:"Business time at which a database that is seeded now begins, and stands until the clock is moved." name:"start-at" placeholder:"2026-03-01T12:00:00Z"`
	Strict            bool       `help:"Refuse unknown JSON fields instead of warning about them."`
	AllowWebhookHosts []string   `help:"Hosts with private addresses that deliveries may reach." placeholder:"HOST,..."`
	APIRateLimit      int        `help:"Calls that an app may make a minute on a store; 0 for any number." name:"api-rate-limit" default:"600"`
	TokenRateLimit    int        `help:"Calls that a client may make a minute to the token endpoint; 0 for any number." default:"10"`
	GatewayFeeRate    float64    `help:"Share of a price that the payment gateway keeps, 0 to 0.1." default:"0.025"`
	LogFormat         string     `help:"Form of the log on stderr: text or json." enum:"text,json" default:"text"`
}

// Run serves until SIGINT or SIGTERM.
func (s *serve) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	listener, err := httpserve.Listen(s.Addr, s.ListenFD)
	if err != nil {
		return err
	}
	if s.PublicURL == "" {
		s.PublicURL = fmt.Sprintf("http://api.selorax.localhost:%d", listener.Addr().(*net.TCPAddr).Port)
	}
	platform, err := server.New(ctx, s.config())
	if err != nil {
		return err
	}
	defer platform.Close()
	return platform.Run(ctx, listener)
}

func (s *serve) config() server.Config {
	return server.Config{
		DatabaseURL: s.DatabaseURL, KeyFile: s.KeyFile, CredentialsFile: s.CredentialsFile,
		SnapshotDir: cmp.Or(s.SnapshotDir, filepath.Join(filepath.Dir(s.CredentialsFile), "snapshots")),
		PublicURL:   s.PublicURL, DashboardURL: s.DashboardURL, DemoAppURL: s.DemoAppURL,
		SeedDemo: s.Seed == "demo", StartAt: s.StartAt, Strict: s.Strict, AllowWebhookHosts: s.AllowWebhookHosts,
		APIRateLimit: s.APIRateLimit, TokenRateLimit: s.TokenRateLimit, GatewayFeeRate: s.GatewayFeeRate,
		PasswordCost: secret.PasswordCost, Version: version, Log: s.logger(),
	}
}

func (s *serve) logger() *slog.Logger {
	if s.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(os.Stderr, nil))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, nil))
}

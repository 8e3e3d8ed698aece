package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/selorax/sandbox/sampleapp/internal/restock"
	"github.com/selorax/sandbox/sampleapp/selorax"
)

// platformTimeout bounds one call to the platform.
const platformTimeout = 30 * time.Second

// serve is the flags of `sampleapp serve`.
type serve struct {
	Addr         string `help:"Address to listen on." env:"ADDR" default:"127.0.0.1:5010"`
	ListenFD     int    `help:"Serve on this inherited file descriptor instead of opening --addr." name:"listen-fd" hidden:""`
	PublicURL    string `help:"Where browsers reach the app." name:"public-url" env:"PUBLIC_URL" default:"http://restock.localhost:5010"`
	DashboardURL string `help:"The dashboard, the only place that may frame the app." name:"dashboard-url" env:"DASHBOARD_URL" default:"http://admin.selorax.localhost:5080"`
	APIURL       string `help:"The platform's API; ends in /api." name:"api-url" env:"SELORAX_API_URL" default:"http://localhost:5001/api"`
	Database     string `help:"The app's database file; made when missing." env:"DATABASE_PATH" default:"data/restock.db"`
	Deploy       bool   `help:"Put the app's extensions into the dashboard at start." default:"true" negatable:""`
	LogFormat    string `help:"Form of the log on stderr: text or json." env:"LOG_FORMAT" enum:"text,json" default:"text"`
}

// Help names the settings that have no flag.
func (serve) Help() string {
	return `The app's credentials come from the environment alone: SELORAX_CLIENT_ID, SELORAX_CLIENT_SECRET,
SESSION_SIGNING_KEY and WEBHOOK_SIGNING_SECRET.

Example:
  eval "$(sx env --app restock)" && sampleapp serve`
}

// Run serves until SIGINT or SIGTERM.
func (s *serve) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	secrets, err := readCredentials(os.Getenv)
	if err != nil {
		return err
	}
	app, err := s.app(ctx, secrets)
	if err != nil {
		return err
	}
	defer app.DB.Close()
	handler, err := app.Handler()
	if err != nil {
		return err
	}
	l, err := listen(s.Addr, s.ListenFD)
	if err != nil {
		return err
	}
	if resealed, err := app.Reseal(ctx); err != nil {
		return err
	} else if resealed > 0 {
		app.Log.Info("tokens.resealed", "stores", resealed)
	}
	app.Log.Info("app.serve", "addr", l.Addr().String(), "public_url", app.PublicURL, "version", version)
	var background sync.WaitGroup
	background.Go(func() { app.Work(ctx) })
	if s.Deploy {
		background.Go(func() { app.Deploy(ctx) })
	}
	err = run(ctx, l, handler, app.Log)
	stop()
	background.Wait()
	return err
}

// app puts the app together.
func (s *serve) app(ctx context.Context, c credentials) (*restock.App, error) {
	public, err := origin("PUBLIC_URL", s.PublicURL)
	if err != nil {
		return nil, err
	}
	dashboard, err := origin("DASHBOARD_URL", s.DashboardURL)
	if err != nil {
		return nil, err
	}
	vault, err := restock.NewVault(c.ClientSecret, c.Previous...)
	if err != nil {
		return nil, err
	}
	db, err := restock.OpenDatabase(ctx, s.Database)
	if err != nil {
		return nil, fmt.Errorf("the database %s does not open (DATABASE_PATH, --database): %w", s.Database, err)
	}
	return &restock.App{
		PublicURL: public, DashboardURL: dashboard,
		Platform: &selorax.Client{
			BaseURL: strings.TrimSuffix(s.APIURL, "/"), ClientID: c.ClientID, ClientSecret: c.ClientSecret,
			HTTP: selorax.NewHTTPClient(platformTimeout),
		},
		Sessions: selorax.SessionVerifier{ClientID: c.ClientID, SigningKey: c.SigningKey, Now: time.Now},
		Webhooks: selorax.WebhookVerifier{Secret: c.WebhookSecret, Now: time.Now},
		DB:       db, Vault: vault, Log: s.logger(), Now: time.Now,
	}, nil
}

// origin checks an address that must have no path: addresses are made by
// appending to it, and browsers compare it with origins.
func origin(name, text string) (string, error) {
	u, err := url.Parse(strings.TrimSuffix(text, "/"))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Scheme+"://"+u.Host != u.String() || u.Host == "" {
		return "", fmt.Errorf("%s must be an address such as https://app.example.com, without a path, not %q", name, text)
	}
	return u.String(), nil
}

func (s *serve) logger() *slog.Logger {
	if s.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(os.Stderr, nil))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, nil))
}

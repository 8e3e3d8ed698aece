package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/selorax/sandbox/sampleapp/internal/restock"
	"github.com/selorax/sandbox/sampleapp/selorax"
)

// Limits of the server.
const (
	headerTimeout   = 10 * time.Second
	requestTimeout  = 30 * time.Second
	answerTimeout   = time.Minute
	shutdownTimeout = 5 * time.Second
	platformTimeout = 30 * time.Second
)

// serve is the flags of `sampleapp serve`. Secrets have no flag: a command
// line can be read by every user of the machine.
type serve struct {
	Addr         string `help:"Address to listen on." env:"ADDR" default:"127.0.0.1:5010"`
	ListenFD     int    `help:"Serve on this inherited file descriptor instead of opening --addr." name:"listen-fd" hidden:""`
	PublicURL    string `help:"Where browsers reach the app." name:"public-url" env:"PUBLIC_URL" default:"http://restock.localhost:5010"`
	DashboardURL string `help:"The dashboard, the only place that may frame the app." name:"dashboard-url" env:"DASHBOARD_URL" default:"http://admin.selorax.localhost:5080"`
	APIURL       string `help:"The platform's API; ends in /api." name:"api-url" env:"SELORAX_API_URL" default:"http://localhost:5001/api"`
	Database     string `help:"The app's database file; made when missing." env:"DATABASE" default:"data/restock.db"`
	LogFormat    string `help:"Form of the log on stderr: text or json." env:"LOG_FORMAT" enum:"text,json" default:"text"`
}

// Run serves until SIGINT or SIGTERM.
func (s *serve) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	app, err := s.app(ctx)
	if err != nil {
		return err
	}
	defer app.DB.Close()
	handler, err := app.Handler()
	if err != nil {
		return err
	}
	listener, err := s.listen()
	if err != nil {
		return err
	}
	app.Log.Info("app.ready", "addr", listener.Addr().String(), "public_url", s.PublicURL, "version", version)
	return run(ctx, listener, handler)
}

// app puts the app together from flags and the environment.
func (s *serve) app(ctx context.Context) (*restock.App, error) {
	required := []string{"SELORAX_CLIENT_ID", "SELORAX_CLIENT_SECRET", "SESSION_SIGNING_KEY", "WEBHOOK_SIGNING_SECRET"}
	env := map[string]string{}
	for _, name := range required {
		env[name] = os.Getenv(name)
	}
	if err := missing(env, required); err != nil {
		return nil, err
	}
	vault, err := restock.NewVault(env["SELORAX_CLIENT_SECRET"])
	if err != nil {
		return nil, err
	}
	db, err := restock.OpenDatabase(ctx, s.Database)
	if err != nil {
		return nil, err
	}
	return &restock.App{
		PublicURL: strings.TrimSuffix(s.PublicURL, "/"), DashboardURL: strings.TrimSuffix(s.DashboardURL, "/"),
		Platform: &selorax.Client{
			BaseURL: strings.TrimSuffix(s.APIURL, "/"), ClientID: env["SELORAX_CLIENT_ID"],
			ClientSecret: env["SELORAX_CLIENT_SECRET"], HTTP: selorax.NewHTTPClient(platformTimeout),
		},
		Sessions: selorax.SessionVerifier{ClientID: env["SELORAX_CLIENT_ID"], SigningKey: env["SESSION_SIGNING_KEY"], Now: time.Now},
		Webhooks: selorax.WebhookVerifier{Secret: env["WEBHOOK_SIGNING_SECRET"], Now: time.Now},
		DB:       db, Vault: vault, Log: s.logger(), Now: time.Now,
	}, nil
}

func (s *serve) logger() *slog.Logger {
	if s.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(os.Stderr, nil))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, nil))
}

func (s *serve) listen() (net.Listener, error) {
	if s.ListenFD == 0 {
		return net.Listen("tcp", s.Addr)
	}
	f := os.NewFile(uintptr(s.ListenFD), "listener")
	defer f.Close()
	return net.FileListener(f)
}

// run serves until ctx ends, then lets requests in progress finish.
func run(ctx context.Context, l net.Listener, h http.Handler) error {
	server := &http.Server{Handler: h, ReadHeaderTimeout: headerTimeout, ReadTimeout: requestTimeout, WriteTimeout: answerTimeout}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	if err := server.Shutdown(stop); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return server.Close()
}

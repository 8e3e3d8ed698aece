package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"os/signal"
	"syscall"

	"github.com/selorax/sandbox/dashboard/internal/site"
	"github.com/selorax/sandbox/platform/httpserve"
)

// serve is the flags of `dashboard serve`.
type serve struct {
	Addr              string `help:"Address to listen on." default:"127.0.0.1:5080"`
	ListenFD          int    `help:"Serve on this inherited file descriptor instead of opening --addr." name:"listen-fd" hidden:""`
	PublicURL         string `help:"Where browsers reach the dashboard. Requests for another host are sent there." name:"public-url" default:"http://admin.selorax.localhost:5080"`
	PlatformURL       string `help:"Where this server reaches the platform." name:"platform-url" default:"http://localhost:5001"`
	PlatformPublicURL string `help:"Where browsers reach the platform." name:"platform-public-url" default:"http://api.selorax.localhost:5001"`
	LogFormat         string `help:"Form of the log on stderr: text or json." enum:"text,json" default:"text"`
}

// Run serves until SIGINT or SIGTERM.
func (s *serve) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	for flag, text := range map[string]string{
		"--public-url": s.PublicURL, "--platform-url": s.PlatformURL, "--platform-public-url": s.PlatformPublicURL,
	} {
		if err := checkOrigin(flag, text); err != nil {
			return err
		}
	}
	log := s.logger()
	handler, err := site.New(site.Config{
		PublicURL: s.PublicURL, PlatformURL: s.PlatformURL, PlatformPublicURL: s.PlatformPublicURL, Log: log,
	})
	if err != nil {
		return err
	}
	listener, err := httpserve.Listen(s.Addr, s.ListenFD)
	if err != nil {
		return err
	}
	log.InfoContext(ctx, "dashboard.serve", "addr", listener.Addr().String(), "public_url", s.PublicURL)
	return httpserve.Serve(ctx, listener, handler, log)
}

// checkOrigin takes http or https with a host and nothing after it: cookies,
// policies and checks of the origin rest on these.
func checkOrigin(flag, text string) error {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.Path != "" || u.RawQuery != "" || u.Fragment != "" {
		return fmt.Errorf("%s must be an origin such as http://admin.selorax.localhost:5080, not %q", flag, text)
	}
	return nil
}

func (s *serve) logger() *slog.Logger {
	if s.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(os.Stderr, nil))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, nil))
}

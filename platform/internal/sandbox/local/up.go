package local

import (
	"context"
	"os"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/sandbox/credentials"
	"github.com/selorax/sandbox/platform/internal/sandbox/supervise"
)

// Config is a sandbox to run.
type Config struct {
	Data          Dir
	Name          string // of a sandbox beside others; its hosts carry it
	Bin           string // directory of the programs
	PlatformAddr  string // HOST:PORT; empty: the usual port, or that of the last start with a Name
	DashboardAddr string
	AppAddr       string
	NoApp         bool     // leave the sample app out
	PlatformArgs  []string // more flags of the platform
	DatabaseURL   string   // empty: the embedded database in Data
	LogFormat     string   // of the programs: text or json
	Log           *supervise.Log
	Started       time.Time // ready_ms counts from here
}

const (
	patience = 60 * time.Second // a first start on a slow machine seeds within this
	grace    = 10 * time.Second
)

// Up runs the sandbox until ctx ends or one of its programs does, and calls
// ready once all of it can be used. The error is nil when ctx ended it.
func Up(ctx context.Context, c Config, ready func(api.SandboxReady) error) error {
	if err := c.Data.Make(); err != nil {
		return err
	}
	lock, err := c.Data.take()
	if err != nil {
		return err
	}
	defer lock.Close()
	secrets, err := credentials.Ensure(c.Data.Credentials())
	if err != nil {
		return err
	}
	c.choose()
	s, err := c.open()
	if err != nil {
		return err
	}
	if c.Name != "" {
		if err := c.Data.keep(s); err != nil {
			return err
		}
	}
	programs := s.programs(c, secrets)
	if err := present(programs); err != nil {
		return err
	}
	file, err := c.Data.startLog(maxLog)
	if err != nil {
		return err
	}
	defer file.Close()
	c.Log.File = file
	group := supervise.Group{Programs: programs, Log: c.Log, Patience: patience, Grace: grace}
	defer c.Data.forget()
	return group.Run(ctx, func() error {
		line := s.ready(secrets)
		line.ReadyMS = time.Since(c.Started).Milliseconds()
		if err := c.Data.save(State{PID: os.Getpid(), Ready: line}); err != nil {
			return err
		}
		return ready(line)
	})
}

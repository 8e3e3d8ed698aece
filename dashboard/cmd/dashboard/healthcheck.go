package main

import (
	"context"

	"github.com/selorax/sandbox/platform/httpserve"
)

// healthcheck is the flags of `dashboard healthcheck`, which containers run:
// their images hold no other program that could ask.
type healthcheck struct {
	Addr string `help:"Address that the server listens on." default:"127.0.0.1:5080"`
}

// Run fails unless the server is ready.
func (h *healthcheck) Run() error { return httpserve.Healthcheck(context.Background(), h.Addr) }

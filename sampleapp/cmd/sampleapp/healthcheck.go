package main

import (
	"fmt"
	"net/http"
	"time"
)

// healthcheck is the flags of `sampleapp healthcheck`, which containers run:
// their image holds no other program that could ask.
type healthcheck struct {
	Addr string `help:"Address that the app listens on." env:"ADDR" default:"127.0.0.1:5010"`
}

// Run fails unless the app is ready.
func (h *healthcheck) Run() error {
	client := &http.Client{Timeout: 5 * time.Second}
	res, err := client.Get("http://" + h.Addr + "/readyz")
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("GET /readyz answers %s", res.Status)
	}
	return nil
}

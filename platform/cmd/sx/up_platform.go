package main

import (
	"strconv"
	"strings"
	"time"
)

// platformFlags are the flags that sx up passes on to the platform.
type platformFlags struct {
	StartAt           *time.Time `help:"Business time at which new data begins, and stands until the clock is moved." name:"start-at" placeholder:"2026-03-01T12:00:00Z"`
	Strict            bool       `help:"Let the platform refuse unknown JSON fields instead of warning about them."`
	AllowWebhookHosts []string   `help:"Hosts with private addresses that deliveries may reach." placeholder:"HOST,..."`
	APIRateLimit      *int       `help:"Calls that an app may make a minute on a store; 0 for any number." name:"api-rate-limit" placeholder:"600"`
	TokenRateLimit    *int       `help:"Calls that a client may make a minute to the token endpoint; 0 for any number." placeholder:"10"`
}

// args are the flags as the platform takes them.
func (f platformFlags) args() (args []string) {
	if f.StartAt != nil {
		args = append(args, "--start-at", f.StartAt.UTC().Format(time.RFC3339Nano))
	}
	if f.Strict {
		args = append(args, "--strict")
	}
	if len(f.AllowWebhookHosts) > 0 {
		args = append(args, "--allow-webhook-hosts", strings.Join(f.AllowWebhookHosts, ","))
	}
	for flag, n := range map[string]*int{"--api-rate-limit": f.APIRateLimit, "--token-rate-limit": f.TokenRateLimit} {
		if n != nil {
			args = append(args, flag, strconv.Itoa(*n))
		}
	}
	return args
}

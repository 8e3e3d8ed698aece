package server

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"
)

// Config is everything a platform needs to know. Every field is required
// unless it says otherwise.
type Config struct {
	DatabaseURL     string // sqlite:PATH or postgres://USER@HOST/NAME
	KeyFile         string // 32 bytes that seal stored secrets; made when missing
	CredentialsFile string // plain credentials of the demo apps and the control key; made when missing

	SnapshotDir string // where snapshots are kept; made when needed

	PublicURL    string // where browsers reach the platform
	DashboardURL string // where browsers reach the dashboard
	DemoAppURL   string // where the sample app answers

	SeedDemo          bool       // fill an empty database with the demo stores
	StartAt           *time.Time // business time at which a seeded database begins and stands; nil: now, running
	Strict            bool       // refuse unknown JSON fields
	AllowWebhookHosts []string   // private hosts that deliveries may reach; may be empty
	APIRateLimit      int        // calls a minute of an app on a store; 0: any number
	TokenRateLimit    int        // calls a minute of a client to the token endpoint; 0: any number
	GatewayFeeRate    float64    // what the payment gateway keeps of a price, 0 to 0.1
	PasswordCost      int        // bcrypt cost of the demo passwords
	Version           string

	Log *slog.Logger
}

// check normalises the URLs and says which one is not an origin.
func (c *Config) check() error {
	var errs []error
	if !(c.GatewayFeeRate >= 0 && c.GatewayFeeRate <= 0.1) {
		errs = append(errs, fmt.Errorf("the gateway fee rate must be from 0 to 0.1, not %v", c.GatewayFeeRate))
	}
	for name, target := range map[string]*string{
		"public URL": &c.PublicURL, "dashboard URL": &c.DashboardURL, "demo app URL": &c.DemoAppURL,
	} {
		*target = strings.TrimSuffix(*target, "/")
		u, err := url.Parse(*target)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.Path != "" || u.RawQuery != "" {
			errs = append(errs, fmt.Errorf("the %s must be an origin such as http://api.selorax.localhost:5001, not %q", name, *target))
		}
	}
	return errors.Join(errs...)
}

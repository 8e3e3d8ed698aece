package billing

import (
	"net/url"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/problem"
)

const (
	maxName        = 255
	maxDescription = 2000
)

// normalize sets the defaults of a charge and brings it into one spelling.
func normalize(in *api.NewCharge) {
	in.Name = strings.TrimSpace(in.Name)
	in.Type, in.Currency = orDefault(in.Type, api.ChargeOneTime), orDefault(in.Currency, api.CurrencyBDT)
	if string(in.Metadata) == "null" {
		in.Metadata = nil
	}
	if in.Type != api.ChargeRecurring {
		return
	}
	if in.BillingInterval != nil && *in.BillingInterval == "annual" {
		*in.BillingInterval = api.IntervalYearly
	}
	if in.TrialDays == nil {
		in.TrialDays = new(int64)
	}
	if in.Replaces == nil {
		in.Replaces = new(bool)
		*in.Replaces = true
	}
}

// complaints are what is wrong with the fields of a charge.
type complaints struct{ problem.Complaints }

// validate returns every complaint about a charge.
func (s *Service) validate(in api.NewCharge, a api.App) error {
	var bad complaints
	bad.Length(in.Name, "name", 1, maxName)
	bad.Length(in.Description, "description", 0, maxDescription)
	bad.Require(in.Amount != nil && *in.Amount >= api.MinCharge && *in.Amount <= api.MaxCharge, "amount", "must be from 10.00 to 50000.00")
	bad.Require(in.Currency == api.CurrencyBDT, "currency", "must be BDT")
	bad.Attached(in.Metadata, in.IdempotencyKey)
	bad.Require(in.ReturnURL == nil || s.mayReturn(*in.ReturnURL, a), "return_url",
		"must be a path of the dashboard, or a URL on the dashboard or on an origin the app registered")
	if in.Type == api.ChargeRecurring {
		bad.subscription(in)
	} else {
		bad.noSubscription(in)
	}
	return bad.Err()
}

// subscription complains about what only a recurring charge has.
func (c *complaints) subscription(in api.NewCharge) {
	c.Require(in.BillingInterval != nil && months[*in.BillingInterval] > 0, "billing_interval", "must be monthly or yearly")
	c.Require(*in.TrialDays >= 0 && *in.TrialDays <= api.MaxTrialDays, "trial_days", "must be from 0 to 365")
	c.Require(in.BillingCap == nil || *in.BillingCap >= api.MinCharge && *in.BillingCap <= api.MaxUsageCap, "billing_cap", "must be from 10.00 to 1000000.00")
}

func (c *complaints) noSubscription(in api.NewCharge) {
	const message = "belongs to a recurring charge"
	c.Require(in.BillingInterval == nil, "billing_interval", message)
	c.Require(in.TrialDays == nil, "trial_days", message)
	c.Require(in.BillingCap == nil, "billing_cap", message)
	c.Require(in.Replaces == nil, "replaces", message)
}

func orDefault(value, fallback string) string {
	if value == "" {
		return fallback
	}
	return value
}

// mayReturn reports whether merchants may be sent to a URL after a payment.
func (s *Service) mayReturn(raw string, a api.App) bool {
	u, err := url.Parse(raw)
	if err != nil || u.User != nil || strings.Contains(raw, `\`) || strings.HasPrefix(u.Path, "//") {
		return false
	}
	if u.Scheme == "" && u.Host == "" {
		return strings.HasPrefix(raw, "/") && !strings.HasPrefix(raw, "//")
	}
	known := append([]string{s.DashboardURL, a.AppURL}, a.RedirectURLs...)
	for _, other := range []*string{a.HomepageURL, a.WebhookURL, a.WebhookReceiveURL} {
		if other != nil {
			known = append(known, *other)
		}
	}
	return (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" &&
		slices.ContainsFunc(known, func(k string) bool { return sameOrigin(u, k) })
}

func sameOrigin(u *url.URL, other string) bool {
	o, err := url.Parse(other)
	return err == nil && strings.EqualFold(u.Scheme, o.Scheme) && strings.EqualFold(u.Host, o.Host)
}

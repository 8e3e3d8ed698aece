package app

import (
	"fmt"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Bounds of a registration.
const (
	maxRedirects   = 10
	maxScreenshots = 10
	maxMetadata    = 16 << 10
	maxCommission  = 0.5
)

var (
	pricingTypes = []string{"free", "one_time", "recurring", "usage"}
	feePayers    = []string{"developer", "merchant"}
	drawnIcon    = regexp.MustCompile(`^/media/apps/[a-z0-9][a-z0-9-]{0,63}\.svg$`)
)

// complaints collects what is wrong with a registration.
type complaints struct{ problem.Complaints }

// check refuses an app that breaks the rules of registration, naming every
// field that does.
func check(a api.App, in api.AppInput) error {
	var c complaints
	c.texts(a)
	c.addresses(a)
	c.unknownNames(in)
	c.Require(len(valueOf(in.RequestedScopes)) > 0 || len(a.RequestedScopes) > 0, "requested_scopes", "must name at least one scope, such as read:orders")
	c.Require(slices.Contains(pricingTypes, a.PricingType), "pricing_type", "must be one of "+strings.Join(pricingTypes, ", "))
	c.Require(slices.Contains(feePayers, a.FeePayer), "fee_payer", "must be one of "+strings.Join(feePayers, ", "))
	c.Require(a.PricingAmount >= 0, "pricing_amount", "must not be negative")
	c.Require(a.CommissionRate >= 0 && a.CommissionRate <= maxCommission, "commission_rate", "must be from 0 to 0.5")
	c.Require(len(a.Metadata) <= maxMetadata, "metadata", "must have at most 16 KiB")
	return c.Err()
}

func (c *complaints) texts(a api.App) {
	for _, t := range []struct {
		field, text string
		low, high   int
	}{
		{"name", a.Name, 3, 255}, {"short_description", a.ShortDescription, 0, 255}, {"description", a.Description, 0, 10_000},
		{"developer_name", a.DeveloperName, 0, 255}, {"category", a.Category, 0, 50},
	} {
		n := utf8.RuneCountInString(t.text)
		switch {
		case n < t.low:
			c.Add(t.field, fmt.Sprintf("must have %d to %d characters", t.low, t.high))
		case n > t.high:
			c.Add(t.field, fmt.Sprintf("must have at most %d characters", t.high))
		case t.field != "description" && strings.ContainsFunc(t.text, unicode.IsControl):
			c.Add(t.field, "must be one line of text")
		}
	}
	if a.DeveloperEmail != "" {
		parsed, err := mail.ParseAddress(a.DeveloperEmail)
		c.Require(err == nil && parsed.Address == a.DeveloperEmail && len(a.DeveloperEmail) <= 254, "developer_email", "must be an address such as you@example.com")
	}
}

func (c *complaints) addresses(a api.App) {
	if a.AppURL != "" {
		c.url("app_url", a.AppURL, urlComplaint)
	}
	for _, u := range []struct {
		field string
		url   *string
		rule  func(string) string
	}{
		{"homepage_url", a.HomepageURL, urlComplaint}, {"setup_url", a.SetupURL, urlComplaint},
		{"webhook_url", a.WebhookURL, baseComplaint}, {"webhook_receive_url", a.WebhookReceiveURL, urlComplaint},
	} {
		if u.url != nil {
			c.url(u.field, *u.url, u.rule)
		}
	}
	if !drawnIcon.MatchString(a.Icon) {
		c.Require(strings.HasPrefix(a.Icon, "https://") && urlComplaint(a.Icon) == "", "icon",
			"must be an https URL, or a picture of the platform such as /media/apps/my-app.svg")
	}
	c.Require(len(a.Screenshots) <= maxScreenshots, "screenshots", fmt.Sprintf("may be at most %d", maxScreenshots))
	for i, shot := range a.Screenshots {
		c.url(fmt.Sprintf("screenshots[%d]", i), shot, urlComplaint)
	}
	c.Require(len(a.RedirectURLs) >= 1 && len(a.RedirectURLs) <= maxRedirects, "redirect_urls", fmt.Sprintf("must name 1 to %d URLs", maxRedirects))
	for i, redirect := range a.RedirectURLs {
		field := fmt.Sprintf("redirect_urls[%d]", i)
		c.url(field, redirect, urlComplaint)
		c.Require(!slices.Contains(a.RedirectURLs[:i], redirect), field, "is given twice")
	}
}

func (c *complaints) url(field, text string, rule func(string) string) {
	if complaint := rule(text); complaint != "" {
		c.Add(field, complaint)
	}
}

// unknownNames names the scopes and topics that do not exist, with the nearest
// that do.
func (c *complaints) unknownNames(in api.AppInput) {
	c.unknownScopes("requested_scopes", valueOf(in.RequestedScopes))
	for i, name := range valueOf(in.WebhookTopics) {
		c.Require(slices.Contains(api.Topics, name), fmt.Sprintf("webhook_topics[%d]", i), "is no topic"+web.Suggestion(name, api.Topics))
	}
}

func (c *complaints) unknownScopes(field string, names []string) {
	for i, name := range names {
		_, known := api.ParseScope(name)
		c.Require(known, fmt.Sprintf("%s[%d]", field, i), "is no scope"+web.Suggestion(name, scopeNames()))
	}
}

// scopeNames lists every scope in the colon spelling.
func scopeNames() []string {
	var names []string
	for _, info := range api.Scopes() {
		names = append(names, string(info.Scope))
	}
	return names
}

package platformtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
)

var slugs = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$`)

func slugOf(name string) string { return strings.ToLower(strings.ReplaceAll(name, " ", "-")) }

func invalid(errors ...api.FieldError) error {
	return &refusal{Status: http.StatusBadRequest, Code: api.CodeValidation, Message: "The input is not valid.", RequestID: "req_test", Errors: errors}
}

// readApp reads the input into an app, or refuses it as the platform does.
func (p *Platform) readApp(c call, a *api.App, isNew bool) error {
	var in api.AppInput
	if err := json.NewDecoder(c.Body).Decode(&in); err != nil {
		return err
	}
	if isNew {
		if in.Slug.Into(&a.Slug); a.Slug != "" && !slugs.MatchString(a.Slug) {
			return invalid(api.FieldError{Field: "slug", Message: "must have 2 to 63 lower-case letters and digits, with hyphens between them"})
		}
		if a.Slug != "" && p.app(a.Slug) != nil {
			return refuse(http.StatusConflict, api.CodeConflict, "The slug %s is taken; %s-2 is free.", a.Slug, a.Slug)
		}
	}
	if !isNew {
		a.IsListed = api.Flag(p.portal[a.AppID].listed)
	}
	fillApp(in, a)
	return checkApp(in, a)
}

func checkApp(in api.AppInput, a *api.App) error {
	var bad []api.FieldError
	require := func(ok bool, field, message string) {
		if !ok {
			bad = append(bad, api.FieldError{Field: field, Message: message})
		}
	}
	n := utf8.RuneCountInString(a.Name)
	require(n >= 3 && n <= 255, "name", "must have 3 to 255 characters")
	require(a.AppURL == "" || isURL(a.AppURL), "app_url", "must be a whole URL such as https://app.example.com/path")
	require(a.WebhookReceiveURL == nil || isURL(*a.WebhookReceiveURL), "webhook_receive_url", "must be a whole URL such as https://app.example.com/path")
	require(len(a.RedirectURLs) >= 1 && len(a.RedirectURLs) <= 10, "redirect_urls", "must name 1 to 10 URLs")
	for i, u := range a.RedirectURLs {
		require(isURL(u), fmt.Sprintf("redirect_urls[%d]", i), "must be a whole URL such as https://app.example.com/path")
	}
	for i, topic := range a.WebhookTopics {
		require(slices.Contains(api.Topics, topic), fmt.Sprintf("webhook_topics[%d]", i), "is no topic")
	}
	var names []string
	in.RequestedScopes.Into(&names)
	for i, name := range names {
		_, known := api.ParseScope(name)
		require(known, fmt.Sprintf("requested_scopes[%d]", i), "is no scope")
	}
	require(len(names) > 0 || !in.RequestedScopes.Given && len(a.RequestedScopes) > 0, "requested_scopes", "must name at least one scope, such as read:orders")
	require(a.PricingAmount >= 0, "pricing_amount", "must not be negative")
	require(a.CommissionRate >= 0 && a.CommissionRate <= 0.5, "commission_rate", "must be from 0 to 0.5")
	if bad != nil {
		return invalid(bad...)
	}
	return nil
}

func isURL(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Host != ""
}

// fillApp puts what the input gives into an app.
func fillApp(in api.AppInput, a *api.App) {
	in.Name.Into(&a.Name)
	in.Icon.Into(&a.Icon)
	in.Description.Into(&a.Description)
	in.ShortDescription.Into(&a.ShortDescription)
	in.AppURL.Into(&a.AppURL)
	in.DeveloperName.Into(&a.DeveloperName)
	in.DeveloperEmail.Into(&a.DeveloperEmail)
	in.PricingType.Into(&a.PricingType)
	in.FeePayer.Into(&a.FeePayer)
	in.Category.Into(&a.Category)
	in.PricingAmount.Into(&a.PricingAmount)
	in.CommissionRate.Into(&a.CommissionRate)
	in.IsListed.Into(&a.IsListed)
	in.Screenshots.Into(&a.Screenshots)
	in.RedirectURLs.Into(&a.RedirectURLs)
	in.WebhookTopics.Into(&a.WebhookTopics)
	for _, address := range []struct {
		given api.Change[string]
		field **string
	}{{in.HomepageURL, &a.HomepageURL}, {in.SetupURL, &a.SetupURL}, {in.WebhookURL, &a.WebhookURL}, {in.WebhookReceiveURL, &a.WebhookReceiveURL}} {
		if address.given.IntoNullable(address.field); *address.field != nil && **address.field == "" {
			*address.field = nil
		}
	}
	if in.RequestedScopes.Given {
		var names []string
		in.RequestedScopes.Into(&names)
		a.RequestedScopes, _ = api.NewScopeSet(names)
	}
}

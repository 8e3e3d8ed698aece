package app

import (
	"bytes"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// defaults is an app before anything is said about it.
func defaults() api.App {
	return api.App{
		AppType: api.AppPlatform, PricingType: "free", FeePayer: "developer", CommissionRate: 0.2,
		ReviewStatus: api.ReviewDraft, IsActive: true,
	}
}

// change puts what an input gives into an app. Scopes and topics that the
// platform does not know are left to unknownNames.
func (a Apps) change(app *api.App, in api.AppInput) {
	for _, text := range []struct {
		given api.Change[string]
		field *string
	}{
		{in.Name, &app.Name}, {in.Icon, &app.Icon}, {in.Description, &app.Description}, {in.ShortDescription, &app.ShortDescription},
		{in.AppURL, &app.AppURL}, {in.DeveloperName, &app.DeveloperName}, {in.DeveloperEmail, &app.DeveloperEmail},
		{in.PricingType, &app.PricingType}, {in.FeePayer, &app.FeePayer}, {in.Category, &app.Category},
	} {
		text.given.Into(text.field)
		*text.field = strings.TrimSpace(*text.field)
	}
	for _, address := range []struct {
		given api.Change[string]
		field **string
	}{
		{in.HomepageURL, &app.HomepageURL}, {in.SetupURL, &app.SetupURL}, {in.WebhookURL, &app.WebhookURL},
		{in.WebhookReceiveURL, &app.WebhookReceiveURL},
	} {
		address.given.IntoNullable(address.field)
		if *address.field != nil && **address.field == "" {
			*address.field = nil
		}
	}
	in.Screenshots.Into(&app.Screenshots)
	in.RedirectURLs.Into(&app.RedirectURLs)
	in.WebhookTopics.Into(&app.WebhookTopics)
	app.WebhookTopics = slices.Compact(slices.Sorted(slices.Values(app.WebhookTopics)))
	if in.RequestedScopes.Given {
		app.RequestedScopes, _ = api.NewScopeSet(valueOf(in.RequestedScopes))
	}
	in.PricingAmount.Into(&app.PricingAmount)
	in.CommissionRate.Into(&app.CommissionRate)
	in.IsListed.Into(&app.IsListed)
	if in.Metadata.Given {
		app.Metadata = bytes.TrimSpace(valueOf(in.Metadata))
	}
	a.settleIcon(app)
}

// settleIcon gives an app without an icon a drawn one, and keeps those of the
// platform as paths: it may be reached elsewhere tomorrow.
func (a Apps) settleIcon(app *api.App) {
	if a.PublicURL != "" {
		app.Icon = strings.TrimPrefix(app.Icon, a.PublicURL)
	}
	if app.Icon == "" && app.Slug != "" {
		app.Icon = "/media/apps/" + app.Slug + ".svg"
	}
}

// valueOf is the value of a change; the zero value for null or nothing.
func valueOf[T any](c api.Change[T]) (v T) {
	c.Into(&v)
	return v
}

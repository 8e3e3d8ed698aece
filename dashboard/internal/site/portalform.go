package site

import (
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// portalForm is what developers write about an app, and what is wrong with it.
// Its fields are called as those of the API.
type portalForm struct {
	Text           map[string]string
	Scopes, Topics []string
	Listed         bool
	Errors         map[string]string // by field
	Once           string
	Again          bool // the form was sent already
	New            bool
}

// portalTexts are the fields that are sent as they are written.
var portalTexts = map[string]func(*api.AppInput) *api.Change[string]{
	"name":                func(in *api.AppInput) *api.Change[string] { return &in.Name },
	"icon":                func(in *api.AppInput) *api.Change[string] { return &in.Icon },
	"short_description":   func(in *api.AppInput) *api.Change[string] { return &in.ShortDescription },
	"description":         func(in *api.AppInput) *api.Change[string] { return &in.Description },
	"category":            func(in *api.AppInput) *api.Change[string] { return &in.Category },
	"developer_name":      func(in *api.AppInput) *api.Change[string] { return &in.DeveloperName },
	"developer_email":     func(in *api.AppInput) *api.Change[string] { return &in.DeveloperEmail },
	"homepage_url":        func(in *api.AppInput) *api.Change[string] { return &in.HomepageURL },
	"app_url":             func(in *api.AppInput) *api.Change[string] { return &in.AppURL },
	"setup_url":           func(in *api.AppInput) *api.Change[string] { return &in.SetupURL },
	"webhook_url":         func(in *api.AppInput) *api.Change[string] { return &in.WebhookURL },
	"webhook_receive_url": func(in *api.AppInput) *api.Change[string] { return &in.WebhookReceiveURL },
	"pricing_type":        func(in *api.AppInput) *api.Change[string] { return &in.PricingType },
	"fee_payer":           func(in *api.AppInput) *api.Change[string] { return &in.FeePayer },
}

const badCommission = "Write a percentage from 0 to 50, such as 20 or 12.5."

// portalOthers are the text fields that are read before they are sent.
var portalOthers = []string{"slug", "redirect_urls", "screenshots", "pricing_amount", "commission_rate"}

// Groups are the permissions to choose from.
func (portalForm) Groups() []page.ScopeGroup { return page.GroupScopes(api.Scopes()) }

// Events are the topics to choose from.
func (portalForm) Events() []page.TopicGroup { return page.AppTopics() }

// Prices are the ways to ask for money.
func (portalForm) Prices() []string { return []string{"free", "one_time", "recurring", "usage"} }

// MayRead reports whether a permission is ticked.
func (f portalForm) MayRead(s api.Scope) bool { return slices.Contains(f.Scopes, string(s)) }

// Follows reports whether a topic is ticked.
func (f portalForm) Follows(topic string) bool { return slices.Contains(f.Topics, topic) }

// newPortalForm is the form of an app that there is not yet.
func (v *visit) newPortalForm() portalForm {
	return portalForm{New: true, Listed: true, Text: map[string]string{
		"developer_name": v.account.Name, "developer_email": v.account.Email, "pricing_type": "free", "fee_payer": api.FeePayerDeveloper, "commission_rate": "20",
	}}
}

func (v *visit) portalFormOf(a api.App) portalForm {
	f := portalForm{Topics: a.WebhookTopics, Text: map[string]string{
		"name": a.Name, "slug": a.Slug, "short_description": a.ShortDescription, "description": a.Description, "category": a.Category,
		"developer_name": a.DeveloperName, "developer_email": a.DeveloperEmail, "homepage_url": optional(a.HomepageURL), "app_url": a.AppURL,
		"setup_url": optional(a.SetupURL), "webhook_url": optional(a.WebhookURL), "webhook_receive_url": optional(a.WebhookReceiveURL),
		"pricing_type": a.PricingType, "fee_payer": a.FeePayer, "redirect_urls": strings.Join(a.RedirectURLs, "\n"), "screenshots": strings.Join(a.Screenshots, "\n"),
		"commission_rate": strconv.FormatFloat(math.Round(a.CommissionRate*1e6)/1e4, 'f', -1, 64),
	}}
	if a.Icon != v.PlatformPublicURL+"/media/apps/"+a.Slug+".svg" { // which is the drawn one
		f.Text["icon"] = a.Icon
	}
	if a.PricingAmount != 0 {
		f.Text["pricing_amount"] = a.PricingAmount.String()
	}
	for _, s := range a.RequestedScopes {
		f.Scopes = append(f.Scopes, string(s))
	}
	return f
}

func optional(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

func sentPortal(r *http.Request) portalForm {
	f := portalForm{Text: map[string]string{}, Listed: r.PostFormValue("is_listed") != ""}
	read := func(name string) {
		f.Text[name] = strings.TrimSpace(strings.ReplaceAll(r.PostFormValue(name), "\r\n", "\n")) // the form's way to end a line
	}
	for name := range portalTexts {
		read(name)
	}
	for _, name := range portalOthers {
		read(name)
	}
	f.Scopes, f.Topics = append([]string{}, r.PostForm["requested_scopes"]...), append([]string{}, r.PostForm["webhook_topics"]...)
	if _, ok := f.commission(); !ok {
		f.wrong("commission_rate", badCommission)
	}
	if text := f.Text["pricing_amount"]; text != "" && !isMoney(text) {
		f.wrong("pricing_amount", "Write an amount, such as 150 or 99.50.")
	}
	return f
}

func (f portalForm) commission() (rate float64, ok bool) {
	text := f.Text["commission_rate"]
	if text == "" {
		return 0, true
	}
	if !isNumber(text) {
		return 0, false
	}
	percent, err := strconv.ParseFloat(text, 64)
	return percent / 100, err == nil
}

func (f *portalForm) wrong(field, says string) {
	if f.Errors == nil {
		f.Errors = map[string]string{}
	}
	f.Errors[field] = strings.TrimSpace(f.Errors[field] + " " + says)
}

// lines are the addresses of a field, one a line.
func (f portalForm) lines(field string) []string {
	list := []string{}
	for line := range strings.Lines(f.Text[field]) {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// input is a checked form as the platform takes it. Whether an app is listed is
// a wish that its page changes; here it is said of a new one.
func (f portalForm) input() (in api.AppInput) {
	for name, at := range portalTexts {
		*at(&in) = api.To(f.Text[name])
	}
	in.RedirectURLs, in.Screenshots = api.To(f.lines("redirect_urls")), api.To(f.lines("screenshots"))
	in.RequestedScopes, in.WebhookTopics = api.To(f.Scopes), api.To(f.Topics)
	amount, _ := api.ParseMoney(f.Text["pricing_amount"]) // nothing is 0
	rate, _ := f.commission()
	in.PricingAmount, in.CommissionRate = api.To(amount), api.To(rate)
	if f.New {
		in.IsListed = api.To(api.Flag(f.Listed))
		if slug := f.Text["slug"]; slug != "" {
			in.Slug = api.To(slug)
		}
	}
	return in
}

// portalField is a field as its label names it and as the sentence of a
// complaint begins.
type portalField struct{ Field, Label, Subject string }

// portalFields are the fields in the order of the form.
var portalFields = []portalField{
	{"name", "Name", "The name"}, {"slug", "Slug", "The slug"}, {"short_description", "Short description", "The short description"},
	{"description", "Description", "The description"}, {"category", "Category", "The category"}, {"homepage_url", "Homepage", "The URL"},
	{"developer_name", "Developer", "The name"}, {"developer_email", "Email for merchants", "It"}, {"icon", "Icon", "The icon"}, {"screenshots", "Screenshots", "The screenshots"},
	{"redirect_urls", "Redirect URLs", "It"}, {"app_url", "App URL", "The URL"}, {"setup_url", "Setup URL", "The URL"}, {"requested_scopes", "Permissions", "It"},
	{"webhook_receive_url", "Deliveries", "The URL"}, {"webhook_url", "Hooks", "The URL"}, {"webhook_topics", "Events", "It"},
	{"pricing_type", "How it is paid", "It"}, {"pricing_amount", "Price", "The price"}, {"commission_rate", "Commission", "It"}, {"fee_payer", "Who pays", "It"},
}

// Marked are the fields with a complaint, in the order of the form.
func (f portalForm) Marked() (list []portalField) {
	for _, field := range portalFields {
		if f.Errors[field.Field] != "" {
			list = append(list, field)
		}
	}
	return list
}

// complain puts the platform's complaints at their fields. It reports whether
// err was about the input.
func (f *portalForm) complain(err error) bool {
	refused, ok := platform.Refusal(err)
	switch {
	case ok && refused.Code == api.CodeConflict && f.New:
		f.wrong("slug", refused.Message)
		return true
	case !ok || refused.Code != api.CodeValidation:
		return false
	}
	for _, e := range refused.Errors {
		f.wrong(f.complaint(e))
	}
	return len(f.Errors) > 0
}

// complaint is what the platform says of a field, in the form's own words. What
// it says of a field that the form does not have stands at the first.
func (f portalForm) complaint(e api.FieldError) (field, says string) {
	field, index, one := strings.Cut(e.Field, "[")
	i := slices.IndexFunc(portalFields, func(p portalField) bool { return p.Field == field })
	switch {
	case field == "requested_scopes" && len(f.Scopes) == 0:
		return field, "Choose at least one permission."
	case field == "redirect_urls" && !one:
		return field, "Write at least one URL, and at most ten."
	case field == "commission_rate":
		return field, badCommission
	case i < 0:
		return "name", sentence(e.Field + " " + e.Message)
	case one:
		return field, sentence(f.oneOf(field, index) + " " + e.Message)
	}
	return field, sentence(portalFields[i].Subject + " " + e.Message)
}

// oneOf names a value of a list as the sentence of a complaint begins.
func (f portalForm) oneOf(field, index string) string {
	n, _ := strconv.Atoi(strings.TrimSuffix(index, "]"))
	switch {
	case field == "requested_scopes" && n < len(f.Scopes):
		return f.Scopes[n]
	case field == "webhook_topics" && n < len(f.Topics):
		return f.Topics[n]
	}
	return fmt.Sprintf("URL %d", n+1)
}

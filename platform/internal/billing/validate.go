package billing

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/problem"
)

const (
	maxName        = 255
	maxDescription = 2000
	maxMetadata    = 16 << 10
	maxKey         = 255
)

// normalize sets the defaults of a charge and brings it into one spelling.
func normalize(in *api.NewCharge) {
	in.Name = strings.TrimSpace(in.Name)
	in.Type, in.Currency = orDefault(in.Type, api.ChargeOneTime), orDefault(in.Currency, api.CurrencyBDT)
	if string(in.Metadata) == "null" {
		in.Metadata = nil
	}
}

// validate returns every complaint about a charge.
func (s *Service) validate(in api.NewCharge, a api.App) error {
	var bad []api.FieldError
	must := func(ok bool, field, message string) {
		if !ok {
			bad = append(bad, api.FieldError{Field: field, Message: message})
		}
	}
	must(in.Type == api.ChargeOneTime, "type", "must be one_time; this endpoint makes no other charges")
	must(in.Name != "" && utf8.RuneCountInString(in.Name) <= maxName, "name", "must have 1 to 255 characters")
	must(utf8.RuneCountInString(in.Description) <= maxDescription, "description", "must have at most 2000 characters")
	must(in.Amount != nil && *in.Amount >= api.MinCharge && *in.Amount <= api.MaxCharge, "amount", "must be from 10.00 to 50000.00")
	must(in.Currency == api.CurrencyBDT, "currency", "must be BDT")
	must(len(in.Metadata) <= maxMetadata, "metadata", "must have at most 16 KiB")
	must(in.Metadata == nil || in.Metadata[0] == '{', "metadata", "must be an object")
	must(in.IdempotencyKey == nil || *in.IdempotencyKey != "" && len(*in.IdempotencyKey) <= maxKey, "idempotency_key", "must have 1 to 255 characters")
	must(in.ReturnURL == nil || s.mayReturn(*in.ReturnURL, a), "return_url",
		"must be a path of the dashboard, or a URL on the dashboard or on an origin the app registered")
	if len(bad) > 0 {
		return problem.Validation(bad...)
	}
	return nil
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

// content is the meaningful input of a charge in one spelling, by which a
// repeat is told from another charge with the same key.
func content(in api.NewCharge) (string, error) {
	in.IdempotencyKey = nil
	if in.Metadata != nil {
		var value any
		decoder := json.NewDecoder(bytes.NewReader(in.Metadata))
		decoder.UseNumber() // large numbers keep their digits
		if err := decoder.Decode(&value); err != nil {
			return "", err
		}
		canonical, err := json.Marshal(value)
		if err != nil {
			return "", err
		}
		in.Metadata = canonical
	}
	text, err := json.Marshal(in)
	return string(text), err
}

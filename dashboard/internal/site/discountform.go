package site

import (
	"cmp"
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// What a discount takes off.
const (
	byPercentage = "percentage"
	byAmount     = "amount"
)

// discountForm is what people write about a discount, as text, and what is
// wrong with it.
type discountForm struct {
	Code, Kind, Value         string
	Minimum, Maximum          string
	Total, Each, Starts, Ends string
	FreeShipping, Active      bool
	Errors                    map[string]string // by field
}

func formOf(d api.Discount) discountForm {
	f := discountForm{
		Code: d.Code, Kind: byPercentage, Value: strconv.FormatFloat(d.Percentage, 'f', -1, 64), Minimum: textOf(d.MinimumOrderValue), Maximum: textOf(d.MaximumDiscountAmount),
		Starts: page.FormTime(d.StartsAt), Ends: page.FormTime(d.EndsAt), FreeShipping: bool(d.FreeShippingOn), Active: bool(d.IsActive),
	}
	if d.IsAmount {
		f.Kind, f.Value = byAmount, d.Amount.String()
	}
	if d.TotalUse != nil {
		f.Total = strconv.FormatInt(*d.TotalUse, 10)
	}
	if d.UsePerUser != nil {
		f.Each = strconv.FormatInt(*d.UsePerUser, 10)
	}
	return f
}

func textOf(m *api.Money) string {
	if m == nil {
		return ""
	}
	return m.String()
}

func sentDiscount(r *http.Request) discountForm {
	text := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	f := discountForm{
		Code: text("code"), Kind: cmp.Or(text("kind"), byPercentage), Value: text("value"), Minimum: text("minimum"), Maximum: text("maximum"),
		Total: text("total"), Each: text("each"), Starts: text("starts"), Ends: text("ends"),
		FreeShipping: text("free_shipping") != "", Active: text("active") != "",
	}
	f.check()
	return f
}

// check looks for what cannot be sent at all; the rest is the platform's to
// judge.
func (f *discountForm) check() {
	if f.Kind == byAmount {
		f.parse("value", f.Value, "Write an amount, such as 150 or 99.50.", isMoney)
	} else {
		f.parse("value", f.Value, "Write a percentage, such as 20 or 12.5.", isNumber)
	}
	f.parse("minimum", f.Minimum, "Write an amount, such as 500.", isMoney)
	f.parse("maximum", f.Maximum, "Write an amount, such as 200.", isMoney)
	f.parse("total", f.Total, "Write a whole number.", isWhole)
	f.parse("each", f.Each, "Write a whole number.", isWhole)
	f.parse("starts", f.Starts, "Write a day and a time.", isTime)
	f.parse("ends", f.Ends, "Write a day and a time.", isTime)
}

func (f *discountForm) parse(field, text, says string, ok func(string) bool) {
	if text != "" && !ok(text) {
		f.wrong(field, says)
	}
}

func isMoney(text string) bool { _, err := api.ParseMoney(text); return err == nil }

func isWhole(text string) bool { _, err := strconv.ParseInt(text, 10, 64); return err == nil }

func isTime(text string) bool { _, err := page.ParseFormTime(text); return err == nil }

func isNumber(text string) bool {
	n, err := strconv.ParseFloat(text, 64)
	return err == nil && !math.IsNaN(n) && !math.IsInf(n, 0)
}

func (f *discountForm) wrong(field, says string) {
	if f.Errors == nil {
		f.Errors = map[string]string{}
	}
	f.Errors[field] = says
}

// input is a checked form as the platform takes it: what is empty is null.
func (f discountForm) input() api.DiscountInput {
	in := api.DiscountInput{
		Code: api.To(f.Code), IsAmount: api.To(api.Flag(f.Kind == byAmount)), FreeShippingOn: api.To(api.Flag(f.FreeShipping)), IsActive: api.To(api.Flag(f.Active)),
		MinimumOrderValue: given(f.Minimum, api.ParseMoney), MaximumDiscountAmount: given(f.Maximum, api.ParseMoney),
		TotalUse: given(f.Total, parseWhole), UsePerUser: given(f.Each, parseWhole),
		StartsAt: given(f.Starts, page.ParseFormTime), EndsAt: given(f.Ends, page.ParseFormTime),
	}
	if f.Kind == byAmount {
		in.Amount = given(f.Value, api.ParseMoney)
	} else {
		in.Percentage = given(f.Value, func(text string) (float64, error) { return strconv.ParseFloat(text, 64) })
	}
	return in
}

func parseWhole(text string) (int64, error) { return strconv.ParseInt(text, 10, 64) }

func given[T any](text string, parse func(string) (T, error)) api.Change[T] {
	if value, err := parse(text); text != "" && err == nil {
		return api.To(value)
	}
	return api.Change[T]{Given: true}
}

// discountFields are the form's names of the platform's fields. What the
// platform says in terms of the API is said in the form's own words.
var discountFields = map[string]struct{ field, label, says string }{
	"code":                    {"code", "The code", ""},
	"amount":                  {"value", "", "Write an amount from 0.01 to 10,000,000."},
	"percentage":              {"value", "", "Write a percentage from 0.01 to 100, with at most two decimals. It may be 0 with free shipping."},
	"minimum_order_value":     {"minimum", "The smallest order", ""},
	"maximum_discount_amount": {"maximum", "The most it takes off", ""},
	"total_use":               {"total", "", "Write a number from 1 to 1,000,000,000, or leave it empty."},
	"use_per_user":            {"each", "", "Write a number from 1 to 1,000,000,000, or leave it empty."},
	"starts_at":               {"starts", "The start", ""},
	"ends_at":                 {"ends", "", "The end must be after the start."},
}

// complain puts the platform's complaints at their fields. It reports whether
// err was about the input.
func (f *discountForm) complain(err error) bool {
	refused, ok := platform.Refusal(err)
	switch {
	case ok && refused.Code == api.CodeConflict:
		f.wrong("code", refused.Message)
		return true
	case !ok || refused.Code != api.CodeValidation:
		return false
	}
	for _, e := range refused.Errors {
		known, ok := discountFields[e.Field]
		if !ok {
			known.field, known.label = "code", e.Field
		}
		f.wrong(known.field, cmp.Or(known.says, sentence(known.label+" "+e.Message)))
	}
	return true
}

package discount

import (
	"math"
	"regexp"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/money"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Bounds of a code's figures.
const (
	maxAmount api.Money = 10_000_000_00
	maxUses   int64     = 1_000_000_000
)

var codes = regexp.MustCompile(`^[A-Z0-9_-]{1,50}$`)

// normalize is the form in which codes are kept and compared.
func normalize(code string) string { return strings.ToUpper(strings.TrimSpace(code)) }

// change puts the given fields of in into a discount. A null where a value is
// needed reads as the zero value, which check refuses or takes.
func change(d *api.Discount, in api.DiscountInput) {
	in.Code.Into(&d.Code)
	in.IsAmount.Into(&d.IsAmount)
	in.Amount.Into(&d.Amount)
	in.Percentage.Into(&d.Percentage)
	in.FreeShippingOn.Into(&d.FreeShippingOn)
	in.IsActive.Into(&d.IsActive)
	in.MinimumOrderValue.IntoNullable(&d.MinimumOrderValue)
	in.MaximumDiscountAmount.IntoNullable(&d.MaximumDiscountAmount)
	in.TotalUse.IntoNullable(&d.TotalUse)
	in.UsePerUser.IntoNullable(&d.UsePerUser)
	in.StartsAt.IntoNullable(&d.StartsAt)
	in.EndsAt.IntoNullable(&d.EndsAt)
	d.Code = normalize(d.Code)
}

// check says everything that is wrong with a discount.
func check(d api.Discount) error {
	var bad []api.FieldError
	require := func(ok bool, field, message string) {
		if !ok {
			bad = append(bad, api.FieldError{Field: field, Message: message})
		}
	}
	require(codes.MatchString(d.Code), "code", "must have 1 to 50 letters, digits, hyphens or underscores")
	if d.IsAmount {
		require(d.Amount > 0 && d.Amount <= maxAmount, "amount", "must be between 0.01 and 10000000.00 when is_amount is 1")
	} else {
		hundredths := d.Percentage * 100
		require(d.Percentage >= 0 && d.Percentage <= 100 && math.Abs(hundredths-math.Round(hundredths)) < 1e-6,
			"percentage", "must be between 0 and 100 with at most two decimals")
		require(d.Percentage != 0 || bool(d.FreeShippingOn), "percentage", "must be above 0 unless free_shipping_on is 1")
	}
	require(d.MinimumOrderValue == nil || *d.MinimumOrderValue >= 0, "minimum_order_value", "must not be negative")
	require(d.MaximumDiscountAmount == nil || *d.MaximumDiscountAmount > 0, "maximum_discount_amount", "must be above 0")
	require(d.TotalUse == nil || *d.TotalUse > 0 && *d.TotalUse <= maxUses, "total_use", "must be between 1 and 1000000000, or null for any number")
	require(d.UsePerUser == nil || *d.UsePerUser > 0 && *d.UsePerUser <= maxUses, "use_per_user", "must be between 1 and 1000000000, or null for any number")
	require(d.StartsAt == nil || d.EndsAt == nil || d.StartsAt.Before(d.EndsAt.Time), "ends_at", "must be after starts_at")
	if bad != nil {
		return problem.Validation(bad...)
	}
	return nil
}

// rate is a percentage as a share.
func rate(percentage float64) money.Rate { return money.Rate(math.Round(percentage * 10_000)) }

// off is what a discount takes off goods of a value.
func off(d api.Discount, subTotal api.Money) api.Money {
	if d.IsAmount {
		return min(d.Amount, subTotal)
	}
	amount := rate(d.Percentage).Of(subTotal)
	if d.MaximumDiscountAmount != nil {
		amount = min(amount, *d.MaximumDiscountAmount)
	}
	return amount
}

// refusal says why a discount cannot be used now, or "". A sub-total that is
// nil is not checked; usedByCustomer is how often the customer used it.
func refusal(d api.Discount, subTotal *api.Money, usedByCustomer int64, now time.Time) string {
	switch {
	case !bool(d.IsActive):
		return "The code " + d.Code + " is switched off."
	case d.StartsAt != nil && now.Before(d.StartsAt.Time):
		return "The code " + d.Code + " begins on " + d.StartsAt.Format(api.TimeLayout) + "."
	case d.EndsAt != nil && !now.Before(d.EndsAt.Time):
		return "The code " + d.Code + " ended on " + d.EndsAt.Format(api.TimeLayout) + "."
	case d.TotalUse != nil && d.UsedCount >= *d.TotalUse:
		return "The code " + d.Code + " has been used as often as it may be."
	case d.UsePerUser != nil && usedByCustomer >= *d.UsePerUser:
		return "This customer has used the code " + d.Code + " as often as they may."
	case subTotal != nil && d.MinimumOrderValue != nil && *subTotal < *d.MinimumOrderValue:
		return "The code " + d.Code + " needs goods for at least " + d.MinimumOrderValue.String() + "."
	}
	return ""
}

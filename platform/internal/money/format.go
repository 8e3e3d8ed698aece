package money

import (
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// Format writes an amount for people: "৳ 2,340.00", or "USD 2,340.00" in a
// currency other than BDT.
func Format(m api.Money, currency string) string {
	sign, mark := "", currency
	if currency == "BDT" {
		mark = "৳"
	}
	if m < 0 {
		sign, m = "-", -m
	}
	whole, fraction, _ := strings.Cut(m.String(), ".")
	for n := len(whole) - 3; n > 0; n -= 3 {
		whole = whole[:n] + "," + whole[n:]
	}
	return sign + mark + " " + whole + "." + fraction
}

package money

import (
	"testing"

	"github.com/selorax/sandbox/platform/api"
)

func TestFormat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		amount   api.Money
		currency string
		want     string
	}{
		{0, "BDT", "৳ 0.00"},
		{5, "BDT", "৳ 0.05"},
		{999_99, "BDT", "৳ 999.99"},
		{2_340_00, "BDT", "৳ 2,340.00"},
		{1_234_567_80, "USD", "USD 1,234,567.80"},
		{-1_000_50, "BDT", "-৳ 1,000.50"},
	} {
		if got := Format(c.amount, c.currency); got != c.want {
			t.Errorf("%d: %q, want %q", c.amount, got, c.want)
		}
	}
}

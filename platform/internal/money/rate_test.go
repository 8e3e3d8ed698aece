package money

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/selorax/sandbox/platform/api"
)

func TestRateRoundsHalfToEven(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		amount, want api.Money
		rate         Rate
	}{
		{15000, 3000, 200_000},
		{25, 2, 100_000}, // 2.5 → 2
		{35, 4, 100_000}, // 3.5 → 4
		{26, 3, 100_000}, // 2.6 → 3
		{-25, -2, 100_000},
		{-35, -4, 100_000},
		{0, 0, 200_000},
		{1<<62 - 1, 1 << 61, 500_000},
	} {
		if got := c.rate.Of(c.amount); got != c.want {
			t.Errorf("%d ppm of %d = %d, want %d", c.rate, c.amount, got, c.want)
		}
	}
}

// The worked examples of the billing documentation, at a commission of 10 %
// and a gateway fee of 2.5 %.
func TestSplitPayment(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		base     api.Money
		merchant bool
		want     Split
	}{
		{"500 developer pays", 50000, false, Split{50000, 50000, 5000, 1250, 43750}},
		{"500 merchant pays", 50000, true, Split{56250, 50000, 5000, 1250, 50000}},
		{"150 developer pays", 15000, false, Split{15000, 15000, 1500, 375, 13125}},
	} {
		got, err := SplitPayment(c.base, 100_000, 25_000, c.merchant)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestSplitRefusesNegativeDeveloperPart(t *testing.T) {
	t.Parallel()
	if _, err := SplitPayment(100, 900_000, 200_000, false); !errors.Is(err, ErrNegativePart) {
		t.Errorf("got %v", err)
	}
}

func FuzzSplitSumsUp(f *testing.F) {
	f.Add(int64(12345), int64(200_000), int64(25_000), true)
	f.Fuzz(func(t *testing.T, base, commission, gateway int64, merchantPays bool) {
		if base < 0 || base > 1e12 || commission < 0 || commission > 500_000 || gateway < 0 || gateway > 100_000 {
			t.Skip()
		}
		s, err := SplitPayment(api.Money(base), Rate(commission), Rate(gateway), merchantPays)
		if err != nil {
			t.Fatal(err)
		}
		if s.Platform+s.Gateway+s.Developer != s.Paid {
			t.Errorf("parts of %+v do not sum to what was paid", s)
		}
	})
}

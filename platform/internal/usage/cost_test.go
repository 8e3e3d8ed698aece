package usage

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/billing"
	"github.com/selorax/sandbox/platform/internal/money"
)

// The platform's own worked examples, at a commission of 10 %.
func TestWorkedExamples(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		quantity api.Quantity
		price    api.Money
		want     billing.Use
	}{
		{5_000, 2_50, billing.Use{Amount: 12_50, Platform: 1_25, Developer: 11_25}},
		{1_000, 2_50, billing.Use{Amount: 2_50, Platform: 25, Developer: 2_25}},
		{1_000, 5, billing.Use{Amount: 5, Platform: 0, Developer: 5}}, // half a poisha of commission, to even
		{1_000, 15, billing.Use{Amount: 15, Platform: 2, Developer: 13}},
	} {
		got, err := costOf(api.NewUsage{Quantity: &c.quantity, UnitPrice: &c.price}, money.RateOf(0.1))
		if diff := cmp.Diff(c.want, got); err != nil || diff != "" {
			t.Errorf("%v times %v: %v (-want +got):\n%s", c.quantity, c.price, err, diff)
		}
	}
}

func TestQuantities(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"1": "1", "1.0": "1", "2.50": "2.5", "0.001": "0.001", "-3.2": "-3.2", "1000000": "1000000"} {
		var q api.Quantity
		if err := q.UnmarshalJSON([]byte(text)); err != nil || q.String() != want {
			t.Errorf("%s reads as %s (%v)", text, q, err)
		}
	}
	for _, text := range []string{"1.0001", "1.", ".5", "1e3", `"1"`, "", "-", "9223372036854775807", "0x1"} {
		var q api.Quantity
		if err := q.UnmarshalJSON([]byte(text)); err == nil {
			t.Errorf("%q reads as %s", text, q)
		}
	}
}

package money

import (
	"testing"

	"github.com/selorax/sandbox/platform/api"
)

// Portions of parts of a whole never sum up to more or less than the part.
func TestPortionsSumUp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ part, whole api.Money }{{10_00, 50_00}, {33, 100_00}, {1, 99_99}, {50_00, 562_50}} {
		var given api.Money
		for taken := api.Money(0); taken <= c.whole; taken++ {
			now := Portion(c.part, taken, c.whole)
			if now < given || now > c.part {
				t.Fatalf("%d of %d: %d of %d", c.part, c.whole, now, taken)
			}
			given = now
		}
		if given != c.part {
			t.Errorf("all of %d gives %d of %d", c.whole, given, c.part)
		}
	}
}

func TestPriceRoundsHalfToEven(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		quantity api.Quantity
		unit     api.Money
		want     api.Money
	}{
		{5_000, 2_50, 12_50}, // the documented example: 5 times 2.50
		{1, 1, 0},            // 0.001 times 0.01
		{500, 1, 0},          // half a poisha, to even
		{1_500, 1, 2},        // one and a half, to even
		{501, 1, 1},
		{333, 10_00, 3_33},
	} {
		if got := Price(c.quantity, c.unit); got != c.want {
			t.Errorf("%v times %v is %v, want %v", c.quantity, c.unit, got, c.want)
		}
	}
}

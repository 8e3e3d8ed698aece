package discount

import (
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/store/storetest"
)

func ptr[T any](v T) *T { return &v }

func TestOff(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		d    api.Discount
		of   api.Money
		want api.Money
	}{
		"percentage":               {api.Discount{Percentage: 20}, 1500_00, 300_00},
		"half a poisha to even":    {api.Discount{Percentage: 12.5}, 1_00, 12},
		"bounded":                  {api.Discount{Percentage: 20, MaximumDiscountAmount: ptr(api.Money(200_00))}, 1500_00, 200_00},
		"amount":                   {api.Discount{IsAmount: true, Amount: 100_00}, 1500_00, 100_00},
		"amount above the goods":   {api.Discount{IsAmount: true, Amount: 100_00}, 60_00, 60_00},
		"free shipping alone":      {api.Discount{FreeShippingOn: true}, 1500_00, 0},
		"everything":               {api.Discount{Percentage: 100}, 1500_00, 1500_00},
		"a hundredth of a percent": {api.Discount{Percentage: 0.01}, 1500_00, 15},
	} {
		if got := off(c.d, c.of); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestRefusal(t *testing.T) {
	t.Parallel()
	now := storetest.Now
	at := func(d time.Duration) *api.Time { return &api.Time{Time: now.Add(d)} }
	usable := api.Discount{Code: "EID10", Percentage: 10, IsActive: true}
	for want, spoil := range map[string]func(*api.Discount){
		"":                                func(d *api.Discount) { d.StartsAt, d.EndsAt = at(0), at(time.Millisecond) },
		"The code EID10 is switched off.": func(d *api.Discount) { d.IsActive = false },
		"The code EID10 begins on 2026-01-31T06:00:01.000Z.":          func(d *api.Discount) { d.StartsAt = at(time.Second) },
		"The code EID10 ended on 2026-01-31T06:00:00.000Z.":           func(d *api.Discount) { d.EndsAt = at(0) },
		"The code EID10 has been used as often as it may be.":         func(d *api.Discount) { d.TotalUse, d.UsedCount = ptr(int64(3)), 3 },
		"This customer has used the code EID10 as often as they may.": func(d *api.Discount) { d.UsePerUser = ptr(int64(1)) },
		"The code EID10 needs goods for at least 500.00.":             func(d *api.Discount) { d.MinimumOrderValue = ptr(api.Money(500_00)) },
	} {
		d := usable
		spoil(&d)
		if got := refusal(d, ptr(api.Money(499_99)), 1, now); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

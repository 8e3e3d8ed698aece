package page

import (
	"testing"

	"github.com/selorax/sandbox/platform/api"
)

// The drawing of a split has the parts side by side, none beyond the whole.
func TestSplitIsDrawnInFull(t *testing.T) {
	t.Parallel()
	for _, c := range []api.Charge{
		{Amount: 150_00, PlatformAmount: 15_00, GatewayFeeAmount: 3_75, DeveloperAmount: 131_25, FeePayer: api.FeePayerDeveloper},
		{Amount: 11_25, BaseAmount: 10_00, PlatformAmount: 1_00, GatewayFeeAmount: 25, DeveloperAmount: 10_00, FeePayer: api.FeePayerMerchant},
		{Amount: 50_000_00, PlatformAmount: 1, GatewayFeeAmount: 0, DeveloperAmount: 49_999_99, FeePayer: api.FeePayerDeveloper},
		{},
	} {
		s, x, sum := SplitCharge(api.StoreCharge{Charge: c}), 0, api.Money(0)
		for _, row := range s.Rows {
			if row.X != x && c.Amount != 0 || row.Width < 0 || row.X+row.Width > 1000 {
				t.Errorf("%s: %s is drawn from %d, %d wide", c.Amount, row.Part, row.X, row.Width)
			}
			x, sum = x+row.Width, sum+row.Amount
		}
		if sum != s.Total {
			t.Errorf("%s: the rows are %s, the total is %s", c.Amount, sum, s.Total)
		}
	}
}

func TestPercent(t *testing.T) {
	t.Parallel()
	for rate, want := range map[float64]string{0: "0", 0.1: "10", 0.025: "2.5", 0.0333333: "3.333", 0.07: "7", 1: "100"} {
		if got := percent(rate); got != want+"\u00a0%" {
			t.Errorf("%v is %q", rate, got)
		}
	}
}

// A single payment is marked as complete; what is collected for a wallet or a
// month is complete by itself.
func TestWhatMadeAChargeComplete(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]string{
		api.ChargeOneTime: "What was paid for was given by Restock.",
		api.ChargeTopup:   "It was test money. The wallet of Restock got ৳ 500.00.",
		api.ChargeUsage:   "It was test money. The usage of Restock in this month is paid.",
	} {
		c := api.StoreCharge{App: api.AppCard{Name: "Restock"}, Charge: api.Charge{Type: kind, Status: api.ChargeCompleted, BaseAmount: 500_00}}
		if got := ChargeOutcome(c).Text; got != want {
			t.Errorf("%s: got %q", kind, got)
		}
	}
}

// A state or a reason that this dashboard does not know is still said.
func TestChargesOfAnotherDay(t *testing.T) {
	t.Parallel()
	reason := "too_old"
	c := api.StoreCharge{Charge: api.Charge{Status: api.ChargeCancelled, CancelReason: &reason}}
	if got := ChargeOutcome(c).Text; got != "Nothing was paid. The reason given is: Too old." {
		t.Errorf("got %q", got)
	}
	c.CancelReason = nil
	if got := ChargeOutcome(c).Text; got != "Nothing was paid." {
		t.Errorf("got %q", got)
	}
	c.Status = "disputed"
	if o, s := ChargeOutcome(c), chargeStatus(c); o.Title != "Disputed" || o.Icon == "" || s.Label != "Disputed" {
		t.Errorf("got %+v and %+v", o, s)
	}
	c.Status = api.ChargePending
	if o := ChargeOutcome(c); o != nil {
		t.Errorf("a charge that waits has ended with %+v", o)
	}
}

package page

import (
	"strconv"

	"github.com/selorax/sandbox/platform/api"
)

var chargeStatuses = map[string]Status{
	api.ChargePending:   {Label: "Waiting", Icon: "circle", Tone: "warning"},
	api.ChargeActive:    {Label: "Paid", Icon: "check-circle", Tone: "success"},
	api.ChargeCompleted: {Label: "Completed", Icon: "double-check", Tone: "success"},
	api.ChargeDeclined:  {Label: "Declined", Icon: "x-circle", Tone: "danger"},
	api.ChargeCancelled: {Label: "Cancelled", Icon: "x-circle"},
	api.ChargeExpired:   {Label: "Expired", Icon: "clock"},
	api.ChargeFrozen:    {Label: "Frozen", Icon: "pause", Tone: "warning"},
}

// chargeStatus is how a charge's status is shown. A pending one says what it
// waits for.
func chargeStatus(c api.StoreCharge) Status {
	s := lookUp(chargeStatuses, c.Status)
	switch {
	case c.Status == api.ChargePending && c.ApprovedAt == nil:
		s.Label = "Waits for approval"
	case c.Status == api.ChargePending:
		s.Label, s.Icon, s.Tone = "Waits for payment", "circle-half", "info"
	}
	return s
}

// Outcome is how a charge that waits no more has ended.
type Outcome struct {
	Tone, Icon string
	Title      string
	Text       string
	At         *api.Time
}

// ChargeOutcome says how a charge has ended, nil while it waits.
func ChargeOutcome(c api.StoreCharge) *Outcome {
	name := c.App.Name
	switch c.Status {
	case api.ChargePending:
		return nil
	case api.ChargeActive:
		return &Outcome{"success", "check-circle", "Paid", "It was test money. " + name + " was told that the payment has arrived.", c.ActivatedAt}
	case api.ChargeCompleted:
		return &Outcome{"success", "double-check", "Paid and completed", name + " says that it gave what was paid for.", c.CompletedAt}
	case api.ChargeDeclined:
		return &Outcome{"danger", "x-circle", "Declined", "Nothing was paid. " + name + " was told, and may ask again.", c.DeclinedAt}
	case api.ChargeCancelled:
		return &Outcome{"", "x-circle", "Cancelled", cancelled(c), c.CancelledAt}
	case api.ChargeExpired:
		return &Outcome{"", "clock", "Expired", "The request was not paid in time. Nothing was paid. " + name + " may ask again.", c.ExpiredAt}
	}
	s := chargeStatus(c)
	return &Outcome{s.Tone, s.Icon, s.Label, "This charge cannot be answered here.", &c.UpdatedAt}
}

func cancelled(c api.StoreCharge) string {
	switch {
	case c.CancelReason == nil:
		return "Nothing was paid."
	case *c.CancelReason == api.ReasonAppUninstalled:
		return "Nothing was paid. The charge ended when " + c.App.Name + " was uninstalled."
	case *c.CancelReason == api.ReasonMerchant:
		return "Nothing was paid. The store cancelled the charge."
	}
	return "Nothing was paid. The reason given is: " + words(*c.CancelReason) + "."
}

// Split is where the merchant's money goes, in words and in rows.
type Split struct {
	Sentence string
	// Rows add up to Total, which is what the merchant pays.
	Rows  []SplitRow
	Total api.Money
}

// SplitRow is one part of a price.
type SplitRow struct {
	Part   string // base, developer, platform or gateway
	Label  string
	Note   string // the rate, "10 %"
	Amount api.Money
	// X and Width place the part in a drawing of the whole, which is 1000 wide.
	X, Width int
}

// SplitCharge says who pays which fee of a charge. Where the merchant pays the
// fees they come on top of the base price; where the developer does, they are
// parts of it.
func SplitCharge(c api.StoreCharge) Split {
	s := Split{Total: c.Amount, Sentence: "The store pays the price, and the fees come out of what " + c.App.DeveloperName + " gets."}
	first := SplitRow{Part: "developer", Label: c.App.DeveloperName + " gets", Amount: c.DeveloperAmount}
	if c.FeePayer == api.FeePayerMerchant {
		s.Sentence = "The store pays the price and the fees, and " + c.App.DeveloperName + " gets the full price."
		first = SplitRow{Part: "base", Label: "Base price", Amount: c.BaseAmount}
	}
	s.Rows = []SplitRow{first,
		{Part: "platform", Label: "Platform commission", Note: percent(c.CommissionRate), Amount: c.PlatformAmount},
		{Part: "gateway", Label: "Payment processing fee", Note: percent(c.GatewayFeeRate), Amount: c.GatewayFeeAmount},
	}
	x := 0
	for n := range s.Rows {
		row := &s.Rows[n]
		if c.Amount > 0 {
			row.X, row.Width = x, int(row.Amount*1000/c.Amount)
		}
		x += row.Width
	}
	return s
}

// percent writes a rate as people do: 0.025 is "2.5 %".
func percent(rate float64) string {
	return strconv.FormatFloat(rate*100, 'g', 4, 64) + "\u00a0%"
}

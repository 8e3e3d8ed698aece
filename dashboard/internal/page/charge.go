package page

import (
	"strconv"
	"strings"

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
// waits for, a subscription what it is at.
func chargeStatus(c api.StoreCharge) Status {
	s := lookUp(chargeStatuses, c.Status)
	switch {
	case c.Type == api.ChargeUsage && c.Status == api.ChargePending:
		s.Label, s.Icon, s.Tone = "This month", "circle-half", "info"
	case c.Status == api.ChargePending && c.ApprovedAt == nil:
		s.Label = "Waits for approval"
	case c.Status == api.ChargePending:
		s.Label, s.Icon, s.Tone = "Waits for payment", "circle-half", "info"
	case c.Type == api.ChargeRecurring && c.Status == api.ChargeActive && c.CancelAtPeriodEnd:
		s.Label, s.Icon, s.Tone = "Ends soon", "clock", "warning"
	case c.Type == api.ChargeRecurring && c.Status == api.ChargeActive && c.PaymentsMade == 0:
		s.Label, s.Icon = "Trial", "clock"
	case c.Type == api.ChargeRecurring && c.Status == api.ChargeActive:
		s.Label = "Active"
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
	case api.ChargeFrozen:
		return &Outcome{"warning", "pause", "Frozen", "The payment could not be collected. It is tried again" + onDay(c.NextPaymentAt) +
			"; or pay it now. If it cannot be collected in the end, it is cancelled.", c.FrozenAt}
	case api.ChargeActive:
		if c.Type == api.ChargeRecurring {
			return running(c)
		}
		return &Outcome{"success", "check-circle", "Paid", "It was test money. " + name + " was told that the payment has arrived.", c.ActivatedAt}
	case api.ChargeCompleted:
		return &Outcome{"success", "double-check", "Paid and completed", completed(c), c.CompletedAt}
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

// completed says what made a charge complete.
func completed(c api.StoreCharge) string {
	switch c.Type {
	case api.ChargeTopup:
		return "It was test money. The wallet of " + c.App.Name + " got " + taka(c.BaseAmount) + "."
	case api.ChargeUsage:
		return "It was test money. The usage of " + c.App.Name + " in this month is paid."
	}
	return "What was paid for was given by " + c.App.Name + "."
}

// endings say why a charge was cancelled, by reason.
var endings = map[string]string{
	api.ReasonAppUninstalled: "The charge ended when %s was uninstalled.",
	api.ReasonMerchant:       "The store cancelled the charge.",
	api.ReasonApp:            "%s ended the subscription.",
	api.ReasonReplaced:       "Another subscription to %s took its place.",
	api.ReasonPaymentFailed:  "The payment could not be collected.",
}

func cancelled(c api.StoreCharge) string {
	paid := "Nothing was paid."
	if c.PaymentsMade > 0 {
		paid = "Nothing more is collected."
	}
	switch {
	case c.CancelReason == nil:
		return paid
	case endings[*c.CancelReason] != "":
		return paid + " " + strings.ReplaceAll(endings[*c.CancelReason], "%s", c.App.Name)
	}
	return paid + " The reason given is: " + words(*c.CancelReason) + "."
}

// running is a subscription that goes on.
func running(c api.StoreCharge) *Outcome {
	switch {
	case c.CancelAtPeriodEnd:
		return &Outcome{"warning", "clock", "It ends" + onDay(c.CurrentPeriodEnd), "Nothing more is collected. Until then " + c.App.Name + " gives what was paid for.", nil}
	case c.PaymentsMade == 0:
		return &Outcome{"success", "clock", "The trial goes on", "Nothing was collected yet. The first payment is due" + onDay(c.NextPaymentAt) + ".", nil}
	}
	return &Outcome{"success", "check-circle", "The subscription goes on", "The next payment is due" + onDay(c.NextPaymentAt) + ".", nil}
}

// onDay is " on 14 Dec 2026", nothing without an instant.
func onDay(at *api.Time) string {
	if at == nil {
		return ""
	}
	return " on " + at.In(dhaka).Format("2 Jan 2006")
}

// per is what follows a price: " a month", " a year", nothing for one that is
// paid once.
func per(c api.StoreCharge) string {
	if c.BillingInterval == nil {
		return ""
	}
	return map[string]string{api.IntervalMonthly: " a month", api.IntervalYearly: " a year"}[*c.BillingInterval]
}

// ChargeTitle says what an app asks for.
func ChargeTitle(c api.StoreCharge, over bool) string {
	switch {
	case c.Type == api.ChargeUsage:
		return "Usage of " + c.App.Name
	case c.Type == api.ChargeRecurring && over:
		return "Subscription to " + c.App.Name
	case c.Type == api.ChargeRecurring:
		return c.App.Name + " offers a subscription"
	case c.Type == api.ChargeTopup && over:
		return "Top-up for " + c.App.Name
	case c.Type == api.ChargeTopup:
		return c.App.Name + " asks to fill its wallet"
	case over:
		return "Charge from " + c.App.Name
	}
	return c.App.Name + " asks for a payment"
}

// ChargeTerms are what the merchant agrees to, in sentences. Before and wallet
// are what there is already: the current subscriptions to the app, and the
// balance of its wallet.
func ChargeTerms(c api.StoreCharge, store string, before []api.StoreCharge, wallet *api.Money) (terms []string) {
	switch c.Type {
	case api.ChargeUsage:
		return append(terms, "What "+c.App.Name+" metered, collected as one payment"+onDay(c.CurrentPeriodEnd)+".")
	case api.ChargeTopup:
		terms = append(terms, "One payment by "+store+". The wallet of "+c.App.Name+" gets "+taka(c.BaseAmount)+".")
		if wallet != nil {
			terms = append(terms, "The wallet holds "+taka(*wallet)+" now.")
		}
		return terms
	case api.ChargeOneTime:
		return append(terms, "One payment by "+store+". It is not repeated.")
	}
	days := int64(0)
	if c.TrialDays != nil {
		days = *c.TrialDays
	}
	switch {
	case c.Status == api.ChargePending && days > 0:
		terms = append(terms, "Nothing is collected today. "+Count(int(days), "day")+" are free, then "+taka(c.Amount)+per(c)+" until the subscription is ended.")
	case c.Status == api.ChargePending:
		terms = append(terms, taka(c.Amount)+" is collected today, and then every "+strings.TrimPrefix(per(c), " a ")+" until the subscription is ended.")
	}
	if c.BillingCap != nil {
		terms = append(terms, "Usage of "+c.App.Name+" may cost up to "+taka(*c.BillingCap)+" in a calendar month on top.")
	}
	if c.Status != api.ChargePending || c.Replaces != nil && !*c.Replaces {
		return terms
	}
	for _, b := range before {
		terms = append(terms, "It takes the place of “"+b.Name+"” for "+taka(b.Amount)+per(b)+", which you agreed to before. Nothing of that is paid back.")
	}
	return terms
}

// ApproveLabel says what the approval does.
func ApproveLabel(c api.StoreCharge) string {
	if c.TrialDays != nil && *c.TrialDays > 0 {
		return "Start " + Count(int(*c.TrialDays), "day") + " free"
	}
	return "Approve " + taka(c.Amount) + per(c)
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
	s.Rows = []SplitRow{first, {Part: "platform", Label: "Platform commission", Note: percent(c.CommissionRate), Amount: c.PlatformAmount}}
	if c.Type == api.ChargeUsage {
		s.Sentence = "The store pays the price, and the commission comes out of what " + c.App.DeveloperName + " gets. There is no processing fee."
	} else {
		s.Rows = append(s.Rows, SplitRow{Part: "gateway", Label: "Payment processing fee", Note: percent(c.GatewayFeeRate), Amount: c.GatewayFeeAmount})
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

package selorax

import (
	"context"
	"strconv"
	"time"
)

// Intervals of a subscription.
const (
	Monthly = "monthly"
	Yearly  = "yearly"
)

// NewSubscription is a price to ask a merchant for every month or year.
type NewSubscription struct {
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
	Amount      Money  `json:"amount"` // of each period
	Interval    string `json:"billing_interval"`
	// TrialDays are free, up to 365. A store has one trial of each plan, which
	// its name tells: the answer says 0 when it has had it.
	TrialDays int `json:"trial_days,omitempty"`
	// BillingCap is what usage may cost in a calendar month; 0 leaves it to the
	// platform.
	BillingCap Money `json:"billing_cap,omitempty"`
	// Beside lets the app's other subscriptions on the store go on. Without it
	// they end when this one begins.
	Beside         bool           `json:"-"`
	ReturnURL      string         `json:"return_url,omitempty"`
	Metadata       map[string]any `json:"metadata,omitempty"`
	IdempotencyKey string         `json:"idempotency_key,omitempty"`
}

// Subscription is a charge that comes again.
type Subscription struct {
	Charge
	Interval          string     `json:"billing_interval"`
	TrialDays         int        `json:"trial_days"`
	TrialEndsAt       *time.Time `json:"trial_ends_at"`
	CurrentPeriodEnd  *time.Time `json:"current_period_end"`
	NextPaymentAt     *time.Time `json:"next_payment_at"` // nil: none follows
	CancelAtPeriodEnd bool       `json:"cancel_at_period_end"`
}

// Running reports whether the merchant is owed what the subscription pays for:
// it is paid for, or in its trial. A frozen one waits for its payment.
func (s Subscription) Running() bool { return s.Status == ChargeActive }

// CreateSubscription asks the merchant for a payment every month or year. Lead
// them to ConfirmationURL. Scope billing.
func (c *Client) CreateSubscription(ctx context.Context, accessToken string, n NewSubscription) (Subscription, error) {
	body := struct {
		NewSubscription
		Replaces bool `json:"replaces"`
	}{n, !n.Beside}
	return post[Subscription](ctx, c, accessToken, "/apps/v1/billing/subscriptions", body, n.IdempotencyKey)
}

// Subscription returns a subscription of the store. Scope billing.
func (c *Client) Subscription(ctx context.Context, accessToken string, chargeID int64) (Subscription, error) {
	var answer struct{ Data Subscription }
	err := c.get(ctx, accessToken, "/apps/v1/billing/charges/"+strconv.FormatInt(chargeID, 10), nil, &answer)
	return answer.Data, err
}

// CancelSubscription ends a subscription of the app: now, or with the period
// that is paid for. Scope billing.
func (c *Client) CancelSubscription(ctx context.Context, accessToken string, chargeID int64, atPeriodEnd bool) (Subscription, error) {
	return post[Subscription](ctx, c, accessToken, "/apps/v1/billing/subscriptions/"+strconv.FormatInt(chargeID, 10)+"/cancel",
		map[string]bool{"at_period_end": atPeriodEnd}, "")
}

// Refund pays back a part of a charge's last payment, or with an amount of 0 all
// that is left of it. The merchant reads the reason. Scope billing.
func (c *Client) Refund(ctx context.Context, accessToken string, chargeID int64, amount Money, reason string) (Charge, error) {
	body := map[string]any{"reason": reason}
	if amount != 0 {
		body["amount"] = amount
	}
	return post[Charge](ctx, c, accessToken, "/apps/v1/billing/charges/"+strconv.FormatInt(chargeID, 10)+"/refund", body, "")
}

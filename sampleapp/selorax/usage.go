package selorax

import "context"

// NewUsage is one use to charge for. It needs no approval and is collected with
// the others of its calendar month.
type NewUsage struct {
	Description string `json:"description"` // the merchant reads it
	// Quantity is a decimal with at most three places, such as 2.5.
	Quantity       Decimal        `json:"quantity"`
	UnitPrice      Money          `json:"unit_price"`
	Metadata       map[string]any `json:"metadata,omitempty"`
	IdempotencyKey string         `json:"idempotency_key,omitempty"`
}

// Decimal is a number as it is written, so that no digit of it is lost.
type Decimal string

// MarshalJSON writes the number as it is.
func (d Decimal) MarshalJSON() ([]byte, error) { return []byte(d), nil }

// Usage is a use that the platform has noted.
type Usage struct {
	UsageChargeID int64  `json:"usage_charge_id"`
	ChargeID      int64  `json:"charge_id"` // of the month
	Amount        Money  `json:"amount"`
	Status        string `json:"status"` // pending | frozen | completed | cancelled
}

// RecordUsage charges for a use. What goes beyond what the merchant agreed to
// for a month is an error that Shortfall explains. Scope billing.
func (c *Client) RecordUsage(ctx context.Context, accessToken string, n NewUsage) (Usage, error) {
	return post[Usage](ctx, c, accessToken, "/apps/v1/billing/usage-charges", n, n.IdempotencyKey)
}

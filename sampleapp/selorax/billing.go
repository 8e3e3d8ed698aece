package selorax

import (
	"context"
	"encoding/json"
	"strconv"
)

// Charge statuses. A paid one-time charge is active until it is completed.
const (
	ChargePending   = "pending"
	ChargeActive    = "active"
	ChargeCompleted = "completed"
	ChargeDeclined  = "declined"
	ChargeCancelled = "cancelled"
	ChargeExpired   = "expired"
	ChargeFrozen    = "frozen"
)

// NewCharge is a one-time charge to ask a merchant for.
type NewCharge struct {
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
	Amount      Money  `json:"amount"`
	// ReturnURL is where the merchant comes back to, on the dashboard or on an
	// origin of the app, with payment and charge_id in the query.
	ReturnURL string         `json:"return_url,omitempty"`
	Metadata  map[string]any `json:"metadata,omitempty"`
	// IdempotencyKey makes one charge, however often the call is made. Only a
	// call with a key is repeated when the platform does not answer.
	IdempotencyKey string `json:"idempotency_key,omitempty"`
}

// Charge is what a merchant was asked to pay.
type Charge struct {
	ChargeID        int64           `json:"charge_id"`
	Type            string          `json:"type"` // one_time | recurring | usage | wallet_topup
	StoreID         int64           `json:"store_id"`
	InstallationID  int64           `json:"installation_id"`
	Name            string          `json:"name"`
	Amount          Money           `json:"amount"`
	Currency        string          `json:"currency"`
	Status          string          `json:"status"`
	ConfirmationURL string          `json:"confirmation_url"` // path in the dashboard
	Metadata        json.RawMessage `json:"metadata"`
	RefundedAmount  Money           `json:"refunded_amount"`
	CancelReason    string          `json:"cancel_reason"`
	PaymentsMade    int64           `json:"payments_made"` // 0 during a trial
}

// ChargeEvent is the data of the charge.* webhooks.
type ChargeEvent struct {
	Charge Charge `json:"charge"`
}

// Paid reports whether the merchant has paid and is owed what was sold.
func (c Charge) Paid() bool { return c.Status == ChargeActive || c.Status == ChargeCompleted }

// CreateCharge asks the merchant for a payment. Scope billing.
func (c *Client) CreateCharge(ctx context.Context, accessToken string, n NewCharge) (Charge, error) {
	return post[Charge](ctx, c, accessToken, "/apps/v1/billing/charges", n, n.IdempotencyKey)
}

// Charge returns one charge of the store. Scope billing. It is the only proof
// of a payment: what a browser brings back is not.
func (c *Client) Charge(ctx context.Context, accessToken string, chargeID int64) (Charge, error) {
	var answer struct{ Data Charge }
	err := c.get(ctx, accessToken, "/apps/v1/billing/charges/"+strconv.FormatInt(chargeID, 10), nil, &answer)
	return answer.Data, err
}

// ActiveCharges returns the paid charges of the store, also those of an
// installation before this one. Scope billing.
func (c *Client) ActiveCharges(ctx context.Context, accessToken string) ([]Charge, error) {
	var answer struct{ Data []Charge }
	err := c.get(ctx, accessToken, "/apps/v1/billing/active", nil, &answer)
	return answer.Data, err
}

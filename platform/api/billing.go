package api

import "encoding/json"

// Limits of an amount that a merchant approves.
const (
	MinCharge Money = 10_00
	MaxCharge Money = 50_000_00

	// CurrencyBDT is the only currency of charges.
	CurrencyBDT = "BDT"
)

// Kinds of charges.
const (
	ChargeOneTime   = "one_time"
	ChargeRecurring = "recurring"
	ChargeTopup     = "wallet_topup"
)

// Charge statuses. A paid one-time charge stays active until it is completed.
const (
	ChargePending   = "pending"
	ChargeActive    = "active"
	ChargeCompleted = "completed"
	ChargeDeclined  = "declined"
	ChargeCancelled = "cancelled"
	ChargeExpired   = "expired"
	ChargeFrozen    = "frozen"
)

// Who pays the fees of a charge (app setting fee_payer).
const (
	FeePayerDeveloper = "developer"
	FeePayerMerchant  = "merchant"
)

// Reasons why a charge was cancelled.
const (
	ReasonAppUninstalled = "app_uninstalled"
	ReasonMerchant       = "merchant"

	// ReasonPaymentFailed is the reason of charge.payment_failed.
	ReasonPaymentFailed = "payment_failed"
)

// NewCharge is the body of POST /api/apps/v1/billing/charges. The same
// idempotency_key with the same content answers 200 with the first charge; with
// other content it is a conflict.
type NewCharge struct {
	Type           string          `json:"type"` // one_time, the default
	Name           string          `json:"name"` // 1 to 255 characters
	Description    string          `json:"description"`
	Amount         *Money          `json:"amount"`     // MinCharge to MaxCharge
	Currency       string          `json:"currency"`   // BDT, the default
	ReturnURL      *string         `json:"return_url"` // on the dashboard or on an origin of the app
	Metadata       json.RawMessage `json:"metadata"`   // an object, returned as it came
	IdempotencyKey *string         `json:"idempotency_key"`
}

// Charge is what an app asks a merchant to pay. Amount is what the merchant
// pays; PlatformAmount + GatewayFeeAmount + DeveloperAmount is the same sum.
type Charge struct {
	ChargeID         int64           `json:"charge_id"`
	AppID            int64           `json:"app_id"`
	StoreID          int64           `json:"store_id"`
	InstallationID   int64           `json:"installation_id"`
	Type             string          `json:"type"` // one_time
	Name             string          `json:"name"`
	Description      string          `json:"description"`
	Amount           Money           `json:"amount"`             // what the merchant pays
	BaseAmount       Money           `json:"base_amount"`        // the app's price
	Currency         string          `json:"currency"`           // BDT
	FeePayer         string          `json:"fee_payer"`          // developer | merchant
	CommissionRate   float64         `json:"commission_rate"`    // as a fraction, 0.2
	PlatformAmount   Money           `json:"platform_amount"`    // commission retained by the platform
	GatewayFeeRate   float64         `json:"gateway_fee_rate"`   // as a fraction, 0.025
	GatewayFeeAmount Money           `json:"gateway_fee_amount"` // the payment gateway's fee
	DeveloperAmount  Money           `json:"developer_amount"`   // what is left for the developer
	Status           string          `json:"status"`             // pending | active | completed | declined | cancelled | expired
	ConfirmationURL  string          `json:"confirmation_url"`   // path in the dashboard: /22/settings/apps/billing/5
	ReturnURL        *string         `json:"return_url"`         // where the merchant goes afterwards; null: to the app in the dashboard
	Metadata         json.RawMessage `json:"metadata"`           // an object or null
	CancelReason     *string         `json:"cancel_reason"`      // app_uninstalled | merchant
	CreatedAt        Time            `json:"created_at"`
	ExpiresAt        *Time           `json:"expires_at"`   // while pending
	ApprovedAt       *Time           `json:"approved_at"`  // when the merchant agreed, before paying
	ActivatedAt      *Time           `json:"activated_at"` // when it was paid
	CompletedAt      *Time           `json:"completed_at"`
	DeclinedAt       *Time           `json:"declined_at"`
	CancelledAt      *Time           `json:"cancelled_at"`
	ExpiredAt        *Time           `json:"expired_at"`
	UpdatedAt        Time            `json:"updated_at"`
}

// StoreCharge is a charge as the dashboard shows it (GET
// /api/apps/billing/charges and /charges/{charge_id}).
type StoreCharge struct {
	Charge
	App AppCard `json:"app"`
	// Actions are what the merchant may do now: approve, decline, pay, cancel.
	Actions  []string      `json:"actions"`
	Timeline []ChargeEntry `json:"timeline"` // oldest first
}

// Actions of a merchant on a charge.
const (
	ActionApprove = "approve"
	ActionDecline = "decline"
	ActionPay     = "pay"
	ActionCancel  = "cancel"
)

// ChargeEntry is one thing that happened to a charge.
type ChargeEntry struct {
	Kind      string `json:"kind"` // created | approved | payment_failed | payment_cancelled | activated | completed | declined | cancelled | expired
	Message   string `json:"message"`
	CreatedAt Time   `json:"created_at"`
}

// Payment outcomes on the simulated gateway.
const (
	PaymentPay    = "pay"
	PaymentFail   = "fail"
	PaymentCancel = "cancel"
)

// PaymentRequest is the body of POST /api/apps/billing/charges/{charge_id}/pay,
// the simulated gateway: no money moves.
type PaymentRequest struct {
	Outcome string `json:"outcome"` // pay | fail | cancel
}

// PaymentResult is where a charge stands after a step and where the merchant
// goes next: the gateway page after an approval; the app, with payment and
// charge_id in the query, after a payment or a refusal.
type PaymentResult struct {
	Charge      StoreCharge `json:"charge"`
	RedirectURL string      `json:"redirect_url"` // a path in the dashboard, or a URL of the app
}

// What a merchant comes back to the app with, in the query parameter payment.
const (
	ReturnSuccess   = "success"
	ReturnFailed    = "failed"
	ReturnCancelled = "cancelled"
	ReturnDeclined  = "declined"
)

// ChargeEvent is the data of the charge.* topics.
type ChargeEvent struct {
	ChargeID       int64   `json:"charge_id"`
	AppID          int64   `json:"app_id"`
	StoreID        int64   `json:"store_id"`
	InstallationID int64   `json:"installation_id"`
	Status         string  `json:"status"`
	Reason         *string `json:"reason,omitempty"` // charge.cancelled and charge.payment_failed
	Charge         Charge  `json:"charge"`
}

// Topics of charges.
const (
	TopicChargeCreated       = "charge.created"
	TopicChargeActivated     = "charge.activated"
	TopicChargeDeclined      = "charge.declined"
	TopicChargeCancelled     = "charge.cancelled"
	TopicChargeExpired       = "charge.expired"
	TopicChargePaymentFailed = "charge.payment_failed"
)

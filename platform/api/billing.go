package api

import "encoding/json"

// Limits of an amount that a merchant approves.
const (
	MinCharge Money = 10_00
	MaxCharge Money = 50_000_00

	// CurrencyBDT is the only currency of charges.
	CurrencyBDT = "BDT"

	// UsageCap is what an installation's usage may cost in a calendar month,
	// unless a subscription of it says otherwise.
	UsageCap Money = 50_000_00

	// MaxUsageCap is the most that a subscription may allow for usage.
	MaxUsageCap Money = 1_000_000_00

	// MaxTrialDays is the longest trial of a subscription.
	MaxTrialDays = 365
)

// Kinds of charges. One of usage gathers the usage charges of a calendar month
// and needs no approval.
const (
	ChargeOneTime   = "one_time"
	ChargeRecurring = "recurring"
	ChargeUsage     = "usage"
	ChargeTopup     = "wallet_topup"
)

// Billing intervals of a recurring charge.
const (
	IntervalMonthly = "monthly"
	IntervalYearly  = "yearly"
)

// Charge statuses. A paid one-time charge stays active until it is completed.
// A frozen one could not be collected when it was due and is tried again.
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
	ReasonApp            = "app"      // the app ended its subscription
	ReasonReplaced       = "replaced" // by another subscription of the installation

	// ReasonPaymentFailed is the reason of charge.payment_failed, and of the end
	// of what could not be collected in the end.
	ReasonPaymentFailed = "payment_failed"

	// ReasonRenewed is the reason of a charge.activated that tells of a payment
	// after the first: a subscription has gone into its next period.
	ReasonRenewed = "renewed"
)

// NewCharge is the body of POST /api/apps/v1/billing/charges and, with the type
// recurring, of POST /api/apps/v1/billing/subscriptions. The same
// idempotency_key with the same content answers 200 with the first charge; with
// other content it is a conflict.
type NewCharge struct {
	Type           string          `json:"type"` // one_time, the default | recurring
	Name           string          `json:"name"` // 1 to 255 characters
	Description    string          `json:"description"`
	Amount         *Money          `json:"amount"`     // MinCharge to MaxCharge; of a recurring charge, for each period
	Currency       string          `json:"currency"`   // BDT, the default
	ReturnURL      *string         `json:"return_url"` // on the dashboard or on an origin of the app
	Metadata       json.RawMessage `json:"metadata"`   // an object, returned as it came
	IdempotencyKey *string         `json:"idempotency_key"`
	// Of a recurring charge only:
	BillingInterval *string `json:"billing_interval"` // monthly | yearly (annual is accepted)
	TrialDays       *int64  `json:"trial_days"`       // 0, the default, to 365
	BillingCap      *Money  `json:"billing_cap"`      // MinCharge to MaxUsageCap: what the installation's usage may cost in a calendar month
	Replaces        *bool   `json:"replaces"`         // false: the installation's other subscriptions go on beside it
}

// NewTopup is the body of POST /api/apps/v1/billing/wallet-topup.
type NewTopup struct {
	Name           string          `json:"name"` // "Wallet top-up" unless given
	Description    string          `json:"description"`
	Amount         *Money          `json:"amount"`     // MinCharge to MaxCharge; what the wallet is credited with
	Currency       string          `json:"currency"`   // BDT, the default
	ReturnURL      *string         `json:"return_url"` // on the dashboard or on an origin of the app
	Metadata       json.RawMessage `json:"metadata"`   // an object, returned as it came
	IdempotencyKey *string         `json:"idempotency_key"`
}

// Charge is what an app asks a merchant to pay. Amount is what the merchant
// pays; PlatformAmount + GatewayFeeAmount + DeveloperAmount is the same sum. Of
// a recurring charge they are those of each period; of a usage charge they grow
// with every use in its month.
type Charge struct {
	ChargeID              int64           `json:"charge_id"`
	MerchantTransactionID string          `json:"merchant_transaction_id"` // by which the payment gateway knows it: SLX-22-5
	AppID                 int64           `json:"app_id"`
	StoreID               int64           `json:"store_id"`
	InstallationID        int64           `json:"installation_id"`
	Type                  string          `json:"type"` // one_time | recurring | usage | wallet_topup
	Name                  string          `json:"name"`
	Description           string          `json:"description"`
	Amount                Money           `json:"amount"`             // what the merchant pays
	BaseAmount            Money           `json:"base_amount"`        // the app's price
	Currency              string          `json:"currency"`           // BDT
	FeePayer              string          `json:"fee_payer"`          // developer | merchant
	CommissionRate        float64         `json:"commission_rate"`    // as a fraction, 0.2
	PlatformAmount        Money           `json:"platform_amount"`    // commission retained by the platform
	GatewayFeeRate        float64         `json:"gateway_fee_rate"`   // as a fraction, 0.025
	GatewayFeeAmount      Money           `json:"gateway_fee_amount"` // the payment gateway's fee
	DeveloperAmount       Money           `json:"developer_amount"`   // what is left for the developer
	Status                string          `json:"status"`             // pending | active | completed | declined | cancelled | expired | frozen
	ConfirmationURL       string          `json:"confirmation_url"`   // path in the dashboard: /22/settings/apps/billing/5
	ReturnURL             *string         `json:"return_url"`         // where the merchant goes afterwards; null: to the app in the dashboard
	Metadata              json.RawMessage `json:"metadata"`           // an object or null
	CancelReason          *string         `json:"cancel_reason"`      // app_uninstalled | merchant | app | replaced | payment_failed
	CreatedAt             Time            `json:"created_at"`
	ExpiresAt             *Time           `json:"expires_at"`   // while a merchant's answer is waited for
	ApprovedAt            *Time           `json:"approved_at"`  // when the merchant agreed, before paying
	ActivatedAt           *Time           `json:"activated_at"` // when it was paid first, or its trial began
	CompletedAt           *Time           `json:"completed_at"`
	DeclinedAt            *Time           `json:"declined_at"`
	CancelledAt           *Time           `json:"cancelled_at"`
	ExpiredAt             *Time           `json:"expired_at"`
	FrozenAt              *Time           `json:"frozen_at"`       // since when it cannot be collected; null unless frozen
	PaidAmount            Money           `json:"paid_amount"`     // all that was collected
	PaymentsMade          int64           `json:"payments_made"`   // how often it was collected
	RefundedAmount        Money           `json:"refunded_amount"` // all that was paid back
	RefundedAt            *Time           `json:"refunded_at"`     // last
	// Of a recurring charge, null otherwise:
	BillingInterval *string `json:"billing_interval"` // monthly | yearly
	TrialDays       *int64  `json:"trial_days"`       // 0 when the store has had its trial of this plan
	TrialEndsAt     *Time   `json:"trial_ends_at"`
	BillingCap      *Money  `json:"billing_cap"`
	Replaces        *bool   `json:"replaces"`
	// The period that is paid for, or the trial.
	CurrentPeriodStart *Time `json:"current_period_start"`
	CurrentPeriodEnd   *Time `json:"current_period_end"`
	NextPaymentAt      *Time `json:"next_payment_at"` // also of a usage charge; null when none follows
	CancelAtPeriodEnd  bool  `json:"cancel_at_period_end"`
	UpdatedAt          Time  `json:"updated_at"`
}

// ChargeRefund is the body of POST /api/apps/v1/billing/charges/{charge_id}/refund.
// It pays back a part of the charge's last payment, or all that is left of it.
// Of a top-up that is at most what the wallet still holds.
type ChargeRefund struct {
	Amount *Money `json:"amount"` // left out: all that can be paid back
	Reason string `json:"reason"` // 1 to 255 characters, for the merchant to read
}

// CancelSubscription is the body of POST
// /api/apps/v1/billing/subscriptions/{charge_id}/cancel, and of the merchant's
// cancel of a subscription.
type CancelSubscription struct {
	AtPeriodEnd bool `json:"at_period_end"` // true: it runs to the end of what is paid; false: it ends now
}

// StoreCharge is a charge as the dashboard shows it (GET
// /api/apps/billing/charges and /charges/{charge_id}).
type StoreCharge struct {
	Charge
	App AppCard `json:"app"`
	// Actions are what the merchant may do now: approve, decline, pay, cancel,
	// cancel_at_period_end, resume.
	Actions  []string        `json:"actions"`
	Payments []ChargePayment `json:"payments"` // oldest first
	Timeline []ChargeEntry   `json:"timeline"` // oldest first
}

// ChargePayment is one collection of a charge.
type ChargePayment struct {
	PaymentID        int64 `json:"payment_id"`
	Number           int64 `json:"number"` // from 1
	Amount           Money `json:"amount"`
	PlatformAmount   Money `json:"platform_amount"`
	GatewayFeeAmount Money `json:"gateway_fee_amount"`
	DeveloperAmount  Money `json:"developer_amount"`
	RefundedAmount   Money `json:"refunded_amount"`
	PeriodStart      *Time `json:"period_start"` // what it pays for; null for a single payment
	PeriodEnd        *Time `json:"period_end"`
	CreatedAt        Time  `json:"created_at"`
}

// Actions of a merchant on a charge.
const (
	ActionApprove = "approve"
	ActionDecline = "decline"
	ActionPay     = "pay"
	ActionCancel  = "cancel"

	// A subscription's end is asked for, and the request taken back.
	ActionCancelAtPeriodEnd = "cancel_at_period_end"
	ActionResume            = "resume"
)

// ChargeEntry is one thing that happened to a charge.
type ChargeEntry struct {
	Kind      string `json:"kind"` // created | approved | payment_failed | payment_cancelled | activated | trial_started | renewed | renewal_notice | frozen | cancel_requested | resumed | refunded | completed | declined | cancelled | expired
	Message   string `json:"message"`
	CreatedAt Time   `json:"created_at"`
}

// Payment outcomes on the simulated gateway.
const (
	PaymentPay    = "pay"
	PaymentFail   = "fail"
	PaymentCancel = "cancel"
	PaymentSaved  = "saved_method" // whatever the store's saved method brings
)

// How a store's saved payment method behaves.
const (
	MethodSucceeds   = "always_succeeds"
	MethodFails      = "always_fails"
	MethodFailsTimes = "fails_times" // the next few times, then succeeds
)

// PaymentMethod is the test payment method that a store has saved, from which
// subscriptions and usage are collected (GET and PUT
// /api/apps/billing/payment-method).
type PaymentMethod struct {
	StoreID      int64  `json:"store_id"`
	Behavior     string `json:"behavior"`      // always_succeeds, the default | always_fails | fails_times
	FailuresLeft int64  `json:"failures_left"` // how often it fails yet, with fails_times: 1 to 100
	UpdatedAt    *Time  `json:"updated_at"`    // null: never changed
}

// PaymentMethodInput is the body of PUT /api/apps/billing/payment-method.
type PaymentMethodInput struct {
	StoreID      int64  `json:"store_id"` // the store of the query, or left out
	Behavior     string `json:"behavior"`
	FailuresLeft *int64 `json:"failures_left"` // with fails_times
}

// PaymentRequest is the body of POST /api/apps/billing/charges/{charge_id}/pay,
// the simulated gateway: no money moves.
type PaymentRequest struct {
	Outcome string `json:"outcome"` // pay | fail | cancel | saved_method
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

// ChargeEvent is the data of the charge.* topics and of
// subscription.renewal_pending.
type ChargeEvent struct {
	ChargeID       int64   `json:"charge_id"`
	AppID          int64   `json:"app_id"`
	StoreID        int64   `json:"store_id"`
	InstallationID int64   `json:"installation_id"`
	Status         string  `json:"status"`
	Reason         *string `json:"reason,omitempty"` // charge.cancelled, charge.payment_failed, and charge.activated of a renewal
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

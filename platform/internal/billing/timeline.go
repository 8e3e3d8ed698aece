package billing

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

// Entries of a charge's timeline. Other moves are named after their status.
const (
	kindCreated          = "created"
	kindActivated        = "activated"
	kindApproved         = "approved"
	kindTrialStarted     = "trial_started"
	kindRenewalNotice    = "renewal_notice"
	kindRenewed          = "renewed"
	kindPaymentFailed    = "payment_failed"
	kindPaymentCancelled = "payment_cancelled"
	kindCancelRequested  = "cancel_requested"
	kindResumed          = "resumed"
	kindRefunded         = "refunded"
)

// messages are the sentences of the timeline, by kind of entry.
var messages = map[string]string{
	kindCreated:          "The app asked for this charge.",
	kindApproved:         "The charge was approved.",
	kindActivated:        "The charge was paid.",
	kindTrialStarted:     "The payment method was confirmed. The trial has begun, nothing was collected.",
	kindRenewalNotice:    "The app was told that a payment is due soon.",
	kindRenewed:          "The payment of the next period was collected.",
	kindPaymentFailed:    "The payment failed. Nothing was collected.",
	kindPaymentCancelled: "The payment was cancelled. Nothing was collected.",
	kindCancelRequested:  "The subscription will end with its period.",
	kindResumed:          "The subscription goes on.",
	api.ChargeFrozen:     "The charge is frozen until it is paid.",
	api.ChargeCompleted:  "The charge was completed.",
	api.ChargeDeclined:   "The charge was declined.",
	api.ChargeCancelled:  "The charge was cancelled.",
	api.ChargeExpired:    "Nobody paid in time, so the charge expired.",
}

// endings say why a charge was cancelled, by reason.
var endings = map[string]string{
	api.ReasonAppUninstalled: "The charge ended with the app's uninstall.",
	api.ReasonApp:            "The app ended the subscription.",
	api.ReasonReplaced:       "Another subscription of the app took its place.",
	api.ReasonPaymentFailed:  "The payment could not be collected, so the charge was cancelled.",
}

// entryOf is the timeline entry of a move.
func entryOf(t turn) (kind, message string) {
	kind = t.kind
	switch {
	case kind != "":
	case t.to == api.ChargeActive:
		kind = kindActivated
	default:
		kind = t.to
	}
	if t.to == api.ChargeCancelled && endings[t.reason] != "" {
		return kind, endings[t.reason]
	}
	return kind, messages[kind]
}

// note writes an entry that is no move.
func note(tx *db.Tx, chargeID int64, kind string) error {
	return insertEntry(tx, chargeID, kind, messages[kind])
}

package billing

import (
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// moves is the state table: what a charge may become from each status.
var moves = map[string][]string{
	api.ChargePending:   {api.ChargeActive, api.ChargeDeclined, api.ChargeCancelled, api.ChargeExpired},
	api.ChargeActive:    {api.ChargeCompleted},
	api.ChargeCompleted: {},
	api.ChargeDeclined:  {},
	api.ChargeCancelled: {},
	api.ChargeExpired:   {},
}

// statuses are those a list can be narrowed down to.
var statuses = []string{
	api.ChargePending, api.ChargeActive, api.ChargeCompleted, api.ChargeDeclined, api.ChargeCancelled, api.ChargeExpired,
}

// topics are the events of the moves; a completed charge has none.
var topics = map[string]string{
	api.ChargePending: api.TopicChargeCreated, api.ChargeActive: api.TopicChargeActivated, api.ChargeDeclined: api.TopicChargeDeclined,
	api.ChargeCancelled: api.TopicChargeCancelled, api.ChargeExpired: api.TopicChargeExpired,
}

// Timeline entries of steps that change no status.
const (
	kindApproved         = "approved"
	kindPaymentFailed    = "payment_failed"
	kindPaymentCancelled = "payment_cancelled"
)

// messages are the sentences of the timeline, by kind of entry.
var messages = map[string]string{
	"created": "The app asked for this charge.", kindApproved: "The charge was approved.",
	kindPaymentFailed: "The payment failed. Nothing was collected.", kindPaymentCancelled: "The payment was cancelled. Nothing was collected.",
	"activated": "The charge was paid.", "completed": "The charge was completed.", "declined": "The charge was declined.",
	"cancelled": "The charge was cancelled.", "expired": "Nobody paid in time, so the charge expired.",
}

// entryKinds are the timeline entries of the moves, where they are not the
// status itself.
var entryKinds = map[string]string{api.ChargePending: "created", api.ChargeActive: "activated"}

func entryKind(status string) string {
	if kind, ok := entryKinds[status]; ok {
		return kind
	}
	return status
}

// check refuses a move that the table does not have and names those it has.
func check(from, to string) error {
	next := moves[from]
	switch {
	case slices.Contains(next, to):
		return nil
	case len(next) == 0:
		return problem.Conflict("This charge is %s and cannot change any more, so it cannot become %s.", from, to)
	}
	return problem.Conflict("This charge is %s. It can become %s, not %s.", from, strings.Join(next, ", "), to)
}

// actions are what a merchant may do with a charge now, never nil.
func actions(c api.Charge) []string {
	switch {
	case c.Status != api.ChargePending:
		return []string{}
	case c.ApprovedAt == nil:
		return []string{api.ActionApprove, api.ActionDecline, api.ActionCancel}
	}
	return []string{api.ActionPay, api.ActionDecline, api.ActionCancel}
}

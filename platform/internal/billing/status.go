package billing

import (
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// table says what a charge may become from each status.
type table map[string][]string

// once is the table of what is paid one time.
var once = table{
	api.ChargePending: {api.ChargeActive, api.ChargeDeclined, api.ChargeCancelled, api.ChargeExpired},
	api.ChargeActive:  {api.ChargeCompleted},
}

// moves are the state tables, by type of charge. A status without moves is an
// end.
var moves = map[string]table{
	api.ChargeOneTime: once,
	api.ChargeTopup:   once,
	api.ChargeRecurring: {
		api.ChargePending: {api.ChargeActive, api.ChargeDeclined, api.ChargeCancelled, api.ChargeExpired},
		api.ChargeActive:  {api.ChargeFrozen, api.ChargeCancelled},
		api.ChargeFrozen:  {api.ChargeActive, api.ChargeCancelled},
	},
	api.ChargeUsage: {
		api.ChargePending: {api.ChargeActive, api.ChargeFrozen, api.ChargeCancelled},
		api.ChargeFrozen:  {api.ChargeActive, api.ChargeCancelled},
		api.ChargeActive:  {api.ChargeCompleted},
	},
}

// types and statuses are those that a list can be narrowed down to.
var (
	types    = []string{api.ChargeOneTime, api.ChargeRecurring, api.ChargeUsage, api.ChargeTopup}
	statuses = []string{
		api.ChargePending, api.ChargeActive, api.ChargeFrozen, api.ChargeCompleted, api.ChargeDeclined, api.ChargeCancelled, api.ChargeExpired,
	}
)

// topics are the events of the moves. A completed charge has none; a frozen one
// was told of by the payment that failed.
var topics = map[string]string{
	api.ChargePending: api.TopicChargeCreated, api.ChargeActive: api.TopicChargeActivated, api.ChargeDeclined: api.TopicChargeDeclined,
	api.ChargeCancelled: api.TopicChargeCancelled, api.ChargeExpired: api.TopicChargeExpired,
}

// check refuses a move that the table does not have and names those it has.
func check(c api.Charge, to string) error {
	next := moves[c.Type][c.Status]
	switch {
	case slices.Contains(next, to):
		return nil
	case len(next) == 0:
		return problem.Conflict("This charge is %s and cannot change any more, so it cannot become %s.", c.Status, to)
	}
	return problem.Conflict("This charge is %s. It can become %s, not %s.", c.Status, strings.Join(next, ", "), to)
}

// waits reports whether a charge waits for the merchant's answer, which one of
// usage never does.
func waits(c api.Charge) bool { return c.Status == api.ChargePending && c.Type != api.ChargeUsage }

// actions are what a merchant may do with a charge now, never nil.
func actions(c api.Charge) []string {
	switch {
	case waits(c) && c.ApprovedAt == nil:
		return []string{api.ActionApprove, api.ActionDecline, api.ActionCancel}
	case waits(c):
		return []string{api.ActionPay, api.ActionDecline, api.ActionCancel}
	case c.Status == api.ChargeFrozen && c.Type == api.ChargeUsage:
		return []string{api.ActionPay}
	case c.Status == api.ChargeFrozen:
		return []string{api.ActionPay, api.ActionCancel}
	case c.Status == api.ChargeActive && c.Type == api.ChargeRecurring && c.CancelAtPeriodEnd:
		return []string{api.ActionResume, api.ActionCancel}
	case c.Status == api.ChargeActive && c.Type == api.ChargeRecurring:
		return []string{api.ActionCancelAtPeriodEnd, api.ActionCancel}
	}
	return []string{}
}

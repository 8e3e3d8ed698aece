// Package billing is what an app asks a merchant to pay, from the request to
// the books. No money moves: the gateway is simulated.
//
//	one-time and top-up      pending ─ pay ─► active ─► completed
//	                            ├──► declined, cancelled
//	                            └──► expired   48 hours after it was made
//
//	subscription             pending ─ pay ─► active ◄──► frozen   a payment failed
//	                            │               └──► cancelled ◄──┘
//	                            └──► declined, cancelled, expired
//
//	usage of a month         pending ─ month's end ─► active ─► completed
//	                            └──► frozen ──► active, cancelled
//
// The tables are in status.go; no other move exists. An app makes a charge and
// leads the merchant to its page in the dashboard. An approval changes no
// status; it opens the gateway, where the merchant pays, lets the payment fail or
// cancels it, and from there the merchant goes back to the app with payment and
// charge_id in the address. A paid one-time charge stays active, over an
// uninstall too, until it is completed. A top-up credits the wallet and is
// complete with it.
//
// A subscription (start.go, renew.go) begins with its first payment, or with a
// trial, which a store has once of each plan. Its periods are calendar months or
// years counted from an anchor, so that the 31st comes back after a short month.
// Three days before a payment the app is told; the payment is collected from the
// store's saved method (method.go). When that fails the charge is frozen and
// tried again 1, 3 and 5 days after the due date, then cancelled. A new
// subscription takes the place of the installation's others.
//
// Uses need no approval (meter.go). They are gathered in one charge for each
// calendar month in UTC, bounded by the cap that a subscription agreed or by
// api.UsageCap, and collected as one payment when the month is over.
//
// What always holds:
//
//   - Every move is one transaction: a guarded UPDATE that tells who won, an
//     entry in the charge's timeline, the event for its app and, for a payment,
//     its row and the movement in the ledger. Nothing is collected twice or
//     after an end.
//   - Amounts and rates are those of the moment the charge was made.
//   - A charge made again under its idempotency_key is the first one; other
//     content under that key is a conflict.
//   - What is due is owed by the charge's row; a job that comes late, twice or
//     after the merchant finds nothing to do.
//
// Events, for the charge's app alone: charge.created, charge.activated (again,
// with the reason renewed, for each later payment of a subscription),
// charge.declined, charge.cancelled, charge.expired, charge.payment_failed,
// subscription.renewal_pending.
package billing

// Package billing is what an app asks a merchant to pay, from the request to
// the books. No money moves: the gateway is simulated.
//
//	            ┌─ fail, cancel: stays
//	pending ────┴─ pay ──► active ──► completed
//	   ├──► declined
//	   ├──► cancelled   by the merchant, or with the app's uninstall
//	   └──► expired     48 hours of business time after it was made
//
// An app makes a charge and leads the merchant to its page in the dashboard.
// An approval changes no status; it opens the gateway, where the merchant pays,
// lets the payment fail or cancels it, and from there the merchant goes back
// to the app with payment and charge_id in the address. A paid one-time charge
// stays active, over an uninstall too, until it is completed.
//
// What always holds:
//
//   - Every move is one transaction: a guarded UPDATE that tells who won, an
//     entry in the charge's timeline, the event for its app and, for a payment,
//     the movement in the ledger. Nothing is collected twice or after an end.
//   - Amounts and rates are those of the moment the charge was made.
//   - A charge made again under its idempotency_key is the first one; other
//     content under that key is a conflict.
//   - An expiry is owed by its row and survives the loss of its job.
//
// Events, for the charge's app alone: charge.created, charge.activated,
// charge.declined, charge.cancelled, charge.expired, charge.payment_failed.
package billing

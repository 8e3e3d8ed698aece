// Package billing is the way of a one-time charge: an app asks for it, the
// merchant approves it and pays on the simulated gateway, and the ledger
// shares what was paid. A charge nobody acts on expires.
//
// Every move of a charge is one transaction: a guarded UPDATE, an entry in
// its timeline, the event for the app and, for a payment, the ledger.
package billing

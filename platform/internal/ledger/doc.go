// Package ledger keeps what everybody paid and received as double entries in
// minor units: the postings of each movement sum to zero.
package ledger

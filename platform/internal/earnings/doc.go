// Package earnings is the books as those read them who earn: what an app has
// brought its developer, day by day and entry by entry, and what the platform
// has kept of it. It reads the ledger and changes nothing.
//
// Revenue is what merchants paid less what they were paid back; commission, the
// gateway's fees and the developer's part always sum up to it. What an app
// spends of a wallet is no revenue: the top-up was. Days are cut in UTC, by
// business time.
package earnings

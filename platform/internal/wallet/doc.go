// Package wallet is what stores have paid to apps in advance: one wallet for
// each app and store, filled by top-ups and debited by the app without asking.
//
// What always holds:
//
//   - A debit is a guarded UPDATE: any number of them at once never take a
//     wallet below zero and never lose one. Too little is refused and changes
//     nothing.
//   - Every change is a row with the balance after it; the balance is the sum
//     of the rows, and TotalTopup - TotalSpent.
//   - Spending moves only the pair wallet and wallet_issued in the ledger:
//     commission and fees were taken from the top-up.
//   - A debit is reversed once and whole. One made again under its
//     idempotency_key is the first one.
//   - An uninstall leaves the wallet as it is; a reinstall finds it again.
//
// A wallet has no events of its own: a top-up is told by its charge.
package wallet

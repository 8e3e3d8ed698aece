package api

import "encoding/json"

// Wallet is what a store has paid in advance to one app (GET
// /api/apps/v1/billing/wallet). Balance is TotalTopup - TotalSpent and never
// below zero.
type Wallet struct {
	WalletID   int64  `json:"wallet_id"`
	AppID      int64  `json:"app_id"`
	StoreID    int64  `json:"store_id"`
	Balance    Money  `json:"balance"`
	Currency   string `json:"currency"`    // BDT
	TotalTopup Money  `json:"total_topup"` // credited by top-ups, less what of them was paid back
	TotalSpent Money  `json:"total_spent"` // debited, less what was reversed
	CreatedAt  Time   `json:"created_at"`
	UpdatedAt  Time   `json:"updated_at"`
}

// StoreWallet is a wallet as the dashboard shows it (GET
// /api/apps/billing/wallets).
type StoreWallet struct {
	Wallet
	App AppCard `json:"app"`
}

// Kinds of wallet transactions.
const (
	WalletTopup     = "topup"     // a top-up was paid
	WalletDeduction = "deduction" // the app debited it, or a top-up was paid back
	WalletRefund    = "refund"    // a debit was reversed
)

// WalletTransaction is one change of a wallet. Amount is never negative: a
// deduction takes it from the balance, the other types add it.
type WalletTransaction struct {
	TransactionID int64           `json:"transaction_id"`
	WalletID      int64           `json:"wallet_id"`
	Type          string          `json:"type"` // topup | deduction | refund
	Amount        Money           `json:"amount"`
	Balance       Money           `json:"balance"`       // the same as balance_after
	BalanceAfter  Money           `json:"balance_after"` // of the wallet, right after this
	Description   string          `json:"description"`
	Metadata      json.RawMessage `json:"metadata"`    // an object or null
	ChargeID      *int64          `json:"charge_id"`   // the top-up that was paid, or paid back
	ReversalOf    *int64          `json:"reversal_of"` // of a refund: the transaction that it reverses
	CreatedAt     Time            `json:"created_at"`
}

// NewDebit is the body of POST /api/apps/v1/billing/wallet/debit. The same
// idempotency_key with the same content answers 200 with the first
// transaction.
type NewDebit struct {
	Amount         *Money          `json:"amount"`      // above 0
	Description    string          `json:"description"` // 1 to 255 characters
	Metadata       json.RawMessage `json:"metadata"`    // an object, returned as it came
	IdempotencyKey *string         `json:"idempotency_key"`
}

// NewReversal is the body of POST /api/apps/v1/billing/wallet/refund, which
// gives back a debit, once and whole.
type NewReversal struct {
	TransactionID int64           `json:"transaction_id"` // of the deduction
	Description   string          `json:"description"`    // at most 255 characters; says what is reversed unless given
	Metadata      json.RawMessage `json:"metadata"`       // an object, returned as it came
}

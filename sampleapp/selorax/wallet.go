package selorax

import (
	"context"
	"errors"
	"iter"
	"net/url"
	"strconv"
	"time"
)

// Wallet is what a store has paid to the app in advance.
type Wallet struct {
	WalletID   int64 `json:"wallet_id"`
	Balance    Money `json:"balance"`
	TotalTopup Money `json:"total_topup"`
	TotalSpent Money `json:"total_spent"`
}

// WalletTransaction is one change of a wallet. Its amount is never negative: a
// deduction takes it from the balance, a topup and a refund add it.
type WalletTransaction struct {
	TransactionID int64     `json:"transaction_id"`
	Type          string    `json:"type"` // topup | deduction | refund
	Amount        Money     `json:"amount"`
	BalanceAfter  Money     `json:"balance_after"`
	Description   string    `json:"description"`
	CreatedAt     time.Time `json:"created_at"`
}

// NewDebit is an amount to take from a wallet.
type NewDebit struct {
	Amount      Money          `json:"amount"`
	Description string         `json:"description"` // the merchant reads it
	Metadata    map[string]any `json:"metadata,omitempty"`
	// IdempotencyKey makes one debit, however often the call is made: name what
	// is paid for, such as the message that is sent.
	IdempotencyKey string `json:"idempotency_key,omitempty"`
}

// NewTopup is an amount that a merchant is asked to put into the wallet.
type NewTopup struct {
	Name           string         `json:"name,omitempty"`
	Amount         Money          `json:"amount"`
	ReturnURL      string         `json:"return_url,omitempty"`
	Metadata       map[string]any `json:"metadata,omitempty"`
	IdempotencyKey string         `json:"idempotency_key,omitempty"`
}

const walletPath = "/apps/v1/billing/wallet"

// Wallet returns the wallet that the store has with the app. Scope billing.
func (c *Client) Wallet(ctx context.Context, accessToken string) (Wallet, error) {
	var answer struct{ Data Wallet }
	err := c.get(ctx, accessToken, walletPath, nil, &answer)
	return answer.Data, err
}

// TopUp asks the merchant to fill the wallet. Lead them to ConfirmationURL; the
// wallet has the amount when charge.activated arrives. Scope billing.
func (c *Client) TopUp(ctx context.Context, accessToken string, n NewTopup) (Charge, error) {
	return post[Charge](ctx, c, accessToken, walletPath+"-topup", n, n.IdempotencyKey)
}

// Debit takes an amount from the wallet. Too little in it is an error that
// Shortfall explains, and changes nothing. Scope billing.
func (c *Client) Debit(ctx context.Context, accessToken string, n NewDebit) (WalletTransaction, error) {
	return post[WalletTransaction](ctx, c, accessToken, walletPath+"/debit", n, n.IdempotencyKey)
}

// ReverseDebit gives a debit back, once and whole: what it paid for was not
// given. A second time is a conflict. Scope billing.
func (c *Client) ReverseDebit(ctx context.Context, accessToken string, transactionID int64, description string) (WalletTransaction, error) {
	return post[WalletTransaction](ctx, c, accessToken, walletPath+"/refund",
		map[string]any{"transaction_id": transactionID, "description": description}, "")
}

// WalletTransactions yields what happened to the wallet, newest first. Scope
// billing.
func (c *Client) WalletTransactions(ctx context.Context, accessToken string) iter.Seq2[WalletTransaction, error] {
	return each(ctx, func(ctx context.Context, number int) (page Page[WalletTransaction], err error) {
		query := url.Values{"page": {strconv.Itoa(number)}, "limit": {"100"}}
		err = c.get(ctx, accessToken, walletPath+"/transactions", query, &page)
		return page, err
	})
}

// Shortfall reports whether something was refused because there is too little:
// in the wallet, or of what a merchant agreed to pay for usage in a month. It
// returns what there is and what it takes.
func Shortfall(err error) (balance, required Money, short bool) {
	var refused *Error
	if !errors.As(err, &refused) || refused.Code != "insufficient_balance" && refused.Code != "cap_exceeded" {
		return 0, 0, false
	}
	return refused.Balance, refused.Required, true
}

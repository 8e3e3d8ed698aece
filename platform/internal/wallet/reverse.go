package wallet

import (
	"fmt"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/ledger"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// Reverse gives a debit of the calling installation back to its wallet, once
// and whole.
func (s *Service) Reverse(tx *db.Tx, caller web.Caller, in api.NewReversal) (t api.WalletTransaction, err error) {
	in.Description = strings.TrimSpace(in.Description)
	if string(in.Metadata) == "null" {
		in.Metadata = nil
	}
	var bad problem.Complaints
	bad.Require(in.TransactionID > 0, "transaction_id", "must name a deduction of the wallet")
	bad.Length(in.Description, "description", 0, maxDescription)
	bad.Attached(in.Metadata, nil)
	if err := bad.Err(); err != nil {
		return t, err
	}
	w, err := open(tx, caller.AppID, caller.StoreID)
	if err != nil {
		return t, err
	}
	if _, err := hold(tx, w.WalletID); err != nil { // two reversals of one debit take turns
		return t, err
	}
	debit, err := reversible(tx, w.WalletID, in.TransactionID)
	if err != nil {
		return t, err
	}
	if w, err = add(tx, w.WalletID, debit.Amount, change{spent: -debit.Amount}); err != nil {
		return t, err
	}
	if in.Description == "" {
		in.Description = fmt.Sprintf("Refund: %s", debit.Description)
	}
	t, err = insertTransaction(tx, entry{WalletTransaction: api.WalletTransaction{
		WalletID: w.WalletID, Type: api.WalletRefund, Amount: debit.Amount, BalanceAfter: w.Balance,
		Description: in.Description, Metadata: in.Metadata, ReversalOf: &debit.TransactionID,
	}})
	if err != nil {
		return t, err
	}
	return t, ledger.Record(tx, ledger.WalletChange(ledger.KindWalletReversal, w, t.TransactionID, debit.Amount))
}

// reversible returns a debit that can be reversed.
func reversible(tx *db.Tx, walletID, transactionID int64) (api.WalletTransaction, error) {
	e, err := transactionByID(tx, walletID, transactionID)
	if db.IsNone(err) {
		return e.WalletTransaction, problem.NotFound("wallet transaction", transactionID)
	}
	if err != nil {
		return e.WalletTransaction, err
	}
	if e.Type != api.WalletDeduction || e.ChargeID != nil {
		return e.WalletTransaction, problem.Conflict("Transaction %d is no debit of the app. Only debits can be reversed.", transactionID)
	}
	reversal, err := reversalOf(tx, transactionID)
	if err == nil {
		return e.WalletTransaction, problem.Conflict("Transaction %d was reversed already, by transaction %d.", transactionID, reversal)
	}
	if !db.IsNone(err) {
		return e.WalletTransaction, err
	}
	return e.WalletTransaction, nil
}

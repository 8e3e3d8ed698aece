package wallet

import (
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/ledger"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

const (
	maxDescription = 255

	maxAmount api.Money = 1_000_000_000_00
)

// Debit takes an amount from the wallet of the calling installation. A repeat
// with the same idempotency_key and content returns the first transaction and
// false.
func (s *Service) Debit(tx *db.Tx, caller web.Caller, in api.NewDebit) (t api.WalletTransaction, made bool, err error) {
	in.Description = strings.TrimSpace(in.Description)
	if string(in.Metadata) == "null" {
		in.Metadata = nil
	}
	if err := check(in); err != nil {
		return t, false, err
	}
	hash, err := idempotency.Content(in)
	if err != nil {
		return t, false, err
	}
	w, err := open(tx, caller.AppID, caller.StoreID)
	if err != nil {
		return t, false, err
	}
	if in.IdempotencyKey != nil {
		if t, err = first(tx, w.WalletID, *in.IdempotencyKey, hash); !db.IsNone(err) {
			return t, false, err
		}
	}
	after, err := spend(tx, w.WalletID, caller.InstallationID, *in.Amount)
	if db.IsNone(err) {
		return t, false, refusal(tx, w.WalletID, caller, *in.Amount)
	}
	if err != nil {
		return t, false, err
	}
	t, err = insertTransaction(tx, entry{hash: &hash, key: in.IdempotencyKey, WalletTransaction: api.WalletTransaction{
		WalletID: w.WalletID, Type: api.WalletDeduction, Amount: *in.Amount, BalanceAfter: after.Balance,
		Description: in.Description, Metadata: in.Metadata,
	}})
	if err != nil {
		return t, false, err
	}
	return t, true, ledger.Record(tx, ledger.WalletChange(ledger.KindWalletDebit, w, t.TransactionID, -*in.Amount))
}

// first returns the transaction made with a key, db.ErrNoRows when there is
// none. It holds the wallet, so that two requests with one key take turns.
func first(tx *db.Tx, walletID int64, key, hash string) (api.WalletTransaction, error) {
	if _, err := hold(tx, walletID); err != nil {
		return api.WalletTransaction{}, err
	}
	e, err := byKey(tx, walletID, key)
	if err == nil && *e.hash != hash {
		return e.WalletTransaction, problem.Conflict("Transaction %d was made with this idempotency_key and other content. Use a new key.", e.TransactionID)
	}
	return e.WalletTransaction, err
}

// refusal says why a wallet could not be debited.
func refusal(tx *db.Tx, walletID int64, caller web.Caller, amount api.Money) error {
	active, err := isActive(tx, caller.InstallationID)
	if err != nil {
		return err
	}
	if !active {
		return problem.Unauthorized(api.CodeNotInstalled, "The app is not installed on this store.")
	}
	w, err := byID(tx, walletID)
	if err != nil {
		return err
	}
	return tooLittle(w.Balance, amount)
}

func check(in api.NewDebit) error {
	var bad problem.Complaints
	bad.Require(in.Amount != nil && *in.Amount > 0 && *in.Amount <= maxAmount, "amount", "must be from 0.01 to 1000000000.00")
	bad.Length(in.Description, "description", 1, maxDescription)
	bad.Attached(in.Metadata, in.IdempotencyKey)
	return bad.Err()
}

package wallet

import (
	"fmt"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Credit fills the wallet of a top-up that was paid. Its movement in the ledger
// is the caller's: it is part of the payment.
func Credit(tx *db.Tx, c api.Charge, amount api.Money) (api.WalletTransaction, error) {
	w, err := open(tx, c.AppID, c.StoreID)
	if err != nil {
		return api.WalletTransaction{}, err
	}
	if w, err = add(tx, w.WalletID, amount, change{topup: amount}); err != nil {
		return api.WalletTransaction{}, err
	}
	return insertTransaction(tx, entry{WalletTransaction: api.WalletTransaction{
		WalletID: w.WalletID, Type: api.WalletTopup, Amount: amount, BalanceAfter: w.Balance, Description: c.Name, ChargeID: &c.ChargeID,
	}})
}

// TakeBack empties a wallet by what is paid back of a top-up. It is refused
// when the wallet holds less. Its movement in the ledger is the caller's.
func TakeBack(tx *db.Tx, c api.Charge, amount api.Money, reason string) error {
	w, err := open(tx, c.AppID, c.StoreID)
	if err != nil {
		return err
	}
	after, err := add(tx, w.WalletID, -amount, change{topup: -amount})
	if db.IsNone(err) {
		return tooLittle(w.Balance, amount)
	}
	if err != nil {
		return err
	}
	_, err = insertTransaction(tx, entry{WalletTransaction: api.WalletTransaction{
		WalletID: w.WalletID, Type: api.WalletDeduction, Amount: amount, BalanceAfter: after.Balance,
		Description: fmt.Sprintf("%s paid back: %s", c.Name, reason), ChargeID: &c.ChargeID,
	}})
	return err
}

func tooLittle(balance, required api.Money) error {
	return problem.PaymentRequired(api.CodeInsufficientBalance, problem.Shortfall{Balance: balance, Required: required},
		"The wallet holds %s and this takes %s. Ask the merchant for a top-up.", balance, required)
}

package ledger

import (
	"fmt"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/money"
)

// Account names one side of a posting.
type Account string

// Accounts of the platform itself.
const (
	Platform Account = "platform" // commission
	Gateway  Account = "gateway"  // the payment gateway's fees
)

// Merchant is the account of a store: it falls with every payment.
func Merchant(storeID int64) Account { return Account(fmt.Sprintf("merchant:%d", storeID)) }

// Developer is the account of an app's developer.
func Developer(appID int64) Account { return Account(fmt.Sprintf("developer:%d", appID)) }

// Wallet is what a store can still spend with an app.
func Wallet(appID, storeID int64) Account {
	return Account(fmt.Sprintf("wallet:%d:%d", appID, storeID))
}

// WalletIssued is the other side of an app's wallets: what it owes their stores.
func WalletIssued(appID int64) Account { return Account(fmt.Sprintf("wallet_issued:%d", appID)) }

// Kinds of movements.
const (
	KindPayment        = "payment"         // a merchant paid a charge
	KindRefund         = "refund"          // a merchant was paid back
	KindWalletDebit    = "wallet_debit"    // an app spent of a wallet
	KindWalletReversal = "wallet_reversal" // and gave it back
)

// Posting changes one account by an amount.
type Posting struct {
	Account Account
	Amount  api.Money
}

// Movement is one double entry between a store and an app.
type Movement struct {
	Kind           string
	AppID, StoreID int64
	ChargeID       *int64 // nil: of a wallet
	Reference      string // what it is for; a second movement under it is an error
	Postings       []Posting
}

// Payment is the movement of a merchant's payment of a charge, its number'th.
func Payment(c api.Charge, number int64, s money.Split) Movement {
	return Movement{
		Kind: KindPayment, AppID: c.AppID, StoreID: c.StoreID, ChargeID: &c.ChargeID,
		Reference: fmt.Sprintf("payment:%d:%d", c.ChargeID, number),
		Postings: []Posting{
			{Merchant(c.StoreID), -s.Paid}, {Platform, s.Platform}, {Gateway, s.Gateway}, {Developer(c.AppID), s.Developer},
		},
	}
}

// Refund is the movement of a refund: the platform gives back its commission on
// what is paid back, the developer the rest, the gateway nothing.
func Refund(c api.Charge, refundID int64, amount, commission api.Money) Movement {
	return Movement{
		Kind: KindRefund, AppID: c.AppID, StoreID: c.StoreID, ChargeID: &c.ChargeID,
		Reference: fmt.Sprintf("refund:%d", refundID),
		Postings: []Posting{
			{Merchant(c.StoreID), amount}, {Platform, -commission}, {Developer(c.AppID), commission - amount},
		},
	}
}

// WithWallet adds to a movement that a wallet is credited, or with a negative
// amount debited.
func (m Movement) WithWallet(amount api.Money) Movement {
	m.Postings = append(m.Postings, Posting{Wallet(m.AppID, m.StoreID), amount}, Posting{WalletIssued(m.AppID), -amount})
	return m
}

// WalletChange is the movement of a wallet transaction by which no money
// changes hands.
func WalletChange(kind string, w api.Wallet, transactionID int64, amount api.Money) Movement {
	m := Movement{Kind: kind, AppID: w.AppID, StoreID: w.StoreID, Reference: fmt.Sprintf("wallet:%d", transactionID)}
	return m.WithWallet(amount)
}

// Record writes a movement. One whose postings do not sum to zero is an error
// of the program and writes nothing.
func Record(tx *db.Tx, m Movement) error {
	var sum api.Money
	for _, p := range m.Postings {
		sum += p.Amount
	}
	if sum != 0 || len(m.Postings) == 0 {
		return fmt.Errorf("the movement %s has %d postings that sum to %d, not to zero", m.Reference, len(m.Postings), sum)
	}
	return insert(tx, m)
}

// DeveloperBalance returns what the developer of an app has earned.
func DeveloperBalance(tx *db.Tx, appID int64) (api.Money, error) {
	return Balance(tx, Developer(appID))
}

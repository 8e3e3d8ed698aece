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

// KindPayment is the movement of a merchant's payment.
const KindPayment = "payment"

// Posting changes one account by an amount.
type Posting struct {
	Account Account
	Amount  api.Money
}

// Movement is one double entry.
type Movement struct {
	Kind     string
	ChargeID int64
	Postings []Posting
}

// Payment is the movement of a merchant's payment of a charge.
func Payment(chargeID, storeID, appID int64, s money.Split) Movement {
	return Movement{Kind: KindPayment, ChargeID: chargeID, Postings: []Posting{
		{Merchant(storeID), -s.Paid}, {Platform, s.Platform}, {Gateway, s.Gateway}, {Developer(appID), s.Developer},
	}}
}

// Record writes a movement. One whose postings do not sum to zero is an error
// of the program and writes nothing.
func Record(tx *db.Tx, m Movement) error {
	var sum api.Money
	for _, p := range m.Postings {
		sum += p.Amount
	}
	if sum != 0 || len(m.Postings) == 0 {
		return fmt.Errorf("the %s of charge %d has %d postings that sum to %d, not to zero", m.Kind, m.ChargeID, len(m.Postings), sum)
	}
	return insert(tx, m)
}

// DeveloperBalance returns what the developer of an app has earned.
func DeveloperBalance(tx *db.Tx, appID int64) (api.Money, error) {
	return Balance(tx, Developer(appID))
}

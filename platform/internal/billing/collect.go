package billing

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/ledger"
	"github.com/selorax/sandbox/platform/internal/money"
	"github.com/selorax/sandbox/platform/internal/wallet"
)

// collect takes the amount of a charge from the merchant once, for the period
// given if there is one: a payment, its movement in the ledger and, of a
// top-up, the credit of the wallet.
func collect(tx *db.Tx, c api.Charge, p *period) (api.Charge, error) {
	c, err := countPayment(tx, c)
	if db.IsNone(err) {
		return c, errOvertaken()
	}
	if err != nil {
		return c, err
	}
	if err := insertPayment(tx, c, p); err != nil {
		return c, err
	}
	movement := ledger.Payment(c, c.PaymentsMade, money.Split{
		Paid: c.Amount, Base: c.BaseAmount, Platform: c.PlatformAmount, Gateway: c.GatewayFeeAmount, Developer: c.DeveloperAmount,
	})
	if c.Type == api.ChargeTopup {
		if _, err := wallet.Credit(tx, c, c.BaseAmount); err != nil {
			return c, err
		}
		movement = movement.WithWallet(c.BaseAmount)
	}
	return c, ledger.Record(tx, movement)
}

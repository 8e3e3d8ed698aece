package money

import (
	"errors"
	"math"
	"math/big"

	"github.com/selorax/sandbox/platform/api"
)

// Rate is a share in parts per million: 200_000 is 20 %.
type Rate int64

// One is the whole.
const One Rate = 1_000_000

// Of returns the share of amount, rounded half to even.
func (r Rate) Of(amount api.Money) api.Money {
	return divide(new(big.Int).Mul(big.NewInt(int64(amount)), big.NewInt(int64(r))), int64(One))
}

// RateOf returns the rate of a fraction as the API shows it: 0.2 is 20 %.
func RateOf(fraction float64) Rate { return Rate(math.Round(fraction * float64(One))) }

// Float returns the rate as the fraction the API shows: 0.2.
func (r Rate) Float() float64 { return float64(r) / float64(One) }

// Split is how one payment is shared. Its parts always sum to Paid.
type Split struct {
	Paid      api.Money // what the merchant pays
	Base      api.Money // the app's price
	Platform  api.Money // commission retained by the platform
	Gateway   api.Money // payment gateway's fee
	Developer api.Money // what is left for the developer
}

// ErrNegativePart is returned when the fees exceed the price.
var ErrNegativePart = errors.New("the fees exceed the price, so the developer's part would be negative")

// SplitPayment shares a payment of a price. With merchantPays the fees are
// added to the price, otherwise they are taken from it.
func SplitPayment(base api.Money, commission, gateway Rate, merchantPays bool) (Split, error) {
	s := Split{Base: base, Paid: base, Platform: commission.Of(base), Gateway: gateway.Of(base)}
	if merchantPays {
		s.Paid += s.Platform + s.Gateway
	}
	s.Developer = s.Paid - s.Platform - s.Gateway
	if s.Developer < 0 {
		return Split{}, ErrNegativePart
	}
	return s, nil
}

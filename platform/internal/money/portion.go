package money

import (
	"math/big"

	"github.com/selorax/sandbox/platform/api"
)

// Portion returns of part what taken is of whole, rounded half to even: what a
// refund of taken gives back of a fee. whole is above zero.
func Portion(part, taken, whole api.Money) api.Money {
	return divide(new(big.Int).Mul(big.NewInt(int64(part)), big.NewInt(int64(taken))), int64(whole))
}

// Price returns what a measured quantity costs, rounded half to even.
func Price(q api.Quantity, unit api.Money) api.Money {
	return divide(new(big.Int).Mul(big.NewInt(int64(q)), big.NewInt(int64(unit))), 1000)
}

// divide rounds half to even.
func divide(product *big.Int, by int64) api.Money {
	quotient, rest := new(big.Int).QuoRem(product, big.NewInt(by), new(big.Int))
	twice := new(big.Int).Abs(new(big.Int).Lsh(rest, 1))
	if c := twice.Cmp(big.NewInt(by)); c > 0 || c == 0 && quotient.Bit(0) == 1 {
		quotient.Add(quotient, big.NewInt(int64(product.Sign())))
	}
	return api.Money(quotient.Int64())
}

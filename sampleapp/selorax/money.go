package selorax

import (
	"fmt"
	"strconv"
	"strings"
)

// Money is an amount in minor units: 150_00 is ৳ 150.00. It travels as a JSON
// number with two decimals and never passes through a float.
type Money int64

// String returns the amount with two decimals, such as 150.00.
func (m Money) String() string {
	sign, n := "", uint64(m)
	if m < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
}

// MarshalJSON writes a number with two decimals.
func (m Money) MarshalJSON() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalJSON reads a number, or a number in quotes, of at most two decimals.
func (m *Money) UnmarshalJSON(text []byte) error {
	bare := strings.Trim(string(text), `"`)
	whole, cents, _ := strings.Cut(strings.TrimPrefix(bare, "-"), ".")
	if len(cents) > 2 {
		return fmt.Errorf("%s is not an amount of at most two decimals", text)
	}
	n, err := strconv.ParseUint(whole+(cents + "00")[:2], 10, 63)
	if whole == "" || err != nil {
		return fmt.Errorf("%s is not an amount", text)
	}
	*m = Money(n)
	if strings.HasPrefix(bare, "-") {
		*m = -*m
	}
	return nil
}

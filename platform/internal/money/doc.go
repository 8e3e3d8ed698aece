// Package money computes with amounts in minor units: rates in parts per
// million and splits that lose no poisha. The type itself is api.Money.
package money

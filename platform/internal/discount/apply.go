package discount

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Use is an order that wants to use a code.
type Use struct {
	StoreID    int64
	CustomerID int64
	Code       string
	SubTotal   api.Money
}

// Applied is what a code does for an order.
type Applied struct {
	DiscountID   int64
	Code         string    // as the store keeps it
	Amount       api.Money // taken off the goods
	FreeShipping bool
}

// Apply finds out what a code does for an order, or refuses it as the field
// discount_code. It keeps the code until the transaction ends; Count then
// counts the use.
func Apply(tx *db.Tx, u Use) (a Applied, err error) {
	d, err := lockCode(tx, u.StoreID, normalize(u.Code))
	if db.IsNone(err) {
		return a, problem.Invalid("discount_code", "must be a code of this store, and %q is none", u.Code)
	}
	if err != nil {
		return a, err
	}
	used, err := usesOf(tx, d.DiscountID, u.CustomerID)
	if err != nil {
		return a, err
	}
	if why := refusal(d, &u.SubTotal, used, tx.Now); why != "" {
		return a, problem.Conflict("%s", why)
	}
	return Applied{DiscountID: d.DiscountID, Code: d.Code, Amount: off(d, u.SubTotal), FreeShipping: bool(d.FreeShippingOn)}, nil
}

// Count counts that an order uses what was applied to it.
func Count(tx *db.Tx, a Applied, orderID, customerID int64) error {
	return insertUse(tx, orderID, a.DiscountID, customerID)
}

// Release gives back the use that an order counted, if it counted one.
func Release(tx *db.Tx, orderID int64) error { return deleteUse(tx, orderID) }

// checkCode answers whether a code could be used now.
func (s *Service) checkCode(tx *db.Tx, storeID int64, code string, subTotal *api.Money, customerID int64) (c api.DiscountCheck, err error) {
	d, err := byCode(tx, storeID, normalize(code))
	if db.IsNone(err) {
		why := "This store has no such code."
		return api.DiscountCheck{Reason: &why}, nil
	}
	if err != nil {
		return c, err
	}
	var used int64
	if customerID != 0 {
		if used, err = usesOf(tx, d.DiscountID, customerID); err != nil {
			return c, err
		}
	}
	c.Discount = &d
	if why := refusal(d, subTotal, used, tx.Now); why != "" {
		c.Reason = &why
		return c, nil
	}
	c.Valid = true
	if subTotal != nil {
		c.Amount = off(d, *subTotal)
	}
	return c, nil
}

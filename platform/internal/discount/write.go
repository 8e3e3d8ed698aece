package discount

import (
	"fmt"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

func (s *Service) create(tx *db.Tx, storeID int64, in api.DiscountInput) (api.Discount, error) {
	now := api.Time{Time: tx.Now}
	d := api.Discount{StoreID: storeID, IsActive: true, CreatedAt: now, UpdatedAt: now}
	if in.Amount.Given && !in.IsAmount.Given && !in.Percentage.Given {
		d.IsAmount = true
	}
	change(&d, in)
	if err := lock(tx, storeID); err != nil {
		return d, err
	}
	if err := s.settle(tx, &d); err != nil {
		return d, err
	}
	var err error
	d.DiscountID, err = insert(tx, d)
	return d, err
}

func (s *Service) update(tx *db.Tx, storeID, discountID int64, in api.DiscountInput) (api.Discount, error) {
	if err := lock(tx, storeID); err != nil {
		return api.Discount{}, err
	}
	d, err := Get(tx, storeID, discountID)
	if err != nil {
		return d, err
	}
	change(&d, in)
	d.UpdatedAt = api.Time{Time: tx.Now}
	if err := s.settle(tx, &d); err != nil {
		return d, err
	}
	return d, replace(tx, d)
}

// settle checks a discount about to be written, its code's uniqueness too.
func (s *Service) settle(tx *db.Tx, d *api.Discount) error {
	if err := check(*d); err != nil {
		return err
	}
	if d.IsAmount {
		d.Percentage = 0
	} else {
		d.Amount = 0
	}
	other, err := byCode(tx, d.StoreID, d.Code)
	if err == nil && other.DiscountID != d.DiscountID {
		return problem.Conflict("The code %s exists already, as discount %d.", d.Code, other.DiscountID)
	}
	if db.IsNone(err) {
		return nil
	}
	return err
}

func (s *Service) remove(tx *db.Tx, storeID, discountID int64) (api.Deleted, error) {
	if err := lock(tx, storeID); err != nil {
		return api.Deleted{}, err
	}
	gone, err := markDeleted(tx, storeID, discountID)
	if err == nil && !gone {
		err = problem.NotFound("discount", discountID)
	}
	return api.Deleted{ID: discountID}, err
}

// lock keeps others from changing a store's discounts between what is read of
// them and what is written.
func lock(tx *db.Tx, storeID int64) error { return tx.Exclusive(fmt.Sprintf("discounts %d", storeID)) }

// Get returns a discount of a store, or not_found.
func Get(tx *db.Tx, storeID, discountID int64) (api.Discount, error) {
	d, err := byID(tx, storeID, discountID)
	if db.IsNone(err) {
		return d, problem.NotFound("discount", discountID)
	}
	return d, err
}

package customer

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Update changes the fields that are given.
func (s *Service) Update(tx *db.Tx, storeID, customerID int64, in api.CustomerUpdate) (api.Customer, error) {
	if err := lock(tx, storeID); err != nil {
		return api.Customer{}, err
	}
	c, err := Get(tx, storeID, customerID)
	if err != nil {
		return c, err
	}
	in.Name.Into(&c.Name)
	in.Email.IntoNullable(&c.Email)
	in.Phone.IntoNullable(&c.Phone)
	in.AddressJSON.IntoNullable(&c.AddressJSON)
	if err := check(&c); err != nil {
		return c, err
	}
	if !c.IsGuest {
		if err := taken(tx, c); err != nil {
			return c, err
		}
	}
	c.UpdatedAt = api.Time{Time: tx.Now}
	if err := replace(tx, c); err != nil {
		return c, err
	}
	return c, s.tell(tx, api.TopicCustomerUpdated, c)
}

// remove takes a customer out of the store's lists.
func (s *Service) remove(tx *db.Tx, storeID, customerID int64) (api.Deleted, error) {
	gone, err := markDeleted(tx, storeID, customerID)
	if err == nil && !gone {
		err = problem.NotFound("customer", customerID)
	}
	return api.Deleted{ID: customerID}, err
}

// Get returns a customer of a store, or not_found.
func Get(tx *db.Tx, storeID, customerID int64) (api.Customer, error) {
	c, err := byID(tx, storeID, customerID)
	if db.IsNone(err) {
		return c, problem.NotFound("customer", customerID)
	}
	return c, err
}

func deref(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

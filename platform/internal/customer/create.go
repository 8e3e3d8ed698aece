package customer

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

// Create adds a customer to a store.
func (s *Service) Create(tx *db.Tx, storeID int64, in api.NewCustomer) (api.Customer, error) {
	return s.add(tx, api.Customer{StoreID: storeID, Name: in.Name, Email: in.Email, Phone: in.Phone, AddressJSON: in.AddressJSON})
}

func (s *Service) add(tx *db.Tx, c api.Customer) (api.Customer, error) {
	if err := check(&c); err != nil {
		return c, err
	}
	if !c.IsGuest {
		if err := lock(tx, c.StoreID); err != nil {
			return c, err
		}
		if err := taken(tx, c); err != nil {
			return c, err
		}
	}
	c.CreatedAt, c.UpdatedAt = api.Time{Time: tx.Now}, api.Time{Time: tx.Now}
	var err error
	if c.UserID, err = insert(tx, c); err != nil {
		return c, err
	}
	return c, s.tell(tx, api.TopicCustomerCreated, c)
}

// Guest returns who an order is for that names a person instead of a customer:
// the store's customer with that phone or email, or a guest.
func (s *Service) Guest(tx *db.Tx, storeID int64, in api.NewCustomer) (api.Customer, error) {
	c := api.Customer{
		StoreID: storeID, Name: in.Name, Email: in.Email, Phone: in.Phone, AddressJSON: in.AddressJSON, IsGuest: true,
	}
	if err := check(&c); err != nil {
		return c, err
	}
	known, err := byContact(tx, c)
	if !db.IsNone(err) {
		return known, err
	}
	return s.add(tx, c)
}

package control

import (
	"fmt"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/customer"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

func customerCreated(t *trigger) (string, error) {
	g, err := t.grow()
	if err != nil {
		return "", err
	}
	c, err := g.customer()
	return fmt.Sprintf("Customer %d added: %s.", c.UserID, c.Name), err
}

// customerUpdated moves the newest customer to another house.
func customerUpdated(t *trigger) (string, error) {
	c, err := t.newestCustomer()
	if err != nil {
		return "", err
	}
	home := api.CustomerAddress{Address: "House 12, Road 5, Dhanmondi", City: "Dhaka"}
	if c.AddressJSON != nil && *c.AddressJSON == home {
		home.Address = "House 40, Road 11, Banani"
	}
	_, err = t.Customers.Update(t.tx, t.storeID, c.UserID, api.CustomerUpdate{AddressJSON: api.To(home)})
	return fmt.Sprintf("%s moved to %s, %s.", c.Name, home.Address, home.City), err
}

// asked starts a privacy request of the merchant.
func asked(topic string) func(*trigger) (string, error) {
	return func(t *trigger) (string, error) {
		in, about := api.NewPrivacyRequest{Topic: topic}, "the store"
		if topic != api.TopicShopRedact {
			c, err := t.newestCustomer()
			if err != nil {
				return "", err
			}
			in.UserID, about = &c.UserID, c.Name
		}
		out, err := t.Privacy.Ask(t.tx, t.storeID, in)
		told := map[int64]bool{} // an app may be told at several addresses
		for _, a := range out.Apps {
			told[a.AppID] = true
		}
		switch len(told) {
		case 0:
			return fmt.Sprintf("The merchant asked about %s. No app is installed, so none is told.", about), err
		case 1:
			return fmt.Sprintf("The merchant asked %s about %s.", out.Apps[0].Name, about), err
		}
		return fmt.Sprintf("The merchant asked %d apps about %s.", len(told), about), err
	}
}

func (t *trigger) newestCustomer() (c api.Customer, err error) {
	id, err := newestCustomer(t.tx, t.storeID)
	if db.IsNone(err) {
		return c, problem.Conflict("Store %d has no customer. Add one first: sx trigger customer.created", t.storeID)
	}
	if err != nil {
		return c, err
	}
	return customer.Get(t.tx, t.storeID, id)
}

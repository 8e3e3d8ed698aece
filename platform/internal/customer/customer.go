package customer

import (
	"net/mail"
	"strings"
	"unicode/utf8"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/phone"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/store"
)

// Bounds, in characters.
const (
	maxName    = 255
	maxEmail   = 254
	maxAddress = 500
	maxCity    = 100
)

// Service serves the customers of a store.
type Service struct {
	DB     *db.DB
	Writes idempotency.Writes
	Events *event.Log
}

// check brings a customer into the form in which it is kept and says what is
// wrong with it.
func check(c *api.Customer) error {
	var bad []api.FieldError
	complain := func(field, message string) { bad = append(bad, api.FieldError{Field: field, Message: message}) }
	if c.Name = strings.TrimSpace(c.Name); c.Name == "" || utf8.RuneCountInString(c.Name) > maxName {
		complain("name", "must have 1 to 255 characters")
	}
	if c.Phone != nil {
		if number, ok := phone.Normalize(*c.Phone); ok {
			c.Phone = &number
		} else {
			complain("phone", phone.Rule)
		}
	}
	if c.Email != nil {
		if address, ok := normalizeEmail(*c.Email); ok {
			c.Email = &address
		} else {
			complain("email", "must be an email address such as rahim@example.com")
		}
	}
	if c.Phone == nil && c.Email == nil {
		complain("phone", "is required when there is no email")
	}
	if a := c.AddressJSON; a != nil {
		if utf8.RuneCountInString(a.Address) > maxAddress {
			complain("address_json.address", "must have at most 500 characters")
		}
		if utf8.RuneCountInString(a.City) > maxCity {
			complain("address_json.city", "must have at most 100 characters")
		}
	}
	if bad != nil {
		return problem.Validation(bad...)
	}
	return nil
}

// normalizeEmail returns a plain address in lower case.
func normalizeEmail(text string) (string, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	a, err := mail.ParseAddress(text)
	return text, err == nil && a.Address == text && len(text) <= maxEmail
}

// taken finds out whether another customer of the store has the phone or the
// email.
func taken(tx *db.Tx, c api.Customer) error {
	for _, f := range []struct {
		field, column string
		value         *string
	}{{"phone", "phone", c.Phone}, {"email", "email", c.Email}} {
		if f.value == nil {
			continue
		}
		other, err := holder(tx, c, f.column, *f.value)
		if err == nil {
			return problem.Conflict("Customer %d of this store has the %s %s already.", other, f.field, *f.value)
		}
		if !db.IsNone(err) {
			return err
		}
	}
	return nil
}

// lock keeps others from adding a customer with the same phone or email
// between the check and the write.
func lock(tx *db.Tx, storeID int64) error { return tx.Exclusive("customer " + id(storeID)) }

// CountOrder counts an order that a customer placed.
func CountOrder(tx *db.Tx, customerID int64, total api.Money) error {
	return addTotals(tx, customerID, 1, total)
}

// CountRefusal takes back what an order that was cancelled, or what was refunded
// of one, added to what its customer spent.
func CountRefusal(tx *db.Tx, customerID int64, total api.Money) error {
	return addTotals(tx, customerID, 0, -total)
}

// CountDeletion takes an order that was deleted out of the number of orders.
func CountDeletion(tx *db.Tx, customerID int64) error {
	return addTotals(tx, customerID, -1, 0)
}

// tell records an event about a customer.
func (s *Service) tell(tx *db.Tx, topic string, c api.Customer) error {
	st, err := store.Get(tx, c.StoreID)
	if err != nil {
		return err
	}
	_, err = s.Events.Append(tx, event.Event{Topic: topic, StoreID: c.StoreID, Data: payload(c, st.Name)})
	return err
}

// payload is the data of the customer.* topics.
func payload(c api.Customer, storeName string) api.CustomerEvent {
	return api.CustomerEvent{
		UserID: c.UserID, CustomerName: c.Name, CustomerPhone: c.Phone, CustomerEmail: c.Email, StoreName: storeName, Customer: c,
	}
}

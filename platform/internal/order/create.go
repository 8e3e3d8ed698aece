package order

import (
	"errors"
	"strconv"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/customer"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/discount"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/shipping"
)

// Create places an order: the customer, the stock, the totals, the code's use,
// the counters and the events, all or none. The stock comes first, since others
// hold it before they tell of it.
func (s *Service) Create(tx *db.Tx, storeID int64, actor string, in api.NewOrder) (d api.OrderDetail, err error) {
	if err := checkNew(&in); err != nil {
		return d, err
	}
	if err := exclusive(tx, storeID); err != nil {
		return d, err
	}
	number, err := nextNumber(tx, storeID)
	if err != nil {
		return d, err
	}
	now := api.Time{Time: tx.Now}
	o := api.OrderDetail{Order: api.Order{
		StoreID: storeID, OrderNumber: strconv.FormatInt(number, 10), OrderStatus: api.OrderPending, FinancialStatus: financial(in.PaymentMethod),
		FulfillmentStatus: Unfulfilled, PaymentMethod: in.PaymentMethod, Note: in.Note, CreatedAt: now, UpdatedAt: now,
	}}
	parcel, err := s.reserve(tx, &o, in.Items)
	if err != nil {
		return d, err
	}
	if err := s.address(tx, &o, in); err != nil {
		return d, err
	}
	applied, err := total(tx, &o, in, parcel)
	if err != nil {
		return d, err
	}
	o.Payments = []api.OrderPayment{{
		Type: api.PaymentTypePayment, Method: o.PaymentMethod, Amount: o.GrandTotal, Status: stateOf(o.Order).Payment(), CreatedAt: now,
	}}
	o.Timeline = []api.TimelineEntry{Created(actor, now)}
	if o.OrderID, err = insertOrder(tx, o); err != nil {
		return d, err
	}
	if err := insertParts(tx, o); err != nil {
		return d, err
	}
	if applied != nil {
		if err := discount.Count(tx, *applied, o.OrderID, o.UserID); err != nil {
			return d, err
		}
	}
	return s.report(tx, storeID, o.OrderID, "", api.TopicOrderCreated)
}

// financial is an order's financial status when it is placed. Whoever does not
// pay at the door has paid.
func financial(method string) string {
	if method == CashOnDelivery {
		return Unpaid
	}
	return Paid
}

// address finds or adds the customer and writes them and their address on the
// order: the name, phone and email as they were given with it.
func (s *Service) address(tx *db.Tx, o *api.OrderDetail, in api.NewOrder) error {
	who, err := s.buyer(tx, o.StoreID, in)
	if err != nil {
		return err
	}
	o.UserID, o.CustomerName, o.CustomerEmail = who.UserID, who.Name, who.Email
	if who.Phone != nil {
		o.CustomerPhone = *who.Phone
	}
	home := who.AddressJSON
	if c := in.Customer; c != nil {
		contact(o, *c)
		if c.AddressJSON != nil {
			home = c.AddressJSON
		}
	}
	if in.ShippingAddress != nil {
		home = in.ShippingAddress
	}
	var place api.CustomerAddress
	if home != nil {
		place = *home
	}
	o.Addresses = []api.OrderAddress{{
		Type: "shipping", Name: o.CustomerName, Phone: o.CustomerPhone, Address: place.Address, City: place.City,
	}}
	return nil
}

// buyer returns the customer whom a new order names.
func (s *Service) buyer(tx *db.Tx, storeID int64, in api.NewOrder) (api.Customer, error) {
	if in.UserID != nil {
		c, err := customer.Get(tx, storeID, *in.UserID)
		if problem.Is(err, api.CodeNotFound) {
			return c, problem.Invalid("user_id", "must be a customer of this store")
		}
		return c, err
	}
	c, err := s.Customers.Guest(tx, storeID, api.NewCustomer{
		Name: in.Customer.Name, Email: in.Customer.Email, Phone: in.Customer.Phone, AddressJSON: in.Customer.AddressJSON,
	})
	return c, within("customer", err)
}

// within names the fields of a refusal as parts of a field.
func within(field string, err error) error {
	var p *problem.Problem
	if !errors.As(err, &p) || p.Code != api.CodeValidation {
		return err
	}
	inner := make([]api.FieldError, len(p.Fields))
	for n, f := range p.Fields {
		inner[n] = api.FieldError{Field: field + "." + f.Field, Message: f.Message}
	}
	return problem.Validation(inner...)
}

// total computes what an order costs and what its code does for it.
func total(tx *db.Tx, o *api.OrderDetail, in api.NewOrder, p parcel) (applied *discount.Applied, err error) {
	if in.DiscountCode != nil {
		a, err := discount.Apply(tx, discount.Use{StoreID: o.StoreID, CustomerID: o.UserID, Code: *in.DiscountCode, SubTotal: o.SubTotal})
		if err != nil {
			return nil, err
		}
		applied, o.DiscountCode, o.Discount = &a, &a.Code, a.Amount
	}
	if o.Shipping, err = quote(tx, *o, in); err != nil {
		return nil, err
	}
	if p.shipsFree || applied != nil && applied.FreeShipping {
		o.Shipping = 0
	}
	o.GrandTotal = o.SubTotal + o.Tax + o.Shipping - o.Discount
	return applied, nil
}

// quote is what shipping an order costs: what was given, or what the store asks.
func quote(tx *db.Tx, o api.OrderDetail, in api.NewOrder) (api.Money, error) {
	if in.Shipping != nil {
		return *in.Shipping, nil
	}
	var methodID int64
	if in.ShippingMethodID != nil {
		methodID = *in.ShippingMethodID
	}
	return shipping.Quote(tx, o.StoreID, methodID, o.Addresses[0].City, o.SubTotal)
}

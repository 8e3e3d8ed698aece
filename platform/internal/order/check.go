package order

import (
	"fmt"
	"net/mail"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/phone"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Bounds, of texts in characters.
const (
	maxItems    = 100
	maxQuantity = 10_000
	maxShipping = api.Money(1_000_000_00)
	maxNote     = 1000
	maxName     = 255
	maxEmail    = 254
	maxAddress  = 500
	maxCity     = 100
	maxTracking = 100
	maxCourier  = 100
	maxReason   = 500
)

// complaints collects what is wrong with a request.
type complaints struct{ problem.Complaints }

func (c *complaints) place(a *api.CustomerAddress, field string) {
	if a != nil {
		c.Length(a.Address, field+".address", 0, maxAddress)
		c.Length(a.City, field+".city", 0, maxCity)
	}
}

// checkNew says everything that a new order shows to be wrong by itself, and
// brings it into its usual form: one line per variant, one name per field.
func checkNew(in *api.NewOrder) error {
	var bad complaints
	bad.Requiref(in.UserID != nil || in.Customer != nil, "user_id", "or customer is required")
	bad.Requiref(in.UserID == nil || in.Customer == nil, "customer", "must be left out when user_id is given")
	bad.Requiref(in.UserID == nil || *in.UserID > 0, "user_id", "must be a customer of this store")
	if c := in.Customer; c != nil && c.Address != nil {
		bad.Requiref(c.AddressJSON == nil, "customer.address", "is another name of address_json: give one of them")
		who := *c
		who.AddressJSON, who.Address = c.Address, nil
		in.Customer = &who
	}
	bad.items(in.Items)
	bad.place(in.ShippingAddress, "shipping_address")
	bad.Requiref(in.Shipping == nil || *in.Shipping >= 0 && *in.Shipping <= maxShipping, "shipping", "must be between 0 and %s", maxShipping)
	bad.Requiref(in.Shipping == nil || in.ShippingMethodID == nil, "shipping_method_id", "must be left out when shipping is given")
	bad.Requiref(in.ShippingMethodID == nil || *in.ShippingMethodID > 0, "shipping_method_id", "must be an active shipping method of this store")
	if in.PaymentMethod == "" {
		in.PaymentMethod = CashOnDelivery
	}
	bad.Requiref(slices.Contains(api.PaymentMethods, in.PaymentMethod), "payment_method", "must be one of %s", strings.Join(api.PaymentMethods, ", "))
	bad.Length(in.Note, "note", 0, maxNote)
	if err := bad.Err(); err != nil {
		return err
	}
	in.Items = merged(in.Items)
	for _, i := range in.Items {
		bad.Requiref(i.Quantity <= maxQuantity, "items", "must not ask for more than %d of variant %d in all", maxQuantity, i.SKUID)
	}
	return bad.Err()
}

func (c *complaints) items(items []api.NewOrderItem) {
	c.Requiref(len(items) >= 1 && len(items) <= maxItems, "items", "must have 1 to %d lines", maxItems)
	for n, i := range items[:min(len(items), maxItems)] {
		c.Requiref(i.SKUID > 0, fmt.Sprintf("items[%d].sku_id", n), "must be a variant of this store")
		c.Requiref(i.Quantity >= 1 && i.Quantity <= maxQuantity, fmt.Sprintf("items[%d].quantity", n), "must be between 1 and %d", maxQuantity)
	}
}

// merged makes one line of those that name the same variant, at the place of
// the first.
func merged(items []api.NewOrderItem) (list []api.NewOrderItem) {
	for _, i := range items {
		at := slices.IndexFunc(list, func(l api.NewOrderItem) bool { return l.SKUID == i.SKUID })
		if at < 0 {
			list = append(list, i)
		} else {
			list[at].Quantity += i.Quantity
		}
	}
	return list
}

// contact writes who is named with an order on it, in the form in which
// customers are kept. Guest has checked them.
func contact(o *api.OrderDetail, c api.NewOrderCustomer) {
	o.CustomerName = strings.TrimSpace(c.Name)
	if c.Phone != nil {
		if number, ok := phone.Normalize(*c.Phone); ok {
			o.CustomerPhone = number
		}
	}
	if c.Email != nil {
		email := normalizeEmail(*c.Email)
		o.CustomerEmail = &email
	}
}

func normalizeEmail(text string) string { return strings.ToLower(strings.TrimSpace(text)) }

func isEmail(text string) bool {
	a, err := mail.ParseAddress(text)
	return err == nil && a.Address == text && len(text) <= maxEmail
}

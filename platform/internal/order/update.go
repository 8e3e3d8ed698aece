package order

import (
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/phone"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// underway are the statuses in which an order's address can still change.
var underway = []string{api.OrderPending, api.OrderConfirmed, api.OrderProcessing, api.OrderHold, api.OrderShipped}

// Update changes the fields that are given. What an order holds already is no
// change: it leaves no trace and no event.
func (s *Service) Update(tx *db.Tx, storeID int64, actor string, orderID int64, in api.OrderUpdate) (o api.OrderDetail, err error) {
	if in.Items.Given {
		return o, problem.Invalid("items", "cannot be changed: cancel the order and place another")
	}
	before, err := lock(tx, storeID, orderID)
	if err != nil {
		return o, err
	}
	after := before
	after.Addresses = slices.Clone(before.Addresses)
	change(&after, in)
	if err := checkUpdate(&after, in); err != nil {
		return o, err
	}
	changed := changes(before, after)
	if len(changed) == 0 {
		return s.detail(tx, storeID, orderID)
	}
	if slices.Contains(changed, "shipping address") && !slices.Contains(underway, before.OrderStatus) {
		return o, problem.Conflict("%s keeps its shipping address: it can change until the order is delivered.", describe(before.OrderStatus))
	}
	if err := replace(tx, after); err != nil {
		return o, err
	}
	if err := note(tx, orderID, KindUpdated, actor, "Changed "+strings.Join(changed, ", ")); err != nil {
		return o, err
	}
	return s.report(tx, storeID, orderID, "", api.TopicOrderUpdated)
}

// change puts the given fields of in into an order.
func change(o *api.OrderDetail, in api.OrderUpdate) {
	in.Note.Into(&o.Note)
	in.CustomerName.Into(&o.CustomerName)
	in.CustomerPhone.Into(&o.CustomerPhone)
	in.CustomerEmail.IntoNullable(&o.CustomerEmail)
	in.TrackingID.IntoNullable(&o.TrackingID)
	if in.ShippingAddress.Given {
		var place api.CustomerAddress
		in.ShippingAddress.Into(&place)
		o.Addresses[0].Address, o.Addresses[0].City = place.Address, place.City
	}
}

// checkUpdate says what is wrong with the given fields and brings them into
// the form in which orders are kept.
func checkUpdate(o *api.OrderDetail, in api.OrderUpdate) error {
	var bad complaints
	bad.Length(o.Note, "note", 0, maxNote)
	if in.CustomerName.Given {
		o.CustomerName = strings.TrimSpace(o.CustomerName)
		bad.Length(o.CustomerName, "customer_name", 1, maxName)
	}
	if in.CustomerPhone.Given && o.CustomerPhone != "" {
		number, ok := phone.Normalize(o.CustomerPhone)
		bad.Requiref(ok, "customer_phone", phone.Rule)
		o.CustomerPhone = number
	}
	if in.CustomerEmail.Given && o.CustomerEmail != nil {
		email := normalizeEmail(*o.CustomerEmail)
		bad.Requiref(isEmail(email), "customer_email", "must be an email address such as rahim@example.com")
		o.CustomerEmail = &email
	}
	if in.TrackingID.Given && o.TrackingID != nil {
		bad.Length(*o.TrackingID, "tracking_id", 1, maxTracking)
	}
	bad.Requiref(o.CustomerPhone != "" || o.CustomerEmail != nil, "customer_phone", "is required when there is no email")
	bad.place(in.ShippingAddress.Value, "shipping_address")
	return bad.Err()
}

// changes names what two states of an order differ in, for its timeline.
func changes(a, b api.OrderDetail) (list []string) {
	for _, f := range []struct {
		name string
		same bool
	}{
		{"note", a.Note == b.Note},
		{"customer name", a.CustomerName == b.CustomerName},
		{"customer phone", a.CustomerPhone == b.CustomerPhone},
		{"customer email", same(a.CustomerEmail, b.CustomerEmail)},
		{"shipping address", a.Addresses[0].Address == b.Addresses[0].Address && a.Addresses[0].City == b.Addresses[0].City},
		{"tracking id", same(a.TrackingID, b.TrackingID)},
	} {
		if !f.same {
			list = append(list, f.name)
		}
	}
	return list
}

func same(a, b *string) bool { return a == b || a != nil && b != nil && *a == *b }

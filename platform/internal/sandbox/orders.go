package sandbox

import (
	"slices"
	"strconv"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/order"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
)

const (
	firstOrder  = 1001
	historyDays = 30
)

var methods = []weighted[string]{{58, order.CashOnDelivery}, {24, "bkash"}, {10, "nagad"}, {8, "card"}}

var notes = []string{
	"Please deliver before 5pm", "Call before you come", "Leave it with the guard", "Ring the second floor bell",
	"It is a gift, no bill inside please", "Office address, not on Friday",
}

// seedOrders adds every store's orders, in the order in which they were placed.
func seedOrders(tx *db.Tx, c calendar, products map[int64][]api.ProductDetail, customers map[int64][]api.Customer) error {
	d := newDice(3)
	id := int64(firstOrder)
	var parts counter
	for _, s := range demo.Stores() {
		for n, placed := range placements(d, c, shops[s.StoreID].orders) {
			o := newOrder(d, placed.at, products[s.StoreID], pick(d, customers[s.StoreID]))
			o.OrderID, o.StoreID, o.OrderNumber = id, s.StoreID, strconv.Itoa(firstOrder+n)
			c.run(d, &o, draw(d, courses(placed.daysOld)), shops[s.StoreID].staff)
			parts.number(&o)
			if c.fills(s.StoreID) {
				if err := order.Insert(tx, o); err != nil {
					return err
				}
			}
			id++
		}
	}
	return nil
}

// counter numbers the parts of all orders, so that a store that is seeded again
// has the same.
type counter struct{ items, payments int64 }

func (c *counter) number(o *api.OrderDetail) {
	for i := range o.Items {
		c.items++
		o.Items[i].OrderItemID = c.items
	}
	for i := range o.Payments {
		c.payments++
		o.Payments[i].PaymentID = c.payments
	}
}

type placement struct {
	daysOld int
	at      time.Time
}

// placements spreads n orders over the history, oldest first, more on one day
// than on another and most on the last days. Today has begun just now, so its
// orders are those of the night.
func placements(d dice, c calendar, n int) []placement {
	list := make([]placement, n)
	for i := range list {
		age := i * historyDays / n
		if age > 0 && d.chance(50) {
			age = 1 + d.IntN(pick(d, []int{3, historyDays - 1, historyDays - 1}))
		}
		clock := d.between(8*time.Hour, 23*time.Hour)
		if age == 0 {
			clock = d.between(2*time.Minute, earlyHours-5*time.Minute)
		}
		list[i] = placement{age, c.ago(age, clock)}
	}
	slices.SortFunc(list, func(a, b placement) int { return a.at.Compare(b.at) })
	return list
}

// newOrder makes up what a customer buys.
func newOrder(d dice, at time.Time, products []api.ProductDetail, who api.Customer) api.OrderDetail {
	o := api.OrderDetail{
		Order: api.Order{
			UserID: who.UserID, CustomerName: who.Name, CustomerPhone: *who.Phone, PaymentMethod: draw(d, methods), CreatedAt: stamp(at),
		},
		CustomerEmail: who.Email,
		Addresses: []api.OrderAddress{{
			Type: "shipping", Name: who.Name, Phone: *who.Phone, Address: who.AddressJSON.Address, City: who.AddressJSON.City,
		}},
	}
	for _, n := range d.Perm(len(products))[:draw(d, []weighted[int]{{55, 1}, {30, 2}, {15, 3}})] {
		o.Items = append(o.Items, newItem(d, products[n]))
	}
	for _, i := range o.Items {
		o.SubTotal += i.Total
	}
	o.Shipping = deliveryPrice(o.SubTotal, who.AddressJSON.City)
	if d.chance(16) && o.SubTotal >= taka(800) {
		o.Discount = taka(pick(d, []int64{50, 100, 150}))
	}
	o.GrandTotal = o.SubTotal + o.Tax + o.Shipping - o.Discount
	if d.chance(22) {
		o.Note = pick(d, notes)
	}
	return o
}

func newItem(d dice, p api.ProductDetail) api.OrderItem {
	v := pick(d, p.Variants)
	quantity := int64(1)
	if v.Price < taka(1000) && d.chance(35) {
		quantity += int64(d.IntN(3))
	}
	return api.OrderItem{
		ProductID: p.ProductID, SKUID: v.SKUID, Name: p.Name, VariantName: v.VariantName, SKUCode: v.SKUCode,
		Quantity: quantity, UnitPrice: v.Price, Total: v.Price * api.Money(quantity), Image: *v.Images,
	}
}

// deliveryPrice is what a delivery costs: less within Dhaka, nothing for much.
func deliveryPrice(subTotal api.Money, city string) api.Money {
	switch {
	case subTotal >= taka(freeFrom):
		return 0
	case city == "Dhaka":
		return taka(withinDhaka)
	}
	return taka(elsewhere)
}

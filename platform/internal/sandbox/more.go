package sandbox

import (
	"fmt"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
)

// Parts of the random sequence that believable records of a running sandbox
// come from: each record has its own, by its number.
const (
	moreCustomers = 1 << 32
	moreProducts  = 2 << 32
	moreOrders    = 3 << 32
)

// MoreCustomer makes up the n-th customer to add to a store. Equal numbers give
// equal customers; the phone is of a range that the seed never draws.
func MoreCustomer(storeID int64, n int) api.NewCustomer {
	d := newDice(moreCustomers + uint64(n))
	home := draw(d, towns)
	name := pick(d, firstNames) + " " + pick(d, lastNames)
	phone := fmt.Sprintf("%s%02d%06d", pick(d, operators), storeID%100, n%1_000_000)
	c := api.NewCustomer{Name: name, Phone: &phone, AddressJSON: &api.CustomerAddress{
		Address: fmt.Sprintf("House %d, Road %d, %s", 1+d.IntN(90), 1+d.IntN(27), pick(d, home.quarters)), City: home.city,
	}}
	if d.chance(60) {
		email := fmt.Sprintf("%s%d.%d@mail.example", strings.ToLower(strings.ReplaceAll(name, " ", ".")), storeID, n)
		c.Email = &email
	}
	return c
}

// editions tell the products apart that are added to a store.
var editions = []string{"Eid Edition", "Monsoon Edition", "Gift Set", "Family Pack", "Winter Edition", "Boishakh Edition"}

// MoreProduct makes up the n-th product to add to a store: an edition of what
// the store sells, or, in a store that is not of the demo, the florist.
func MoreProduct(storeID int64, n int) api.NewProduct {
	d := newDice(moreProducts + uint64(n))
	shelf, ok := goods[storeID]
	if !ok {
		shelf = goods[demo.FloristBD]
	}
	g := pick(d, shelf)
	price := api.Money(int64(100+d.IntN(40)*25) * 100)
	p := api.NewProduct{Variants: []api.VariantUpdate{{
		VariantName: api.To("Standard"), Price: api.To(price), Quantity: api.To(int64(5 + d.IntN(60))),
		Images: api.To("products/" + g.picture + ".svg"),
	}}}
	p.Name = api.To(fmt.Sprintf("%s, %s %d", g.name, pick(d, editions), n))
	p.ShortDescription = api.To(g.text)
	return p
}

// Choice is a variant that can be ordered.
type Choice struct{ SKUID, Quantity int64 }

// MoreOrder makes up the n-th order to add to a store, of the customers and
// the variants in stock that it has.
func MoreOrder(n int, customers []int64, stock []Choice) api.NewOrder {
	d := newDice(moreOrders + uint64(n))
	buyer := pick(d, customers)
	o := api.NewOrder{UserID: &buyer, PaymentMethod: draw(d, methods)}
	if d.chance(20) {
		o.Note = pick(d, notes)
	}
	for range 1 + d.IntN(3) {
		c := pick(d, stock)
		o.Items = append(o.Items, api.NewOrderItem{SKUID: c.SKUID, Quantity: 1 + d.Int64N(min(3, c.Quantity))})
	}
	return once(o)
}

// once leaves out the second line of a variant: together they could be more
// than there is.
func once(o api.NewOrder) api.NewOrder {
	seen := map[int64]bool{}
	var items []api.NewOrderItem
	for _, item := range o.Items {
		if !seen[item.SKUID] {
			seen[item.SKUID] = true
			items = append(items, item)
		}
	}
	o.Items = items
	return o
}

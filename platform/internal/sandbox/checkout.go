package sandbox

import (
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/discount"
	"github.com/selorax/sandbox/platform/internal/sandbox/demo"
	"github.com/selorax/sandbox/platform/internal/shipping"
)

// What the seeded orders paid for their delivery, in taka.
const (
	withinDhaka = 60
	elsewhere   = 120
	freeFrom    = 5000
)

// seedShipping adds the zones of every store, each with one method.
func seedShipping(tx *db.Tx, c calendar) error {
	id := int64(0)
	for _, s := range demo.Stores() {
		at := stamp(c.ago(90, 11*time.Hour))
		for _, z := range []api.ShippingZone{
			{Name: "Dhaka", Cities: []string{"Dhaka"}, Methods: []api.ShippingMethod{delivery("Home delivery", withinDhaka, 1)}},
			{Name: "Rest of Bangladesh", Cities: []string{}, Methods: []api.ShippingMethod{delivery("Courier", elsewhere, 3)}},
		} {
			id++
			z.ZoneID, z.Methods[0].MethodID = id, id
			z.StoreID, z.CreatedAt, z.UpdatedAt = s.StoreID, at, at
			if !c.fills(s.StoreID) {
				continue
			}
			if err := shipping.Insert(tx, z); err != nil {
				return err
			}
		}
	}
	return nil
}

func delivery(name string, price, days int64) api.ShippingMethod {
	free := taka(freeFrom)
	return api.ShippingMethod{Name: name, Price: taka(price), FreeFrom: &free, EstimatedDays: &days, IsActive: true}
}

// offer is a discount code of the seed, with its amounts in taka. What is zero
// is not limited.
type offer struct {
	id            int64
	code          string
	percent       float64
	off           int64
	freeShipping  bool
	minimum, most int64
	uses, each    int64
	from, until   int // days from today; 0 and 0 for always
	stopped       bool
}

// offers by store. SUMMER20 is the one of the platform's own examples.
var offers = map[int64][]offer{
	demo.FloristBD: {
		{id: 5, code: "SUMMER20", percent: 20, minimum: 500, most: 200, uses: 100, each: 1, from: -20, until: 71},
		{id: 6, code: "WELCOME50", off: 50, minimum: 400, each: 1},
		{id: 7, code: "FREESHIP", freeShipping: true, minimum: 1500},
		{id: 8, code: "VALENTINE15", percent: 15, most: 500, uses: 300, from: -75, until: -45},
		{id: 9, code: "STAFF30", percent: 30, stopped: true},
	},
	demo.DhakaGadgetHouse: {
		{id: 10, code: "GADGET10", percent: 10, minimum: 2000, most: 1000},
		{id: 11, code: "AUDIO300", off: 300, minimum: 1800, uses: 50, from: -10, until: 30},
		{id: 12, code: "FREEDELIVERY", freeShipping: true, minimum: 3000, each: 2},
		{id: 13, code: "NEWYEAR25", percent: 25, most: 1500, uses: 200, from: -60, until: -30},
	},
	demo.NakshiCrafts: {
		{id: 14, code: "BOISHAKH15", percent: 15, minimum: 1000, most: 750, uses: 150, from: -5, until: 25},
		{id: 15, code: "FIRST100", off: 100, minimum: 800, each: 1},
		{id: 16, code: "CRAFTSHIP", freeShipping: true, minimum: 2500},
		{id: 17, code: "EID500", off: 500, minimum: 6000, uses: 40, from: 20, until: 50},
	},
}

// seedDiscounts adds the codes of every store.
func seedDiscounts(tx *db.Tx, c calendar) error {
	for _, s := range demo.Stores() {
		if !c.fills(s.StoreID) {
			continue
		}
		for _, o := range offers[s.StoreID] {
			if err := discount.Insert(tx, o.discount(c, s.StoreID)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (o offer) discount(c calendar, storeID int64) api.Discount {
	made := stamp(c.ago(80, 10*time.Hour))
	d := api.Discount{
		DiscountID: o.id, StoreID: storeID, Code: o.code, IsAmount: o.off > 0, Amount: taka(o.off), Percentage: o.percent,
		FreeShippingOn: api.Flag(o.freeShipping), MinimumOrderValue: limit(taka(o.minimum)), MaximumDiscountAmount: limit(taka(o.most)),
		IsActive: api.Flag(!o.stopped), TotalUse: limit(o.uses), UsePerUser: limit(o.each), CreatedAt: made, UpdatedAt: made,
	}
	if o.from != o.until {
		starts, ends := stamp(c.ago(-o.from, 0)), stamp(c.ago(-o.until, 24*time.Hour-time.Second))
		d.StartsAt, d.EndsAt = &starts, &ends
	}
	return d
}

// limit is a bound of an offer, or nil for none.
func limit[T comparable](v T) *T {
	if v == *new(T) {
		return nil
	}
	return &v
}

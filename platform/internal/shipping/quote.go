package shipping

import (
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
)

// Quote is what shipping an order costs. Without a method id it is the
// cheapest active method of the zone that the city is in; a store that ships
// nowhere near asks nothing.
func Quote(tx *db.Tx, storeID, methodID int64, city string, subTotal api.Money) (api.Money, error) {
	if methodID != 0 {
		m, err := methodByID(tx, storeID, methodID)
		if db.IsNone(err) || err == nil && !bool(m.IsActive) {
			return 0, problem.Invalid("shipping_method_id", "must be an active shipping method of this store")
		}
		return price(m, subTotal), err
	}
	zones, err := zonesOf(tx, storeID)
	if err != nil {
		return 0, err
	}
	best, found := api.Money(0), false
	for _, m := range zoneOf(zones, city).Methods {
		if p := price(m, subTotal); bool(m.IsActive) && (!found || p < best) {
			best, found = p, true
		}
	}
	return best, nil
}

// zoneOf returns the zone that names a city, or the one for the rest.
func zoneOf(zones []api.ShippingZone, city string) (rest api.ShippingZone) {
	for _, z := range zones {
		if slices.ContainsFunc(z.Cities, func(name string) bool { return sameCity(name, city) }) {
			return z
		}
		if len(z.Cities) == 0 {
			rest = z
		}
	}
	return rest
}

func sameCity(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }

func price(m api.ShippingMethod, subTotal api.Money) api.Money {
	if m.FreeFrom != nil && subTotal >= *m.FreeFrom {
		return 0
	}
	return m.Price
}

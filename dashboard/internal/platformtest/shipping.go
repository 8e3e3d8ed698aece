package platformtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// demoZones are those of the stores 22 and 24; store 23 ships nowhere yet.
func demoZones() []api.ShippingZone {
	at := api.Time{Time: today}
	days, more, from := int64(1), int64(4), api.Money(2000_00)
	zones := []api.ShippingZone{
		{ZoneID: 1, StoreID: 22, Name: "Inside Dhaka", Cities: []string{"Dhaka", "Narayanganj", "Gazipur"}, Methods: []api.ShippingMethod{
			{MethodID: 1, Name: "Standard", Price: 60_00, FreeFrom: &from, EstimatedDays: &days, IsActive: true},
			{MethodID: 2, Name: "Same day", Price: 150_00},
		}},
		{ZoneID: 2, StoreID: 22, Name: "Outside Dhaka", Cities: []string{}, Methods: []api.ShippingMethod{{MethodID: 3, Name: "Courier", Price: 120_00, EstimatedDays: &more, IsActive: true}}},
		{ZoneID: 3, StoreID: 22, Name: "Hill tracts", Cities: []string{"Bandarban", "Rangamati", "Khagrachhari"}},
		{ZoneID: 4, StoreID: 24, Name: "Everywhere", Methods: []api.ShippingMethod{{MethodID: 4, Name: "Courier", Price: 110_00, IsActive: true}}},
	}
	for n := range zones {
		zones[n].CreatedAt, zones[n].UpdatedAt = at, at
		for m := range zones[n].Methods {
			method := &zones[n].Methods[m]
			method.ZoneID, method.StoreID, method.CreatedAt, method.UpdatedAt = zones[n].ZoneID, zones[n].StoreID, at, at
		}
	}
	return zones
}

// shippingRoutes are those of the zones and their methods.
func (p *Platform) shippingRoutes(mux *http.ServeMux) {
	const zones, methods = " /api/stores/{store_id}/shipping/zones", " /api/stores/{store_id}/shipping/methods"
	for pattern, route := range map[string]func(call) (any, error){
		"GET" + zones: p.listZones, "POST" + zones: p.createZone, "PUT" + zones + "/{id}": p.updateZone, "DELETE" + zones + "/{id}": p.deleteZone,
		"POST" + methods: p.createShippingMethod, "PUT" + methods + "/{id}": p.updateShippingMethod, "DELETE" + methods + "/{id}": p.deleteShippingMethod,
	} {
		mux.HandleFunc(pattern, p.forUser(route))
	}
}

func (p *Platform) listZones(c call) (any, error) {
	list := []api.ShippingZone{}
	for _, z := range p.zones {
		if z.StoreID == c.storeID {
			list = append(list, z)
		}
	}
	return page(c, list)
}

// zone finds one of the call's store.
func (p *Platform) zone(c call, id int64) (*api.ShippingZone, error) {
	for n := range p.zones {
		if z := &p.zones[n]; z.ZoneID == id && z.StoreID == c.storeID {
			return z, nil
		}
	}
	return nil, notFound("There is no shipping zone %d.", id)
}

func (p *Platform) createZone(c call) (any, error) {
	p.lastShipping++
	z := api.ShippingZone{ZoneID: p.lastShipping, StoreID: c.storeID, CreatedAt: p.clock.now(), UpdatedAt: p.clock.now()}
	if err := p.changeZone(c, &z); err != nil {
		return nil, err
	}
	p.zones = append(p.zones, z)
	return z, nil
}

func (p *Platform) updateZone(c call) (any, error) {
	z, err := p.zone(c, c.id("id"))
	if err != nil {
		return nil, err
	}
	changed := *z
	if err := p.changeZone(c, &changed); err != nil {
		return nil, err
	}
	*z = changed
	return changed, nil
}

func (p *Platform) deleteZone(c call) (any, error) {
	z, err := p.zone(c, c.id("id"))
	if err != nil {
		return nil, err
	}
	if n := len(z.Methods); n > 0 {
		return nil, refuse(http.StatusConflict, api.CodeConflict, "The zone %q has %d shipping methods. Delete them first.", z.Name, n)
	}
	p.zones = slices.DeleteFunc(p.zones, func(other api.ShippingZone) bool { return other.ZoneID == c.id("id") })
	return api.Deleted{ID: c.id("id")}, nil
}

// changeZone puts what was sent into z, unless the platform would refuse it.
func (p *Platform) changeZone(c call, z *api.ShippingZone) error {
	var in api.ShippingZoneInput
	if err := json.NewDecoder(c.Body).Decode(&in); err != nil {
		return err
	}
	in.Name.Into(&z.Name)
	in.Cities.Into(&z.Cities)
	var wrong []api.FieldError
	if z.Name == "" || len(z.Name) > 100 {
		wrong = append(wrong, api.FieldError{Field: "name", Message: "must have 1 to 100 characters"})
	}
	if i := slices.IndexFunc(z.Cities, func(city string) bool { return len(city) > 100 }); i >= 0 {
		wrong = append(wrong, api.FieldError{Field: fmt.Sprintf("cities[%d]", i), Message: "must have 1 to 100 characters"})
	}
	if len(z.Cities) > 100 {
		wrong = append(wrong, api.FieldError{Field: "cities", Message: "must name at most 100 cities"})
	}
	if wrong != nil {
		return invalid(wrong...)
	}
	for _, other := range p.zones {
		if other.StoreID != z.StoreID || other.ZoneID == z.ZoneID {
			continue
		}
		if err := clash(*z, other); err != nil {
			return err
		}
	}
	return nil
}

func clash(z, other api.ShippingZone) error {
	if strings.EqualFold(other.Name, z.Name) {
		return refuse(http.StatusConflict, api.CodeConflict, "There is a zone %q already, number %d.", other.Name, other.ZoneID)
	}
	if len(other.Cities) == 0 && len(z.Cities) == 0 {
		return refuse(http.StatusConflict, api.CodeConflict, "The zone %q is the one for the rest of the country. Name cities for this one.", other.Name)
	}
	for _, city := range z.Cities {
		if slices.Contains(other.Cities, city) {
			return refuse(http.StatusConflict, api.CodeConflict, "%s is in the zone %q already.", city, other.Name)
		}
	}
	return nil
}

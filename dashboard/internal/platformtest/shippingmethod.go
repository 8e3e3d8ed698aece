package platformtest

import (
	"encoding/json"
	"slices"

	"github.com/selorax/sandbox/platform/api"
)

func (p *Platform) createShippingMethod(c call) (any, error) {
	p.lastShipping++
	m := api.ShippingMethod{MethodID: p.lastShipping, StoreID: c.storeID, IsActive: true, CreatedAt: p.clock.now(), UpdatedAt: p.clock.now()}
	return p.putShippingMethod(c, m)
}

func (p *Platform) updateShippingMethod(c call) (any, error) {
	m, err := p.shippingMethod(c)
	if err != nil {
		return nil, err
	}
	return p.putShippingMethod(c, m)
}

func (p *Platform) deleteShippingMethod(c call) (any, error) {
	m, err := p.shippingMethod(c)
	if err != nil {
		return nil, err
	}
	p.takeMethod(m.MethodID)
	return api.Deleted{ID: m.MethodID}, nil
}

// shippingMethod finds the one that the path names.
func (p *Platform) shippingMethod(c call) (api.ShippingMethod, error) {
	for _, z := range p.zones {
		for _, m := range z.Methods {
			if m.MethodID == c.id("id") && m.StoreID == c.storeID {
				return m, nil
			}
		}
	}
	return api.ShippingMethod{}, notFound("There is no shipping method %s.", c.PathValue("id"))
}

// takeMethod takes a method out of its zone.
func (p *Platform) takeMethod(id int64) {
	for n := range p.zones {
		p.zones[n].Methods = slices.DeleteFunc(slices.Clone(p.zones[n].Methods), func(m api.ShippingMethod) bool { return m.MethodID == id })
	}
}

// putShippingMethod puts what was sent into m and m into its zone, unless the platform
// would refuse it.
func (p *Platform) putShippingMethod(c call, m api.ShippingMethod) (any, error) {
	var in api.ShippingMethodInput
	if err := json.NewDecoder(c.Body).Decode(&in); err != nil {
		return nil, err
	}
	in.ZoneID.Into(&m.ZoneID)
	in.Name.Into(&m.Name)
	in.Price.Into(&m.Price)
	in.IsActive.Into(&m.IsActive)
	in.FreeFrom.IntoNullable(&m.FreeFrom)
	in.EstimatedDays.IntoNullable(&m.EstimatedDays)
	var wrong []api.FieldError
	require := func(ok bool, field, message string) {
		if !ok {
			wrong = append(wrong, api.FieldError{Field: field, Message: message})
		}
	}
	z, err := p.zone(c, m.ZoneID)
	require(err == nil, "zone_id", "must be a shipping zone of this store")
	require(m.Name != "" && len(m.Name) <= 100, "name", "must have 1 to 100 characters")
	require(m.Price >= 0 && m.Price <= 1_000_000_00, "price", "must be between 0 and 1000000.00")
	require(m.FreeFrom == nil || *m.FreeFrom >= 0, "free_from", "must not be negative")
	require(m.EstimatedDays == nil || *m.EstimatedDays >= 0 && *m.EstimatedDays <= 365, "estimated_days", "must be between 0 and 365")
	if wrong != nil {
		return nil, invalid(wrong...)
	}
	p.takeMethod(m.MethodID)
	z.Methods = append(z.Methods, m)
	slices.SortFunc(z.Methods, func(a, b api.ShippingMethod) int { return int(a.MethodID - b.MethodID) })
	return m, nil
}

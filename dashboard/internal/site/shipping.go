package site

import (
	"net/http"
	"slices"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/platform"
)

func shippingRoutes(get, post func(path string, h func(*visit) error)) {
	const zones, zone = "/settings/shipping/zones", "/settings/shipping/zones/{zone:[0-9]+}"
	const methods, method = "/settings/shipping/methods", "/settings/shipping/methods/{method:[0-9]+}"
	get("/settings/shipping", (*visit).shipping)
	get(zones+"/new", (*visit).newZone)
	post(zones+"/new", (*visit).createZone)
	get(zone, (*visit).zone)
	post(zone, (*visit).updateZone)
	post(zone+"/delete", (*visit).deleteZone)
	get(methods+"/new", (*visit).newMethod)
	post(methods+"/new", (*visit).createMethod)
	get(method, (*visit).shippingMethod)
	post(method, (*visit).updateMethod)
	post(method+"/delete", (*visit).deleteMethod)
}

// zones are where the store ships to.
func (v *visit) zones() ([]api.ShippingZone, error) {
	return v.session.ShippingZones(v.r.Context(), v.store.StoreID)
}

// shippingData is the list of zones with their methods.
type shippingData struct {
	Zones []api.ShippingZone
	Rest  bool // a zone stands for the cities that none names
}

func (v *visit) shipping() error {
	zones, err := v.zones()
	if err != nil {
		return err
	}
	return v.show("shell/shipping", "Shipping", "settings", shippingData{zones, hasRest(zones)}, policy{})
}

func hasRest(zones []api.ShippingZone) bool {
	return slices.ContainsFunc(zones, func(z api.ShippingZone) bool { return len(z.Cities) == 0 })
}

// zoneData is the form of a zone, and the zone where there is one.
type zoneData struct {
	*api.ShippingZone
	Form  zoneForm
	Holds []string // the names of its methods
	Place string   // of the form
	List  string
}

func (v *visit) newZone() error { return v.showNewZone(http.StatusOK, zoneForm{}) }

func (v *visit) showNewZone(status int, form zoneForm) error {
	list := v.path("/settings/shipping")
	return v.answer(status, "shell/zone", "New shipping zone", "settings", zoneData{Form: form, Place: list + "/zones/new", List: list}, policy{})
}

func (v *visit) createZone() error {
	form := sentZone(v.r)
	made, err := v.session.CreateShippingZone(v.r.Context(), v.store.StoreID, form.input())
	if wrong, err := v.zoneRefused(&form, 0, err); err != nil {
		return err
	} else if wrong {
		return v.showNewZone(http.StatusUnprocessableEntity, form)
	}
	return v.done("success", "The zone "+made.Name+" is created. It needs a method before it says what shipping costs.", v.path("/settings/shipping"))
}

func (v *visit) zone() error {
	z, err := v.findZone()
	if err != nil {
		return err
	}
	return v.showZone(http.StatusOK, z, formOfZone(z))
}

// findZone is the zone that the path names.
func (v *visit) findZone() (api.ShippingZone, error) {
	zones, err := v.zones()
	if err != nil {
		return api.ShippingZone{}, err
	}
	i := slices.IndexFunc(zones, func(z api.ShippingZone) bool { return z.ZoneID == v.number("zone") })
	if i < 0 {
		return api.ShippingZone{}, missing
	}
	return zones[i], nil
}

func (v *visit) showZone(status int, z api.ShippingZone, form zoneForm) error {
	list := v.path("/settings/shipping")
	data := zoneData{ShippingZone: &z, Form: form, Place: list + "/zones/" + v.text("zone"), List: list}
	for _, m := range z.Methods {
		data.Holds = append(data.Holds, m.Name)
	}
	return v.answer(status, "shell/zone", z.Name, "settings", data, policy{})
}

func (v *visit) updateZone() error {
	z, err := v.findZone()
	if err != nil {
		return err
	}
	form := sentZone(v.r)
	changed, err := v.session.UpdateShippingZone(v.r.Context(), v.store.StoreID, z.ZoneID, form.input())
	if wrong, err := v.zoneRefused(&form, z.ZoneID, err); err != nil {
		return err
	} else if wrong {
		return v.showZone(http.StatusUnprocessableEntity, z, form)
	}
	return v.done("success", "The zone "+changed.Name+" is saved.", v.path("/settings/shipping"))
}

// zoneRefused puts the platform's complaints at their fields. It reports
// whether there are any; an error that is none of them is returned.
func (v *visit) zoneRefused(form *zoneForm, zoneID int64, err error) (bool, error) {
	if err == nil || form.complain(err) {
		return err != nil, nil
	}
	refused, ok := platform.Refusal(err)
	if !ok || refused.Code != api.CodeConflict {
		return false, err
	}
	zones, err := v.zones()
	form.clash(zones, zoneID, refused.Message)
	return true, err
}

func (v *visit) deleteZone() error {
	err := v.session.DeleteShippingZone(v.r.Context(), v.store.StoreID, v.number("zone"))
	refused, ok := platform.Refusal(err)
	switch {
	case ok && refused.Status == http.StatusNotFound:
		return v.done("info", "There is no such zone. Perhaps it is deleted already.", v.path("/settings/shipping"))
	case ok && refused.Status == http.StatusConflict:
		return v.done("danger", refused.Message, v.path("/settings/shipping"))
	case err != nil:
		return err
	}
	return v.done("success", "The zone is deleted.", v.path("/settings/shipping"))
}

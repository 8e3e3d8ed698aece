package site

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// methodData is the form of a method, the zones it can be of, and the method
// where there is one.
type methodData struct {
	*api.ShippingMethod
	Form  methodForm
	Zones []api.ShippingZone
	Place string // of the form
	List  string
}

// newMethod shows the form for the zone that the address names, or for the
// first one.
func (v *visit) newMethod() error {
	zones, err := v.zones()
	if err != nil {
		return err
	}
	if len(zones) == 0 {
		return v.done("info", "Create a zone first. A method belongs to one.", v.path("/settings/shipping/zones/new"))
	}
	form := methodForm{Zone: v.r.URL.Query().Get("zone"), Active: true}
	named := func(z api.ShippingZone) bool { return strconv.FormatInt(z.ZoneID, 10) == form.Zone }
	if form.Zone != "" && !slices.ContainsFunc(zones, named) {
		return missing
	}
	return v.showNewMethod(http.StatusOK, zones, form)
}

func (v *visit) showNewMethod(status int, zones []api.ShippingZone, form methodForm) error {
	list := v.path("/settings/shipping")
	return v.answer(status, "shell/method", "New shipping method", "settings", methodData{nil, form, zones, list + "/methods/new", list}, policy{})
}

func (v *visit) createMethod() error {
	zones, err := v.zones()
	if err != nil {
		return err
	}
	form := sentMethod(v.r)
	if form.Errors != nil {
		return v.showNewMethod(http.StatusUnprocessableEntity, zones, form)
	}
	made, err := v.session.CreateShippingMethod(v.r.Context(), v.store.StoreID, form.input())
	if form.complain(err) {
		return v.showNewMethod(http.StatusUnprocessableEntity, zones, form)
	}
	if err != nil {
		return err
	}
	return v.done("success", "The method "+made.Name+" is created.", v.path("/settings/shipping"))
}

func (v *visit) shippingMethod() error {
	m, zones, err := v.findMethod()
	if err != nil {
		return err
	}
	return v.showMethod(http.StatusOK, m, zones, formOfMethod(m))
}

// findMethod is the method that the path names, and the zones it can be of.
func (v *visit) findMethod() (api.ShippingMethod, []api.ShippingZone, error) {
	zones, err := v.zones()
	if err != nil {
		return api.ShippingMethod{}, nil, err
	}
	for _, z := range zones {
		for _, m := range z.Methods {
			if m.MethodID == v.number("method") {
				return m, zones, nil
			}
		}
	}
	return api.ShippingMethod{}, nil, missing
}

func (v *visit) showMethod(status int, m api.ShippingMethod, zones []api.ShippingZone, form methodForm) error {
	list := v.path("/settings/shipping")
	return v.answer(status, "shell/method", m.Name, "settings", methodData{&m, form, zones, list + "/methods/" + v.text("method"), list}, policy{})
}

func (v *visit) updateMethod() error {
	m, zones, err := v.findMethod()
	if err != nil {
		return err
	}
	form := sentMethod(v.r)
	if form.Errors != nil {
		return v.showMethod(http.StatusUnprocessableEntity, m, zones, form)
	}
	changed, err := v.session.UpdateShippingMethod(v.r.Context(), v.store.StoreID, m.MethodID, form.input())
	if form.complain(err) {
		return v.showMethod(http.StatusUnprocessableEntity, m, zones, form)
	}
	if err != nil {
		return err
	}
	return v.done("success", "The method "+changed.Name+" is saved.", v.path("/settings/shipping"))
}

func (v *visit) deleteMethod() error {
	err := v.session.DeleteShippingMethod(v.r.Context(), v.store.StoreID, v.number("method"))
	switch {
	case platform.IsStatus(err, http.StatusNotFound):
		return v.done("info", "There is no such method. Perhaps it is deleted already.", v.path("/settings/shipping"))
	case err != nil:
		return err
	}
	return v.done("success", "The method is deleted.", v.path("/settings/shipping"))
}

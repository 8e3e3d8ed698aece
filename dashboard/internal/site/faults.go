package site

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// faultsData is the rules that are set, and the form for another.
type faultsData struct {
	Faults []api.Fault
	Form   faultForm
	Place  string
}

// Active reports whether a rule may still act, so that its hits are followed.
func (d faultsData) Active() bool {
	for _, f := range d.Faults {
		if !bool(f.Spent) {
			return true
		}
	}
	return false
}

func faultPages(get, post func(path string, h func(*visit) error)) {
	get("/developer/faults", forDeveloper((*visit).faults))
	post("/developer/faults", forDeveloper((*visit).setFault))
	post("/developer/faults/clear", forDeveloper((*visit).clearFaults))
	post("/developer/faults/{fault:[0-9]+}/clear", forDeveloper((*visit).clearFault))
}

func (v *visit) faults() error { return v.showFaults(http.StatusOK, faultForm{When: everyTime}) }

func (v *visit) showFaults(status int, form faultForm) error {
	found, err := v.session.Faults(v.r.Context())
	if err != nil {
		return err
	}
	form.Apps, form.Stores, form.Routes = v.apps, v.account.Stores, v.faultRoutes
	return v.answer(status, "shell/faults", "Faults", "faults", faultsData{found, form, v.path("/developer/faults")}, policy{})
}

func (v *visit) setFault() error {
	form := sentFault(v.r)
	if form.Errors != nil {
		return v.showFaults(http.StatusUnprocessableEntity, form)
	}
	made, err := v.session.SetFault(v.r.Context(), form.input())
	if form.complain(err) {
		return v.showFaults(http.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return v.done("success", page.Fault(made.On, made.Effect).Label+" is set. It acts from now on.", v.path("/developer/faults"))
}

func (v *visit) clearFault() error {
	err := v.session.ClearFault(v.r.Context(), v.number("fault"))
	switch {
	case platform.IsStatus(err, http.StatusNotFound):
		return v.done("info", "That fault is cleared already.", v.path("/developer/faults"))
	case err != nil:
		return err
	}
	return v.done("success", "The fault is cleared.", v.path("/developer/faults"))
}

func (v *visit) clearFaults() error {
	n, err := v.session.ClearFaults(v.r.Context())
	if err != nil {
		return err
	}
	return v.done("success", page.Count(int(n), "fault")+" cleared. Everything works again.", v.path("/developer/faults"))
}

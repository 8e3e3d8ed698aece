package site

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/page"
	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// discountsData is the list of discounts.
type discountsData struct {
	Discounts []api.Discount
	List      page.List
	Tabs      []page.Tab
}

func discountRoutes(get, post func(path string, h func(*visit) error)) {
	const all, one = "/discounts", "/discounts/{discount:[0-9]+}"
	get(all, (*visit).discounts)
	get(all+"/new", (*visit).newDiscount)
	post(all+"/new", (*visit).createDiscount)
	get(one, (*visit).discount)
	post(one, (*visit).updateDiscount)
	post(one+"/switch", (*visit).switchDiscount)
	post(one+"/delete", (*visit).deleteDiscount)
}

// switches are the platform's values of the tabs of the list.
var switches = map[string]string{"on": "1", "off": "0"}

func (v *visit) discounts() error {
	list := page.ReadList(v.r.URL, "", nil)
	q := query(list)
	q.Status = ""
	if value, ok := switches[list.Status]; ok {
		q.Only = map[string]string{"is_active": value}
	} else {
		list.Status = ""
	}
	found, err := v.session.Discounts(v.r.Context(), v.store.StoreID, q)
	if err != nil {
		return err
	}
	list = list.Found(found.Pagination)
	return v.show("shell/discounts", "Discounts", "discounts", discountsData{found.Data, list, list.Tabs([]string{"on", "off"})}, policy{})
}

// discountData is the form of a discount, and the discount where there is one.
type discountData struct {
	*api.Discount
	Form  discountForm
	Place string // of the form
	List  string
}

func (v *visit) newDiscount() error {
	return v.showNewDiscount(http.StatusOK, discountForm{Kind: byPercentage, Active: true})
}

func (v *visit) showNewDiscount(status int, form discountForm) error {
	list := v.path("/discounts")
	return v.answer(status, "shell/discount", "New discount", "discounts", discountData{nil, form, list + "/new", list}, policy{})
}

func (v *visit) createDiscount() error {
	form := sentDiscount(v.r)
	if form.Errors != nil {
		return v.showNewDiscount(http.StatusUnprocessableEntity, form)
	}
	made, err := v.session.CreateDiscount(v.r.Context(), v.store.StoreID, form.input())
	if form.complain(err) {
		return v.showNewDiscount(http.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return v.done("success", "The discount "+made.Code+" is created.", v.path("/discounts"))
}

func (v *visit) discount() error {
	d, err := v.findDiscount()
	if err != nil {
		return err
	}
	return v.showDiscount(http.StatusOK, d, formOf(d))
}

func (v *visit) findDiscount() (api.Discount, error) {
	return v.session.Discount(v.r.Context(), v.store.StoreID, v.number("discount"))
}

func (v *visit) showDiscount(status int, d api.Discount, form discountForm) error {
	data := discountData{&d, form, v.path("/discounts/" + v.text("discount")), v.path("/discounts")}
	return v.answer(status, "shell/discount", d.Code, "discounts", data, policy{})
}

func (v *visit) updateDiscount() error {
	d, err := v.findDiscount()
	if err != nil {
		return err
	}
	form := sentDiscount(v.r)
	if form.Errors != nil {
		return v.showDiscount(http.StatusUnprocessableEntity, d, form)
	}
	changed, err := v.session.UpdateDiscount(v.r.Context(), v.store.StoreID, d.DiscountID, form.input())
	if form.complain(err) {
		return v.showDiscount(http.StatusUnprocessableEntity, d, form)
	}
	if err != nil {
		return err
	}
	return v.done("success", "The discount "+changed.Code+" is saved.", v.path("/discounts/"+v.text("discount")))
}

// switchDiscount ends a discount at once, or lets it be used again.
func (v *visit) switchDiscount() error {
	on := v.r.PostFormValue("active") == "1"
	d, err := v.session.UpdateDiscount(v.r.Context(), v.store.StoreID, v.number("discount"), api.DiscountInput{IsActive: api.To(api.Flag(on))})
	if err != nil {
		return err
	}
	says := "The discount " + d.Code + " is off. Nobody can use it."
	if on {
		says = "The discount " + d.Code + " is on."
	}
	return v.done("success", says, v.path("/discounts/"+v.text("discount")))
}

func (v *visit) deleteDiscount() error {
	err := v.session.DeleteDiscount(v.r.Context(), v.store.StoreID, v.number("discount"))
	switch {
	case platform.IsStatus(err, http.StatusNotFound):
		return v.done("info", "There is no such discount. Perhaps it is deleted already.", v.path("/discounts"))
	case err != nil:
		return err
	}
	return v.done("success", "The discount is deleted.", v.path("/discounts"))
}

package site

import (
	"net/http"
	"strings"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// storeForm is what people write about their store, and what is wrong with it.
type storeForm struct {
	Name, Email, Phone, Domain, Address, Language string
	Currency                                      string // shown, never sent
	Errors                                        map[string]string
}

func (v *visit) storeSettings() error {
	record, err := v.session.Record(v.r.Context(), v.store.StoreID)
	if err != nil {
		return err
	}
	form := storeForm{Name: record.Name, Email: record.Email, Phone: record.Phone, Domain: record.Domain, Language: record.Language, Currency: record.Currency}
	if record.Address != nil {
		form.Address = *record.Address
	}
	return v.showStore(http.StatusOK, form)
}

func (v *visit) showStore(status int, form storeForm) error {
	return v.answer(status, "shell/store", "Store", "settings", form, policy{})
}

func (v *visit) saveStore() error {
	text := func(name string) string { return strings.TrimSpace(v.r.PostFormValue(name)) }
	form := storeForm{Name: text("name"), Email: text("email"), Phone: text("phone"), Domain: text("domain"), Language: text("language"), Address: strings.ReplaceAll(text("address"), "\r\n", "\n"), Currency: api.CurrencyBDT}
	_, err := v.session.UpdateRecord(v.r.Context(), v.store.StoreID, form.input())
	if form.complain(err) {
		return v.showStore(http.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return v.done("success", "The store is saved.", v.path("/settings/store"))
}

func (f storeForm) input() api.StoreUpdate {
	in := api.StoreUpdate{Name: api.To(f.Name), Email: api.To(f.Email), Phone: api.To(f.Phone), Domain: api.To(f.Domain), Language: api.To(f.Language), Address: api.Change[string]{Given: true}}
	if f.Address != "" {
		in.Address = api.To(f.Address)
	}
	return in
}

// complain puts the platform's complaints at their fields. It reports whether
// err was about the input.
func (f *storeForm) complain(err error) bool {
	refused, ok := platform.Refusal(err)
	if !ok || refused.Code != api.CodeValidation {
		return false
	}
	f.Errors = map[string]string{}
	for _, e := range refused.Errors {
		f.Errors[e.Field] = sentence("The " + e.Field + " " + e.Message)
	}
	return true
}

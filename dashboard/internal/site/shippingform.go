package site

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/platform"
)

// zoneForm is what people write about a zone, and what is wrong with it.
type zoneForm struct {
	Name, Cities string // one city a line
	Errors       map[string]string
}

func formOfZone(z api.ShippingZone) zoneForm {
	return zoneForm{Name: z.Name, Cities: strings.Join(z.Cities, "\n")}
}

func sentZone(r *http.Request) zoneForm {
	return zoneForm{Name: strings.TrimSpace(r.PostFormValue("name")), Cities: strings.ReplaceAll(strings.TrimSpace(r.PostFormValue("cities")), "\r\n", "\n")}
}

// cities are those of the form: one a line, or with commas between them.
func (f zoneForm) cities() []string {
	cities := []string{}
	for city := range strings.FieldsFuncSeq(f.Cities, func(r rune) bool { return r == '\n' || r == ',' }) {
		if city = strings.TrimSpace(city); city != "" && !slices.Contains(cities, city) {
			cities = append(cities, city)
		}
	}
	return cities
}

func (f zoneForm) input() api.ShippingZoneInput {
	return api.ShippingZoneInput{Name: api.To(f.Name), Cities: api.To(f.cities())}
}

// complain puts the platform's complaints at their fields. It reports whether
// err was about the input.
func (f *zoneForm) complain(err error) bool {
	refused, ok := platform.Refusal(err)
	if !ok || refused.Code != api.CodeValidation {
		return false
	}
	f.Errors = map[string]string{}
	for _, e := range refused.Errors {
		field, says := e.Field, "The "+e.Field+" "+e.Message
		if place, one := strings.CutPrefix(e.Field, "cities["); one {
			n, _ := strconv.Atoi(strings.TrimSuffix(place, "]"))
			field, says = "cities", fmt.Sprintf("City number %d %s", n+1, e.Message)
		} else if field == "cities" {
			says = "A zone " + e.Message
		}
		f.Errors[field] = cmp.Or(f.Errors[field], sentence(says))
	}
	return true
}

// clash puts what a zone shares with another at its field; the platform does
// not say which one it is.
func (f *zoneForm) clash(zones []api.ShippingZone, zoneID int64, says string) {
	field := "cities"
	if slices.ContainsFunc(zones, func(z api.ShippingZone) bool { return z.ZoneID != zoneID && strings.EqualFold(z.Name, f.Name) }) {
		field = "name"
	}
	f.Errors = map[string]string{field: says}
}

// methodForm is what people write about a method, as text, and what is wrong
// with it.
type methodForm struct {
	Zone, Name, Price, Free, Days string
	Active                        bool
	Errors                        map[string]string // by field
}

func formOfMethod(m api.ShippingMethod) methodForm {
	f := methodForm{Zone: strconv.FormatInt(m.ZoneID, 10), Name: m.Name, Price: m.Price.String(), Free: textOf(m.FreeFrom), Active: bool(m.IsActive)}
	if m.EstimatedDays != nil {
		f.Days = strconv.FormatInt(*m.EstimatedDays, 10)
	}
	return f
}

func sentMethod(r *http.Request) methodForm {
	text := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	f := methodForm{Zone: text("zone"), Name: text("name"), Price: text("price"), Free: text("free"), Days: text("days"), Active: text("active") != ""}
	f.check()
	return f
}

// check looks for what cannot be sent at all; the rest is the platform's to
// judge.
func (f *methodForm) check() {
	require := func(ok bool, field, says string) {
		if !ok {
			f.wrong(field, says)
		}
	}
	require(isWhole(f.Zone), "zone", "Choose a zone.")
	require(isMoney(f.Price), "price", "Write an amount, such as 60. Write 0 for nothing.")
	require(f.Free == "" || isMoney(f.Free), "free", "Write an amount, such as 2000.")
	require(f.Days == "" || isWhole(f.Days), "days", "Write a whole number.")
}

func (f *methodForm) wrong(field, says string) {
	if f.Errors == nil {
		f.Errors = map[string]string{}
	}
	f.Errors[field] = says
}

// input is a checked form as the platform takes it: what is empty is null.
func (f methodForm) input() api.ShippingMethodInput {
	return api.ShippingMethodInput{
		ZoneID: given(f.Zone, parseWhole), Name: api.To(f.Name), Price: given(f.Price, api.ParseMoney),
		FreeFrom: given(f.Free, api.ParseMoney), EstimatedDays: given(f.Days, parseWhole), IsActive: api.To(api.Flag(f.Active)),
	}
}

// methodFields are the form's names of the platform's fields. What the platform
// says in terms of the API is said in the form's own words.
var methodFields = map[string]struct{ field, says string }{
	"zone_id":        {"zone", "This zone is gone. Choose another one."},
	"name":           {"name", ""},
	"price":          {"price", "Write an amount from 0 to 1,000,000."},
	"free_from":      {"free", "Write an amount of 0 or more, or leave it empty."},
	"estimated_days": {"days", "Write a number from 0 to 365, or leave it empty."},
}

// complain puts the platform's complaints at their fields. It reports whether
// err was about the input.
func (f *methodForm) complain(err error) bool {
	refused, ok := platform.Refusal(err)
	if !ok || refused.Code != api.CodeValidation {
		return false
	}
	for _, e := range refused.Errors {
		known := methodFields[e.Field]
		f.wrong(cmp.Or(known.field, "name"), cmp.Or(known.says, sentence("The "+e.Field+" "+e.Message)))
	}
	return true
}

package site_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

const shippingPage = "/22/settings/shipping"

func TestShippingList(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	a := d.see(shippingPage)
	cities := []string{"Dhaka, Narayanganj, Gazipur", "Everywhere that no other zone names", "Bandarban, Rangamati, Khagrachhari"}
	if diff := cmp.Diff(cities, a.Texts(hook("zone-cities"))); diff != "" {
		t.Errorf("cities (-want +got):\n%s", diff)
	}
	rows := []string{"Standard On 1 day Free from ৳ 2,000.00 ৳ 60.00", "Same day Off Not said Never free ৳ 150.00", "Courier On 4 days Never free ৳ 120.00"}
	if diff := cmp.Diff(rows, a.Texts(hook("method-row"))); diff != "" {
		t.Errorf("methods (-want +got):\n%s", diff)
	}
	if a.Count(hook("zone-empty")) != 1 || a.Count(hook("shipping-rest")) != 0 {
		t.Error("one zone has no methods, and one is for the rest")
	}
	if text := d.see("/23/settings/shipping").One(".empty").Text(); !strings.Contains(text, "Create a zone first") {
		t.Errorf("without a zone: %q", text)
	}
	if a := d.get("/23/settings/shipping/methods/new"); a.StatusCode != http.StatusSeeOther || a.where() != "/23/settings/shipping/zones/new" {
		t.Errorf("a method without a zone: %s to %s", a.Status, a.where())
	}
}

func TestShippingZoneIsMadeChangedAndDeleted(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	form := url.Values{"name": {"সিলেট <b>"}, "cities": {"Sylhet\r\n\r\n Moulvibazar , Habiganj\nSylhet"}}
	if a := d.post(shippingPage+"/zones/new", form); a.StatusCode != http.StatusSeeOther || a.where() != shippingPage {
		t.Fatalf("create: %s", a.Status)
	}
	a := d.see(shippingPage)
	if text := a.One(hook("flash")).Text(); !strings.HasPrefix(text, "The zone সিলেট <b> is created.") {
		t.Errorf("the flash says %q", text)
	}
	one := a.Attrs(hook("zone-edit"), "href")[3]
	for range 2 { // saving what is shown changes nothing
		a := d.see(one)
		if name, cities := a.Value("name"), a.Value("cities"); name != "সিলেট <b>" || cities != "Sylhet\nMoulvibazar\nHabiganj" {
			t.Fatalf("%q ships to %q", name, cities)
		}
		d.post(one, url.Values{"name": {a.Value("name")}, "cities": {a.Value("cities")}})
	}
	d.post(one, url.Values{"name": {"Sylhet"}, "cities": {"Sylhet"}})
	if got := d.see(shippingPage).Texts(hook("zone-cities"))[3]; got != "Sylhet" {
		t.Errorf("after the change: %q", got)
	}
	if text := d.see(one).One("dialog").Text(); !strings.Contains(text, "orders there ship for nothing") {
		t.Errorf("the dialog says %q", text)
	}
	for _, want := range []string{"The zone is deleted.", "There is no such zone. Perhaps it is deleted already."} {
		d.post(one+"/delete", nil)
		if text := d.flash(shippingPage); text != want {
			t.Errorf("the flash says %q, want %q", text, want)
		}
	}
}

// A zone with methods is not deleted, and the page says so before it is asked.
func TestShippingZoneWithMethodsStays(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	dialog := d.see(shippingPage + "/zones/1").One("dialog")
	if text := dialog.Text(); dialog.Count(hook("zone-delete-confirm")) != 0 || !strings.Contains(text, "Delete Standard and Same day first.") {
		t.Errorf("the dialog says %q", text)
	}
	d.post(shippingPage+"/zones/1/delete", nil)
	if text := d.flash(shippingPage); text != `The zone "Inside Dhaka" has 2 shipping methods. Delete them first.` {
		t.Errorf("the flash says %q", text)
	}
}

func TestShippingMethodIsMadeChangedAndDeleted(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	if got := d.see(shippingPage + "/methods/new?zone=3").One("option[selected]").Attr("value"); got != "3" {
		t.Errorf("the new method is of zone %q", got)
	}
	form := url.Values{"zone": {"3"}, "name": {"Boat"}, "price": {"250"}, "active": {"1"}}
	if a := d.post(shippingPage+"/methods/new", form); a.StatusCode != http.StatusSeeOther || a.where() != shippingPage {
		t.Fatalf("create: %s", a.Status)
	}
	if text := d.flash(shippingPage); text != "The method Boat is created." {
		t.Errorf("the flash says %q", text)
	}
	one := d.see(shippingPage).One(hook("zone", "zone-id", "3") + " .row-link").Attr("href")
	d.post(one, url.Values{"zone": {"2"}, "name": {"Boat"}, "price": {"0"}, "free": {"99.50"}, "days": {"12"}})
	if got := d.see(shippingPage).Texts(hook("zone", "zone-id", "2") + " tbody tr"); len(got) != 2 || got[1] != "Boat Off 12 days Free from ৳ 99.50 ৳ 0.00" {
		t.Errorf("after the change: %q", got)
	}
	a := d.see(one)
	for field, want := range map[string]string{"name": "Boat", "price": "0.00", "free": "99.50", "days": "12"} {
		if got := a.Value(field); got != want {
			t.Errorf("%s is %q, want %q", field, got, want)
		}
	}
	for _, want := range []string{"The method is deleted.", "There is no such method. Perhaps it is deleted already."} {
		d.post(one+"/delete", nil)
		if text := d.flash(shippingPage); text != want {
			t.Errorf("the flash says %q, want %q", text, want)
		}
	}
}

// What is wrong stands beside its field, and nothing that was written is lost.
func TestShippingIsRefusedAtItsFields(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	long := strings.Repeat("a", 101)
	for name, c := range map[string]struct {
		path   string
		form   url.Values
		errors map[string]string
	}{
		"no name":   {"/zones/", url.Values{"name": {" "}, "cities": {"Sylhet"}}, map[string]string{"name": "The name must have 1 to 100 characters."}},
		"long city": {"/zones/", url.Values{"name": {"A"}, "cities": {"Sylhet\n" + long}}, map[string]string{"cities": "City number 2 must have 1 to 100 characters."}},
		"name taken": {
			"/zones/", url.Values{"name": {"outside dhaka"}, "cities": {"Sylhet"}}, map[string]string{"name": `There is a zone "Outside Dhaka" already, number 2.`},
		},
		"a second rest": {
			"/zones/", url.Values{"name": {"A"}, "cities": {""}}, map[string]string{"cities": `The zone "Outside Dhaka" is the one for the rest of the country. Name cities for this one.`},
		},
		"city taken": {"/zones/", url.Values{"name": {"A"}, "cities": {"Rangamati"}}, map[string]string{"cities": `Rangamati is in the zone "Hill tracts" already.`}},
		"no figures": {
			"/methods/", url.Values{"name": {"A"}, "price": {"much"}, "free": {"1.234"}, "days": {"soon"}},
			map[string]string{"zone": "Choose a zone.", "price": "Write an amount, such as 60. Write 0 for nothing.", "free": "Write an amount, such as 2000.", "days": "Write a whole number."},
		},
		"the platform's": {
			"/methods/", url.Values{"zone": {"4"}, "name": {""}, "price": {"1000000.01"}, "free": {"-1"}, "days": {"366"}},
			map[string]string{
				"zone": "This zone is gone. Choose another one.", "name": "The name must have 1 to 100 characters.", "price": "Write an amount from 0 to 1,000,000.",
				"free": "Write an amount of 0 or more, or leave it empty.", "days": "Write a number from 0 to 365, or leave it empty.",
			},
		},
	} {
		for _, place := range []string{"new", "1"} {
			a := d.post(shippingPage+c.path+place, c.form)
			got := map[string]string{}
			for _, e := range a.All(hook("shipping-error")) {
				got[e.Attr("data-field")] = e.Text()
			}
			if diff := cmp.Diff(c.errors, got); diff != "" || a.StatusCode != http.StatusUnprocessableEntity || a.Count(hook("shipping-refused")) != 1 {
				t.Errorf("%s at %s: %s (-want +got):\n%s", name, place, a.Status, diff)
			}
			for _, complaint := range complaints(a) {
				t.Errorf("%s: %s", name, complaint)
			}
			for field, values := range c.form {
				if field != "zone" && a.Value(field) != strings.TrimSpace(values[0]) {
					t.Errorf("%s: %s was %q and is %q", name, field, values[0], a.Value(field))
				}
			}
		}
	}
	if n := d.see(shippingPage).Count(hook("method-row")); n != 3 {
		t.Errorf("%d methods", n)
	}
}

func TestShippingOfOthersIsMissing(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	zone, method := url.Values{"name": {"A"}, "cities": {"B"}}, url.Values{"zone": {"4"}, "name": {"A"}, "price": {"5"}}
	for path, form := range map[string]url.Values{
		"/22/settings/shipping/zones/99": zone, "/24/settings/shipping/zones/1": zone, "/22/settings/shipping/zones/99999999999999999999": zone,
		"/22/settings/shipping/methods/99": method, "/24/settings/shipping/methods/1": method,
	} {
		if a := d.get(path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", path, a.Status)
		}
		if a := d.post(path, form); a.StatusCode != http.StatusNotFound {
			t.Errorf("a change of %s: %s", path, a.Status)
		}
	}
	if a := d.get("/24/settings/shipping/methods/new?zone=1"); a.StatusCode != http.StatusNotFound {
		t.Errorf("a method of another store's zone: %s", a.Status)
	}
	for _, path := range []string{"/24/settings/shipping/zones/3/delete", "/24/settings/shipping/methods/1/delete"} {
		d.post(path, nil)
	}
	if a := d.see(shippingPage); a.Count(hook("zone")) != 3 || a.Count(hook("method-row")) != 3 {
		t.Error("another store's records were deleted")
	}
	if a := d.as(platformtest.Merchant).get("/24/settings/shipping"); a.StatusCode != http.StatusNotFound {
		t.Errorf("a store that may not be opened: %s", a.Status)
	}
}

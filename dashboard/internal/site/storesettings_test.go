package site_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

const storePage = "/22/settings/store"

func TestStoreSettings(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	form := url.Values{"name": {"Flowers"}, "email": {"us@flowers.example"}, "phone": {"01800000000"}, "address": {"Road 5\nDhaka"}, "domain": {"flowers.example"}, "language": {"bn"}}
	if a := d.post(storePage, form); a.StatusCode != http.StatusSeeOther || d.flash(storePage) != "The store is saved." {
		t.Fatalf("save: %s", a.Status)
	}
	a := d.see(storePage)
	for field, want := range form {
		if got := a.Value(field); got != want[0] {
			t.Errorf("%s is %q, want %q", field, got, want[0])
		}
	}
	bad := url.Values{"name": {""}, "email": {"nobody"}, "phone": {"1"}, "address": {"Road 5"}, "domain": {"x"}, "language": {"en"}}
	a = d.post(storePage, bad)
	got := map[string]string{}
	for _, e := range a.All(hook("store-error")) {
		got[e.Attr("data-field")] = e.Text()
	}
	want := map[string]string{"name": "The name must have 1 to 255 characters.", "email": "The email must be an email address such as hello@floristbd.com."}
	if diff := cmp.Diff(want, got); diff != "" || a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("%s (-want +got):\n%s", a.Status, diff)
	}
	for field, values := range bad {
		if kept := a.Value(field); kept != values[0] {
			t.Errorf("%s was %q and is %q", field, values[0], kept)
		}
	}
	if name := d.see(storePage).Value("name"); name != "Flowers" {
		t.Errorf("a refused form changed the name to %q", name)
	}
}

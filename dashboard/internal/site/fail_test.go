package site_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

func TestNothingThere(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	for _, path := range []string{"/nowhere", "/22/nowhere", "/22/apps", "/oauth", "/22x", "/static/x.js", "/static/"} {
		if a := d.get(path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", path, a.Status)
		}
	}
	for _, path := range []string{"/22/orders/1", "/22/nowhere", "/22/apps/e/nothing", "/22/settings/apps/nothing"} {
		a := d.get(path)
		if a.One(hook("problem")).Attr("data-status") != "404" || a.Count(hook("nav-orders")) != 1 {
			t.Errorf("%s: within a store, what is not there is not said in its navigation", path)
		}
	}
}

// When the platform is away every page says so and offers to try again at the
// same place.
func TestPlatformAway(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Fail(func(*http.Request) int { return 1 })
	for _, path := range []string{"/", "/22", "/22/orders?status=hold", "/oauth/consent?request=x", "/login"} {
		a := d.get(path)
		if a.StatusCode != http.StatusBadGateway || a.One(hook("problem")).Attr("data-status") != "502" || !strings.Contains(a.Text(), "The platform does not answer") {
			t.Errorf("%s: %s %s", path, a.Status, a.Text())
			continue
		}
		if retry := a.One(hook("problem") + " .button-primary").Attr("href"); retry != path {
			t.Errorf("%s: Retry leads to %s", path, retry)
		}
	}
	if a := d.post("/login", login(platformtest.Merchant, platformtest.Password, "")); a.StatusCode != http.StatusBadGateway {
		t.Errorf("sign-in: %s", a.Status)
	}
	d.Fail(nil)
	d.see("/22")
}

// A refusal in the middle of a store's page is shown inside its navigation,
// with the request id that the platform's log has.
func TestPlatformFails(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Fail(func(r *http.Request) int {
		if strings.HasSuffix(r.URL.Path, "/orders") {
			return http.StatusInternalServerError
		}
		return 0
	})
	a := d.get("/22/orders?page=2")
	if a.StatusCode != http.StatusInternalServerError || a.Count(hook("nav-orders")) != 1 || !strings.Contains(a.One(hook("problem")).Text(), "req_test") {
		t.Errorf("%s %s", a.Status, a.Text())
	}
	if retry := a.One(hook("problem") + " .button-primary").Attr("href"); retry != "/22/orders?page=2" {
		t.Errorf("Retry leads to %s", retry)
	}
}

func TestMethods(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	for _, path := range []string{"/22", "/22/orders", "/"} {
		if a := d.post(path, nil); a.StatusCode != http.StatusMethodNotAllowed || a.Count(hook("problem")) != 1 {
			t.Errorf("POST %s: %s", path, a.Status)
		}
	}
}

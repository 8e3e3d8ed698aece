package site_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

const (
	customList  = "/22/settings/apps/custom"
	customPlace = customList + "/3" // of the first custom app; the demo has two apps
)

// custom is the form of a custom app as the page that shows it sends it.
func (d *dashboard) custom(page, name string, scopes ...string) url.Values {
	d.t.Helper()
	form := url.Values{"name": {name}, "description": {"For the accounts.\r\nAsk Farzana."}, "scopes": scopes}
	for _, once := range d.see(page).Attrs(`form[action="`+page+`"] input[name="once"]`, "value") {
		form.Set("once", once)
	}
	return form
}

// once is the form of a dialog that shows a secret.
func (d *dashboard) once(page string) url.Values {
	d.t.Helper()
	return url.Values{"once": d.see(page).Attrs(`form[action$="/rotate-secret"] input[name="once"]`, "value")}
}

func TestCustomAppsEmpty(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	if href := d.see("/22/settings/apps").One(hook("custom-apps")).Attr("href"); href != customList {
		t.Errorf("the app settings lead to %s", href)
	}
	a := d.see(customList)
	if text := a.One(hook("custom-empty")).Text(); !strings.Contains(text, "lets your own program work with FloristBD") {
		t.Errorf("it says %q", text)
	}
	if href := a.One(hook("custom-create")).Attr("href"); href != customList+"/new" {
		t.Errorf("the button leads to %s", href)
	}
}

func TestCustomAppIsCreated(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	form := d.custom(customList+"/new", "Accounts link", "read:orders", "write:inventory")
	a := d.post(customList+"/new", form)
	if a.StatusCode != http.StatusOK || a.Header.Get("Cache-Control") != "no-store" || policyOf(a)["frame-ancestors"] != "'none'" {
		t.Fatalf("%s, %v", a.Status, a.Header)
	}
	for id, start := range map[string]string{"access-token": "sx_at_", "client-id": "sx_app_3", "client-secret": "sx_secret_", "webhook-secret": "whsec_"} {
		if text := a.One(hook(id)).Text(); !strings.HasPrefix(text, start) || a.Count(`button[data-copy="`+id+`"]`) != 1 {
			t.Errorf("%s is %q", id, text)
		}
	}
	token := a.One(hook("access-token")).Text()
	want := "curl '" + d.PublicURL + "/api/apps/v1/orders?limit=1' \\ -H 'Authorization: Bearer " + token + "'"
	if got := a.One(hook("custom-example")).Text(); got != want {
		t.Errorf("the example is %s, want %s", got, want)
	}
	for _, words := range []string{"This is the only time", "valid for one year", "It ends on 31 Jan 2027", "data of FloristBD"} {
		if !strings.Contains(a.Text(), words) {
			t.Errorf("it says nothing of %q", words)
		}
	}
	for _, complaint := range complaints(a) {
		t.Error(complaint)
	}
	d.keepsNoSecret(a, token)
	again := d.post(customList+"/new", form)
	if again.StatusCode != http.StatusConflict || again.Count(hook("custom-again")) != 1 || strings.Contains(again.Text(), "sx_at_") {
		t.Errorf("a reload answers %s", again.Status)
	}
	if got := again.One(hook("custom-name")).Attr("value"); got != "Accounts link" {
		t.Errorf("the input is lost: %q", got)
	}
	if n := d.see(customList).Count(hook("custom-app")); n != 1 {
		t.Errorf("there are %d apps", n)
	}
}

// keepsNoSecret checks that a secret stands on its page alone.
func (d *dashboard) keepsNoSecret(a answer, secret string) {
	d.t.Helper()
	for _, cookie := range a.Header.Values("Set-Cookie") {
		if strings.Contains(cookie, secret) {
			d.t.Errorf("a cookie keeps the secret: %s", cookie)
		}
	}
	for _, path := range []string{customList, customPlace, "/22/settings/apps"} {
		if page := d.see(path); strings.Contains(page.Text(), secret) {
			d.t.Errorf("%s shows the secret again", path)
		}
	}
}

func TestCustomAppRefused(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.CreateCustomApp(22, "Stock report", api.ReadOrders)
	for name, test := range map[string]struct {
		name   string
		scopes []string
		want   []string
	}{
		"nothing":       {"", nil, []string{"name The name must have 3 to 255 characters.", "scopes Choose at least one permission."}},
		"a short name":  {"<b", []string{"write:orders"}, []string{"name The name must have 3 to 255 characters."}},
		"billing":       {"Accounts", []string{"billing"}, []string{"scopes The permissions must not have billing: a custom app charges nobody."}},
		"unknown scope": {"Accounts", []string{"read:minds"}, []string{"scopes The permissions must be known scopes."}},
	} {
		for _, page := range []string{customList + "/new", customPlace} {
			a := d.post(page, d.custom(page, test.name, test.scopes...))
			if a.StatusCode != http.StatusUnprocessableEntity || a.Count(hook("custom-refused")) != 1 {
				t.Fatalf("%s on %s: %s", name, page, a.Status)
			}
			var got []string
			for _, e := range a.All(hook("custom-error")) {
				got = append(got, e.Attr("data-field")+" "+e.Text())
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s on %s (-want +got):\n%s", name, page, diff)
			}
			if a.One(hook("custom-name")).Attr("value") != test.name || a.One(hook("custom-description")).Text() != "For the accounts. Ask Farzana." {
				t.Errorf("%s on %s: the input is lost", name, page)
			}
			if name == "a short name" && !cmp.Equal(a.Attrs(hook("custom-scope")+"[checked]", "value"), test.scopes) {
				t.Errorf("%s: the permissions are lost", page)
			}
			for _, complaint := range complaints(a) {
				t.Errorf("%s on %s: %s", name, page, complaint)
			}
		}
	}
	if n := d.see(customList).Count(hook("custom-app")); n != 1 {
		t.Errorf("there are %d apps", n)
	}
}

func TestCustomAppIsChanged(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.CreateCustomApp(22, "Stock report", api.ReadOrders)
	if a := d.post(customPlace, d.custom(customPlace, "Accounts link", "read:products", "write:orders")); a.StatusCode != http.StatusSeeOther || a.where() != customPlace {
		t.Fatalf("%s to %s", a.Status, a.where())
	}
	if text := d.flash(customPlace); !strings.Contains(text, "Accounts link is changed") {
		t.Errorf("the flash says %q", text)
	}
	a := d.see(customPlace)
	if diff := cmp.Diff([]string{"write:orders", "read:products"}, a.Attrs(hook("custom-scope")+"[checked]", "value")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if a.Count(hook("custom-scope", "scope", "billing")) != 0 {
		t.Error("billing may be chosen")
	}
}

func TestCustomSecretsAreReplaced(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.CreateCustomApp(22, "Stock report", api.ReadProducts)
	d.EndToken(3)
	if text := d.see(customPlace).One(hook("custom-token-until")).Text(); !strings.HasPrefix(text, "It has ended.") {
		t.Errorf("it says %q", text)
	}
	for action, test := range map[string]struct{ id, example string }{
		"/regenerate-token": {"access-token", "-H 'Authorization: Bearer sx_at_"},
		"/rotate-secret":    {"client-secret", "-H 'X-Client-Id: sx_app_3' \\ -H 'X-Client-Secret: sx_secret_"},
	} {
		form := d.once(customPlace)
		a := d.post(customPlace+action, form)
		if a.StatusCode != http.StatusOK || !strings.Contains(a.One(hook("custom-example")).Text(), test.example) || a.Header.Get("Cache-Control") != "no-store" {
			t.Fatalf("%s: %s %s", action, a.Status, a.Text())
		}
		d.keepsNoSecret(a, a.One(hook(test.id)).Text())
		if again := d.post(customPlace+action, form); again.StatusCode != http.StatusSeeOther || again.where() != customPlace {
			t.Errorf("%s again: %s to %s", action, again.Status, again.where())
		}
		if n := len(d.Requests("/api/stores/22/custom-apps/3" + action)); n != 1 {
			t.Errorf("%s was asked for %d times", action, n)
		}
	}
}

func TestCustomAppIsDeleted(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.CreateCustomApp(22, "Stock report", api.ReadOrders)
	if text := d.see(customPlace).One("#delete").Text(); !strings.Contains(text, "access to FloristBD ends at once") || !strings.Contains(text, "cannot be undone") {
		t.Errorf("the dialog says %q", text)
	}
	for _, want := range []string{"Stock report is deleted.", "There is no such custom app."} {
		if a := d.post(customPlace+"/delete", nil); a.StatusCode != http.StatusSeeOther || a.where() != customList {
			t.Fatalf("%s to %s", a.Status, a.where())
		}
		if text := d.flash(customList); !strings.HasPrefix(text, want) {
			t.Errorf("the flash says %q", text)
		}
	}
	if a := d.get(customPlace); a.StatusCode != http.StatusNotFound {
		t.Errorf("it still answers %s", a.Status)
	}
}

// A custom app has no frame: the menu leaves it out, and what leads to one
// leads to its settings.
func TestCustomAppHasNoFrame(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Install("restock", 22)
	d.CreateCustomApp(22, "Stock report", api.ReadOrders)
	a := d.see("/22/settings/apps")
	if a.Count(hook("nav-app-stock-report")) != 0 || a.Count(hook("nav-app-restock")) != 1 {
		t.Error("the menu has other apps than those with a frame")
	}
	if row := a.One(hook("installed-stock-report")); row.Attr("href") != customPlace || !strings.Contains(row.Text(), "Custom app") {
		t.Errorf("the row is %q to %s", row.Text(), row.Attr("href"))
	}
	for _, path := range []string{"/22/apps/e/stock-report", "/22/apps/e/stock-report/deep", "/22/settings/apps/stock-report"} {
		if a := d.get(path); a.StatusCode != http.StatusSeeOther || a.where() != customPlace {
			t.Errorf("%s: %s to %s", path, a.Status, a.where())
		}
	}
}

// Another store's custom app is not there, also for who may open both stores,
// and nothing happens to it.
func TestCustomAppOfAnotherStore(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.CreateCustomApp(22, "Stock report", api.ReadOrders)
	d.CreateCustomApp(24, "Craft report", api.ReadOrders)
	for _, place := range []string{"/23/settings/apps/custom/3", "/22/settings/apps/custom/4", "/24/settings/apps/custom/4", "/22/settings/apps/custom/1", "/22/settings/apps/custom/99999999999999999999"} {
		if a := d.get(place); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", place, a.Status)
		}
		for _, action := range []string{"", "/regenerate-token", "/rotate-secret"} {
			form := d.custom(customPlace, "Taken over", "read:orders")
			form.Set("once", d.once(customPlace).Get("once"))
			if a := d.post(place+action, form); a.StatusCode != http.StatusNotFound {
				t.Errorf("%s: %s", place+action, a.Status)
			}
		}
		d.post(place+"/delete", nil)
	}
	if text := d.see(customPlace).One("h1").Text(); text != "Stock report" {
		t.Errorf("it is called %q", text)
	}
	if text := d.as(platformtest.Nakshi).see("/24/settings/apps/custom/4").One("h1").Text(); text != "Craft report" {
		t.Errorf("it is called %q", text)
	}
}

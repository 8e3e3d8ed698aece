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
	portalList  = "/22/developer/apps"
	portalPlace = portalList + "/3" // of the first app that is made; the demo has two
)

// notes is the form of an app as the page that shows it sends it.
func (d *dashboard) notes(page string, changes url.Values) url.Values {
	d.t.Helper()
	form := url.Values{
		"name": {"Order Notes"}, "short_description": {"Notes on orders."}, "description": {"Writes notes.\r\nReads none."}, "category": {"Tools"},
		"developer_name": {"Tanvir Ahmed"}, "developer_email": {"tanvir@example.com"}, "redirect_urls": {"http://localhost:3000/cb\r\n\r\n https://notes.example/cb \r\n"},
		"app_url": {"http://localhost:3000/app"}, "webhook_receive_url": {"http://localhost:3000/hooks"}, "requested_scopes": {"read:orders", "billing"},
		"webhook_topics": {"order.created", "charge.activated"}, "pricing_type": {"recurring"}, "pricing_amount": {"500"}, "fee_payer": {"merchant"}, "commission_rate": {"12.5"}, "is_listed": {"1"},
	}
	for _, once := range d.see(page).Attrs(`form[action="`+page+`"] input[name="once"]`, "value") {
		form.Set("once", once)
	}
	for name, values := range changes {
		form[name] = values
	}
	return form
}

// portalErrors are the complaints of a form, by field.
func portalErrors(a answer) map[string]string {
	found := map[string]string{}
	for _, e := range a.All(hook("portal-error")) {
		found[e.Attr("data-field")] = e.Text()
	}
	return found
}

func TestPortalList(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	d.RegisterApp("<b>Notes", api.ReviewDraft)
	d.RegisterStrangersApp("Elsewhere", api.ReviewInReview)
	d.Install("restock", 22)
	a := d.see(portalList)
	want := []string{"Restock restock · on 1 store · in the marketplace Approved", "My App my-app · not installed · in the marketplace Approved", "<b>Notes <b>notes · not installed Draft"}
	if diff := cmp.Diff(want, a.Texts(hook("portal-app"))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if text := a.One(hook("review-link")).Text(); text != "Review (1)" {
		t.Errorf("the queue is %q", text)
	}
	for _, id := range []string{"1", "2", "3"} {
		d.post(portalList+"/"+id+"/delete", url.Values{"name": {map[string]string{"1": "Restock", "2": "My App", "3": "<b>Notes"}[id]}})
	}
	if got := d.see(portalList).Texts(hook("portal-app")); len(got) != 1 {
		t.Errorf("what is installed is deleted, or the rest is not: %v", got)
	}
	d.post("/22/settings/apps/restock/uninstall", nil)
	d.post(portalList+"/1/delete", url.Values{"name": {"Restock"}})
	if text := d.see(portalList).One(hook("portal-empty")).Text(); !strings.Contains(text, "Create one to get its credentials.") || !strings.Contains(text, "sx app create") {
		t.Errorf("it says %q", text)
	}
}

func TestPortalAppIsCreated(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	form := d.notes(portalList+"/new", url.Values{"slug": {"notes"}})
	a := d.post(portalList+"/new", form)
	if a.StatusCode != http.StatusOK || a.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%s %s", a.Status, a.Text())
	}
	var lines []string
	for _, row := range []struct{ id, name, start string }{
		{"client-id", "SELORAX_CLIENT_ID", "sx_app_3"}, {"client-secret", "SELORAX_CLIENT_SECRET", "sx_secret_"},
		{"signing-key", "SESSION_SIGNING_KEY", "0"}, {"webhook-secret", "WEBHOOK_SIGNING_SECRET", "whsec_"},
	} {
		value := a.One(hook(row.id)).Text()
		if !strings.HasPrefix(value, row.start) || a.Count(`button[data-copy="`+row.id+`"]`) != 1 {
			t.Errorf("%s is %q", row.id, value)
		}
		lines = append(lines, row.name+"="+value)
	}
	u, _ := url.Parse(d.PublicURL)
	want := "SELORAX_API_URL=http://localhost:" + u.Port() + "/api\n" + strings.Join(lines, "\n") + "\n"
	if diff := cmp.Diff(want, a.One(hook("portal-env")).Raw()); diff != "" || a.Count(`button[data-copy="env"]`) != 1 {
		t.Errorf("the environment (-want +got):\n%s", diff)
	}
	for _, complaint := range complaints(a) {
		t.Error(complaint)
	}
	d.keepsNoPortalSecret(a)
	again := d.post(portalList+"/new", form)
	if again.StatusCode != http.StatusConflict || again.Count(hook("portal-again")) != 1 || strings.Contains(again.text, "sx_secret_") || again.One(hook("portal-name")).Attr("value") != "Order Notes" {
		t.Errorf("a reload answers %s", again.Status)
	}
	if n := len(d.made()); n != 1 {
		t.Errorf("the platform was asked for %d apps", n)
	}
}

// made are the requests that make apps.
func (d *dashboard) made() (list []platformtest.Request) {
	for _, r := range d.Requests("/api/apps") {
		if r.Method == http.MethodPost && r.URI == "/api/apps" {
			list = append(list, r)
		}
	}
	return list
}

// keepsNoPortalSecret checks that the secrets on a page stand there alone.
func (d *dashboard) keepsNoPortalSecret(a answer) {
	d.t.Helper()
	var secrets []string
	for _, id := range []string{"client-secret", "signing-key", "webhook-secret"} {
		for _, e := range a.All(hook(id)) {
			secrets = append(secrets, e.Text())
		}
	}
	if len(secrets) == 0 {
		d.t.Fatal("the page shows no secret")
	}
	for _, secret := range secrets {
		for _, cookie := range a.Header.Values("Set-Cookie") {
			if strings.Contains(cookie, secret) {
				d.t.Errorf("a cookie keeps the secret: %s", cookie)
			}
		}
		for _, path := range []string{portalList, portalPlace, portalPlace + "/edit", portalPlace + "/credentials"} {
			if strings.Contains(d.see(path).text, secret) {
				d.t.Errorf("%s shows the secret again", path)
			}
		}
		if d.log.has(secret) || !d.log.has("path="+portalPlace+"/credentials") {
			d.t.Error("the secret is in the log, or the log is empty")
		}
		for _, r := range d.Requests("/") {
			if strings.Contains(r.URI, secret) {
				d.t.Errorf("the secret is in the address %s", r.URI)
			}
		}
	}
}

// What the platform gets is what was written.
func TestPortalAppIsWhatWasWritten(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	d.post(portalList+"/new", d.notes(portalList+"/new", nil))
	a := d.see(portalPlace + "/edit")
	for name, want := range map[string]string{
		"name": "Order Notes", "short_description": "Notes on orders.", "category": "Tools", "developer_email": "tanvir@example.com", "app_url": "http://localhost:3000/app",
		"pricing_amount": "500.00", "commission_rate": "12.5", "icon": "",
	} {
		if got := a.One(hook("portal-" + name)).Attr("value"); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got := a.One(hook("portal-redirect_urls")).Raw(); got != "http://localhost:3000/cb\nhttps://notes.example/cb" {
		t.Errorf("the redirect URLs are %q", got)
	}
	if got := a.One(hook("portal-description")).Raw(); got != "Writes notes.\nReads none." {
		t.Errorf("the description is %q", got)
	}
	for css, want := range map[string][]string{
		hook("portal-scope") + "[checked]": {"read:orders", "billing"}, hook("portal-topic") + "[checked]": {"order.created", "charge.activated"},
		"#pricing_type option[selected]": {"recurring"}, `input[name="fee_payer"][checked]`: {"merchant"},
	} {
		if diff := cmp.Diff(want, a.Attrs(css, "value")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", css, diff)
		}
	}
	page := d.see(portalPlace)
	for _, words := range []string{"Draft", "order-notes", "12.5 %", "Paid every month or year, ৳ 500.00", "http://localhost:3000/hooks", "Order placed"} {
		if !strings.Contains(strings.ReplaceAll(page.Text(), "\u00a0", " "), words) {
			t.Errorf("the app's page says nothing of %q", words)
		}
	}
}

func TestPortalAppRefused(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	d.RegisterApp("Notes", api.ReviewDraft)
	for name, test := range map[string]struct {
		form url.Values
		want map[string]string
	}{
		"nothing": {url.Values{"name": {""}, "redirect_urls": {" \r\n"}, "requested_scopes": nil}, map[string]string{
			"name": "The name must have 3 to 255 characters.", "redirect_urls": "Write at least one URL, and at most ten.", "requested_scopes": "Choose at least one permission."}},
		"wrong URLs": {url.Values{"redirect_urls": {"https://a.example/cb\nnope\nworse"}, "app_url": {"nope"}, "webhook_receive_url": {"<b>"}}, map[string]string{
			"redirect_urls": "URL 2 must be a whole URL such as https://app.example.com/path. URL 3 must be a whole URL such as https://app.example.com/path.",
			"app_url":       "The URL must be a whole URL such as https://app.example.com/path.", "webhook_receive_url": "The URL must be a whole URL such as https://app.example.com/path."}},
		"unknown names": {url.Values{"requested_scopes": {"read:orders", "read:<b>minds"}, "webhook_topics": {"order.eaten"}}, map[string]string{
			"requested_scopes": "read:<b>minds is no scope.", "webhook_topics": "order.eaten is no topic."}},
		"a strange price":   {url.Values{"pricing_amount": {"a lot"}, "commission_rate": {"half"}}, map[string]string{"pricing_amount": "Write an amount, such as 150 or 99.50.", "commission_rate": "Write a percentage from 0 to 50, such as 20 or 12.5."}},
		"a high commission": {url.Values{"commission_rate": {"51"}, "pricing_amount": {"-1"}}, map[string]string{"pricing_amount": "The price must not be negative.", "commission_rate": "Write a percentage from 0 to 50, such as 20 or 12.5."}},
	} {
		for _, page := range []string{portalList + "/new", portalPlace + "/edit"} {
			a := d.post(page, d.notes(page, test.form))
			if a.StatusCode != http.StatusUnprocessableEntity || a.Count(hook("portal-refused")) != 1 {
				t.Fatalf("%s on %s: %s", name, page, a.Status)
			}
			if diff := cmp.Diff(test.want, portalErrors(a)); diff != "" {
				t.Errorf("%s on %s (-want +got):\n%s", name, page, diff)
			}
			for _, link := range a.Attrs(hook("portal-marked"), "href") {
				if a.Count(link) != 1 || test.want[link[1:]] == "" {
					t.Errorf("%s on %s: a link to %s", name, page, link)
				}
			}
			if n := a.Count(hook("portal-marked")); n != len(test.want) {
				t.Errorf("%s on %s: %d links", name, page, n)
			}
			if a.One(hook("portal-category")).Attr("value") != "Tools" || !cmp.Equal(a.Attrs(`input[name="fee_payer"][checked]`, "value"), []string{"merchant"}) {
				t.Errorf("%s on %s: the input is lost", name, page)
			}
			for _, complaint := range complaints(a) {
				t.Errorf("%s on %s: %s", name, page, complaint)
			}
		}
	}
	for slug, want := range map[string]string{"restock": "The slug restock is taken; restock-2 is free.", "A B": "The slug must have 2 to 63 lower-case letters and digits, with hyphens between them."} {
		a := d.post(portalList+"/new", d.notes(portalList+"/new", url.Values{"slug": {slug}}))
		if diff := cmp.Diff(map[string]string{"slug": want}, portalErrors(a)); diff != "" || a.StatusCode != http.StatusUnprocessableEntity || a.One(hook("portal-slug")).Attr("value") != slug {
			t.Errorf("%q: %s (-want +got):\n%s", slug, a.Status, diff)
		}
	}
	if apps := d.see(portalList).Texts(hook("portal-app") + " .strong"); !cmp.Equal(apps, []string{"Restock", "My App", "Notes"}) {
		t.Errorf("the apps are %v", apps)
	}
}

// Saving an app says when its stores are told, and changes nothing that the
// form does not have.
func TestPortalAppIsChanged(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	d.Install("restock", 22)
	place := portalList + "/1"
	if text := d.see(place + "/edit").One("main").Text(); !strings.Contains(text, "It is installed on 1 store.") || !strings.Contains(text, "It never changes.") {
		t.Errorf("the form says %q", text)
	}
	a := d.post(place+"/edit", d.notes(place+"/edit", url.Values{"name": {"Restock Plus"}, "slug": {"other"}, "is_listed": nil}))
	if a.StatusCode != http.StatusSeeOther || a.where() != place {
		t.Fatalf("%s to %s: %v", a.Status, a.where(), portalErrors(a))
	}
	if text := d.flash(place); !strings.HasPrefix(text, "Restock Plus is changed. It is installed on 1 store") {
		t.Errorf("the flash says %q", text)
	}
	if d.see("/22/apps/marketplace").Count(hook("app-card-restock")) != 1 {
		t.Error("it left the marketplace, or has another slug")
	}
}

func TestPortalAppIsDeleted(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	d.RegisterApp("Notes", api.ReviewDraft)
	a := d.post(portalPlace+"/delete", url.Values{"name": {"notes"}})
	if a.StatusCode != http.StatusUnprocessableEntity || a.One(hook("portal-delete-error")).Text() != "Nothing was deleted. Write the name as it stands above: Notes." || a.One(hook("portal-delete-name")).Attr("value") != "notes" {
		t.Errorf("another name: %s", a.Status)
	}
	for _, want := range []string{"Notes is deleted.", "There is no such app."} {
		if a := d.post(portalPlace+"/delete", url.Values{"name": {"Notes"}}); a.StatusCode != http.StatusSeeOther || a.where() != portalList {
			t.Fatalf("%s to %s", a.Status, a.where())
		}
		if text := d.flash(portalList); !strings.HasPrefix(text, want) {
			t.Errorf("the flash says %q", text)
		}
	}
	d.Install("my-app", 22)
	if text := d.see(portalList + "/2").One(hook("portal-kept")).Text(); !strings.Contains(text, "installed on 1 store") {
		t.Errorf("it says %q", text)
	}
	if a := d.post(portalList+"/2/delete", url.Values{"name": {"My App"}}); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.One(hook("portal-delete-error")).Text(), "once it is uninstalled there") {
		t.Errorf("an installed app: %s", a.Status)
	}
}

// A draft is installed as any app is: by asking the merchant.
func TestPortalAppIsInstalled(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	d.RegisterApp("Notes", api.ReviewDraft)
	page := d.see(portalPlace)
	if text := page.One(hook("portal-install")).Text(); text != "Install on FloristBD" {
		t.Errorf("the button says %q", text)
	}
	if got := policyOf(page)["form-action"]; got != "'self' "+d.PublicURL {
		t.Errorf("its forms lead to %s", got)
	}
	to, err := url.Parse(d.post(portalPlace+"/install", nil).Header.Get("Location"))
	if err != nil || to.Path != "/api/apps/oauth/authorize" || to.Query().Get("client_id") != "sx_app_3" || to.Query().Get("scope") != "read:orders,read:customers" || len(to.Query().Get("state")) < 20 {
		t.Errorf("it leads to %s", to)
	}
	d.Install("notes", 22)
	a := d.see(portalPlace)
	if a.Count(hook("portal-install")) != 0 || a.One(hook("portal-open")).Attr("href") != "/22/apps/e/notes" || a.One(hook("portal-installs")).Text() != "1 store" {
		t.Error("an installed app can be installed, or not be opened")
	}
}

// Nobody but its developer opens an app here, and nobody but developers opens
// anything.
func TestPortalOfOthers(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Developer)
	d.RegisterStrangersApp("Draft", api.ReviewDraft)
	d.RegisterStrangersApp("Waiting", api.ReviewInReview)
	d.CreateCustomApp(22, "Report", api.ReadOrders)
	ends := []string{"", "/edit", "/credentials"}
	actions := []string{"/edit", "/install", "/rotate-secret", "/signing-key", "/webhook-secret", "/webhook-secret/activate", "/submit", "/listing"}
	once := d.see(portalList+"/1/credentials").Attrs("#rotate input[name=once]", "value")
	check := func(id string) {
		t.Helper()
		for _, end := range ends {
			if a := d.get(portalList + "/" + id + end); a.StatusCode != http.StatusNotFound {
				t.Errorf("%s%s: %s", id, end, a.Status)
			}
		}
		for _, action := range actions {
			if a := d.post(portalList+"/"+id+action, url.Values{"once": once, "name": {"Taken over"}}); a.StatusCode != http.StatusNotFound {
				t.Errorf("%s%s: %s", id, action, a.Status)
			}
		}
	}
	for _, id := range []string{"3", "4", "5", "77", "99999999999999999999"} {
		check(id)
		d.post(portalList+"/"+id+"/delete", url.Values{"name": {"Waiting"}})
	}
	if a := d.get("/22/developer/review/3"); a.StatusCode != http.StatusNotFound {
		t.Errorf("the draft of another: %s", a.Status)
	}
	if text := d.see("/22/developer/review/4").One("h1").Text(); text != "Waiting" {
		t.Errorf("what waits is called %q", text)
	}
	d.as(platformtest.Merchant)
	actions = append(actions, "/delete")
	check("1")
	for _, path := range []string{portalList, portalList + "/new", "/22/developer/review", "/22/developer/review/4"} {
		if a := d.get(path); a.StatusCode != http.StatusNotFound {
			t.Errorf("a merchant opens %s: %s", path, a.Status)
		}
	}
	if a := d.post("/22/developer/review/4", url.Values{"status": {"approved"}}); a.StatusCode != http.StatusNotFound {
		t.Errorf("a merchant reviews: %s", a.Status)
	}
	if d.see("/22").Count(hook("nav-portal")) != 0 || d.see("/22/apps/marketplace").Count(hook("market-own")) != 0 {
		t.Error("a merchant is led to the developer's apps")
	}
}

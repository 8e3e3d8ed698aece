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

func TestMarketplace(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Install("restock", 22)
	a := d.see("/22/apps/marketplace")
	if text := a.One(hook("app-card-restock")).Text(); !strings.Contains(text, "Installed") || !strings.Contains(text, "SeloraX Labs") {
		t.Errorf("the card says %q", text)
	}
	if text := a.One(hook("app-card-my-app")).Text(); strings.Contains(text, "Installed") {
		t.Errorf("the card says %q", text)
	}
	listing := d.see("/22/apps/marketplace/restock")
	if listing.Count(hook("install-button")) != 0 || listing.One(hook("open-button")).Attr("href") != "/22/apps/e/restock" {
		t.Error("an installed app cannot be opened, or can be installed")
	}
	if a := d.get("/22/apps/marketplace/nothing"); a.StatusCode != http.StatusNotFound {
		t.Errorf("an app that is not listed: %s", a.Status)
	}
	if a := d.get("/22/apps/marketplace/..%2f..%2finstallations"); a.StatusCode != http.StatusNotFound {
		t.Errorf("a path for a slug: %s", a.Status)
	}
}

// Install goes to the platform as the app itself would, with a state nobody
// can guess.
func TestInstallButton(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	listing := d.see("/22/apps/marketplace/my-app")
	if text := listing.One(hook("install-button")).Text(); text != "Install My App" {
		t.Errorf("the button says %q", text)
	}
	states := map[string]bool{}
	for range 2 {
		a := d.post("/22/apps/marketplace/my-app/install", nil)
		to, err := url.Parse(a.Header.Get("Location"))
		if err != nil || a.StatusCode != http.StatusSeeOther || to.Scheme+"://"+to.Host+to.Path != d.PublicURL+"/api/apps/oauth/authorize" {
			t.Fatalf("%s to %s", a.Status, to)
		}
		q := to.Query()
		states[q.Get("state")] = len(q.Get("state")) >= 20
		q.Del("state")
		if diff := cmp.Diff(url.Values{
			"client_id": {"sx_app_mine"}, "redirect_uri": {"http://localhost:3000/oauth/callback"}, "store_id": {"22"},
			"scope": {"read:orders,write:orders,read:customers,read:store"},
		}, q); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	if len(states) != 2 {
		t.Errorf("the states are %v", states)
	}
}

func TestConsent(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	id := d.Ask("my-app", 22, api.ReadOrders, api.WriteOrders, api.ReadStore)
	a := d.see("/oauth/consent?request=" + id)
	if diff := cmp.Diff([]string{"read:orders", "write:orders", "read:store"}, a.Attrs(hook("consent-scope"), "data-scope")); diff != "" {
		t.Errorf("permissions (-want +got):\n%s", diff)
	}
	for _, words := range []string{"Install My App", "FloristBD", "Personal data", "Create orders and change their status", "Farzana Rahman"} {
		if !strings.Contains(a.Text(), words) {
			t.Errorf("the page says nothing of %q", words)
		}
	}
	if text := a.One(hook("consent-install")).Text(); text != "Install My App" {
		t.Errorf("the button says %q", text)
	}
	if strings.Contains(a.One("main").Text(), "New ") || a.Count(hook("consent-removed")) != 0 {
		t.Error("a first installation has new or removed permissions")
	}
	harmless := d.see("/oauth/consent?request=" + d.Ask("my-app", 22, api.ReadStore))
	if strings.Contains(strings.ToLower(harmless.Text()), "personal data") {
		t.Error("a permission without personal data is said to have some")
	}
}

func TestConsentOfAnInstalledApp(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Install("restock", 22)
	d.Grant("restock", 22, api.ReadOrders, api.ReadDiscounts)
	a := d.see("/oauth/consent?request=" + d.Ask("restock", 22, api.ReadOrders, api.ReadProducts))
	if text := a.One(hook("consent-scope", "scope", "read:products")).Text(); !strings.Contains(text, "New") {
		t.Errorf("a new permission says %q", text)
	}
	if text := a.One(hook("consent-scope", "scope", "read:orders")).Text(); strings.Contains(text, "New") {
		t.Errorf("an old permission says %q", text)
	}
	if got := a.Attrs(hook("consent-removed"), "data-scope"); len(got) != 1 || got[0] != "read:discounts" {
		t.Errorf("removed: %v", got)
	}
	if text := a.One("main").Text(); !strings.Contains(text, "is installed on FloristBD") || strings.Contains(text, "Install Restock") {
		t.Errorf("the page says %q", text)
	}
}

func TestDecisions(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	for decision, want := range map[string]string{
		"install": "http://localhost:3000/oauth/callback?code=sx_ac_test&state=state",
		"cancel":  "http://localhost:3000/oauth/callback?error=access_denied&state=state",
	} {
		id := d.Ask("my-app", 22, api.ReadOrders)
		a := d.post("/oauth/consent", url.Values{"request": {id}, "decision": {decision}})
		if a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != want {
			t.Errorf("%s: %s to %s", decision, a.Status, a.Header.Get("Location"))
		}
		for name, again := range map[string]answer{"shown": d.get("/oauth/consent?request=" + id), "decided": d.post("/oauth/consent", url.Values{"request": {id}, "decision": {"install"}})} {
			if again.StatusCode != http.StatusConflict || again.Count(hook("problem")) != 1 || again.Count(hook("consent-install")) != 0 {
				t.Errorf("%s twice: %s", name, again.Status)
			}
		}
	}
	if a := d.post("/oauth/consent", url.Values{"request": {d.Ask("my-app", 22, api.ReadOrders)}, "decision": {"maybe"}}); a.StatusCode != http.StatusBadRequest {
		t.Errorf("an odd decision: %s", a.Status)
	}
	foreign := d.Ask("my-app", 24, api.ReadOrders)
	for name, a := range map[string]answer{
		"another store's": d.get("/oauth/consent?request=" + foreign), "unknown": d.get("/oauth/consent?request=x"), "none": d.get("/oauth/consent"),
		"decided": d.post("/oauth/consent", url.Values{"request": {foreign}, "decision": {"install"}}),
	} {
		if a.StatusCode != http.StatusNotFound || a.Count(hook("consent-scope")) != 0 {
			t.Errorf("%s: %s", name, a.Status)
		}
	}
}

func TestFramePage(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.serveApp("")
	d.Install("restock", 22)
	for path, deep := range map[string]string{"": "", "/": "", "/orders/5": "/orders/5", "/a%20b/%E0%A6%AB": "/a%20b/%E0%A6%AB"} {
		a := d.get("/22/apps/e/restock" + path)
		if a.StatusCode == http.StatusMovedPermanently {
			a = d.get(a.where())
		}
		f := a.One("app-frame")
		want := map[string]string{"data-app-id": "1", "data-store-id": "22", "data-app-name": "Restock", "data-app-origin": d.app(t, "restock").AppOrigin, "data-path": deep}
		for name, value := range want {
			if got := f.Attr(name); got != value {
				t.Errorf("%s: %s is %q, want %q", path, name, got, value)
			}
		}
		if strings.Contains(a.text, "token.") || strings.Contains(a.text, "hmac") {
			t.Errorf("%s: a token or a signed address is in the page", path)
		}
	}
	for _, path := range []string{"/%2e%2e/x", "/a/%2e%2e/%2e%2e/x", "/a%2f%2fb", "/a%5cb"} {
		if a := d.get("/22/apps/e/restock" + path); a.StatusCode == http.StatusOK {
			t.Errorf("%s is passed on as %q", path, a.One("app-frame").Attr("data-path"))
		}
	}
	if a := d.get("/22/apps/e/my-app"); a.StatusCode != http.StatusSeeOther || a.where() != "/22/apps/marketplace/my-app" {
		t.Errorf("an app that is not installed: %s to %s", a.Status, a.where())
	}
	if a := d.get("/22/apps/e/nothing"); a.StatusCode != http.StatusNotFound {
		t.Errorf("no such app: %s", a.Status)
	}
}

// The probe looks at apps of the user's own stores and at nothing else.
func TestProbe(t *testing.T) {
	t.Parallel()
	d := start(t)
	d.serveApp("")
	d.Install("restock", 22)
	d.Install("restock", 24)
	if a := d.get("/frame/probe?store_id=22&app_id=1"); a.StatusCode != http.StatusUnauthorized {
		t.Errorf("signed out: %s", a.Status)
	}
	d.as(platformtest.Merchant)
	for query, want := range map[string]int{
		"store_id=22&app_id=1": 200, "store_id=23&app_id=1": 404, "store_id=24&app_id=1": 404, "store_id=22&app_id=2": 404, "store_id=22&app_id=http://127.0.0.1": 400, "": 400,
	} {
		if a := d.get("/frame/probe?" + query); a.StatusCode != want {
			t.Errorf("%s: %s %s", query, a.Status, a.text)
		}
	}
}

func TestAppSettings(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Install("restock", 22)
	if a := d.see("/22/settings/apps"); a.One(hook("installed-restock")).Attr("href") != "/22/settings/apps/restock" {
		t.Error("the installed app has no settings")
	}
	a := d.see("/22/settings/apps/restock")
	if diff := cmp.Diff([]string{"read:orders", "read:products", "read:inventory", "read:store", "billing"}, a.Attrs(hook("consent-scope"), "data-scope")); diff != "" {
		t.Errorf("permissions (-want +got):\n%s", diff)
	}
	if n := a.Count(hook("subscription")); n != 5 {
		t.Errorf("%d subscriptions, want 5", n)
	}
	states := []string{"pending", "retrying", "delivered", "dead", "cancelled", "delivered"}
	if diff := cmp.Diff(states, a.Attrs(hook("webhook-delivery"), "data-status")); diff != "" {
		t.Errorf("deliveries (-want +got):\n%s", diff)
	}
	retrying := a.One(hook("webhook-delivery", "status", "retrying"))
	for _, words := range []string{"503", "<h1>Service Unavailable</h1>", "12 ms", "Attempt 1"} {
		if !strings.Contains(retrying.Text(), words) {
			t.Errorf("a delivery says %q, nothing of %s", retrying.Text(), words)
		}
	}
	if dead := a.One(hook("webhook-delivery", "status", "dead")).Text(); !strings.Contains(dead, "connection refused") || !strings.Contains(dead, "Attempt 3") {
		t.Errorf("a delivery that was given up says %q", dead)
	}
	for _, path := range []string{"/22/settings/apps/my-app", "/22/settings/apps/nothing", "/23/settings/apps/restock"} {
		if a := d.get(path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", path, a.Status)
		}
	}
	if a := d.see("/23/settings/apps"); a.Count(".empty") != 1 {
		t.Error("a store without apps is not told what to do")
	}
}

func TestUninstall(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Install("restock", 22)
	settings := d.see("/22/settings/apps/restock")
	if id := settings.One(hook("uninstall-button")).Attr("data-dialog"); settings.Count("dialog#"+id+" "+hook("uninstall-confirm")) != 1 {
		t.Error("an app is uninstalled without a question")
	}
	a := d.post("/22/settings/apps/restock/uninstall", nil)
	if a.StatusCode != http.StatusSeeOther || a.where() != "/22/settings/apps" {
		t.Fatalf("%s to %s", a.Status, a.where())
	}
	after := d.see("/22/settings/apps")
	if text := after.One(hook("flash")).Text(); !strings.Contains(text, "Restock is uninstalled") {
		t.Errorf("the flash says %q", text)
	}
	if after.Count(hook("nav-app-restock")) != 0 {
		t.Error("the app is in the menu")
	}
	if a := d.post("/22/settings/apps/restock/uninstall", nil); a.where() != "/22/settings/apps" {
		t.Errorf("twice: %s to %s", a.Status, a.where())
	}
	if text := d.flash("/22/settings/apps"); !strings.Contains(text, "not installed any more") {
		t.Errorf("twice: the flash says %q", text)
	}
}

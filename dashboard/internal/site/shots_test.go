package site_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
	"github.com/selorax/sandbox/dashboard/internal/platformtest"
	"github.com/selorax/sandbox/dashboard/internal/session"
)

// demoApp is an app in a frame: it says ready and shows the token it gets.
const demoApp = `<!doctype html><link rel="icon" href="data:"><meta name="color-scheme" content="light dark"><title>Restock</title>
<body style="font:14px system-ui;margin:24px"><h2>Reorder soon</h2><p id="state">Connecting</p><script>
addEventListener('message', (e) => { if (e.data.type === 'selorax:session-token') state.textContent = 'Connected'; });
parent.postMessage({type: 'app-bridge:ready'}, '*');
</script>`

// TestScreenshots draws every page at two sizes, light and dark, into the
// directory that DASHBOARD_SCREENSHOTS names, for people to look at.
func TestScreenshots(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("DASHBOARD_SCREENSHOTS")
	if dir == "" {
		t.Skip("DASHBOARD_SCREENSHOTS names no directory")
	}
	browser := browsertest.Start(t)
	d := start(t)
	d.serveApp(demoApp)
	d.Install("restock", 22)
	consent := d.Ask("my-app", 22, api.ReadOrders, api.WriteOrders, api.ReadCustomers, api.ReadStore)
	d.Grant("restock", 22, api.ReadOrders, api.ReadInventory, api.ReadDiscounts)
	again := d.Ask("restock", 22, api.ReadOrders, api.ReadProducts, api.ReadInventory, api.ReadStore)
	shots := []struct{ name, path, script string }{
		{"login", "/login", "signed-out"},
		{"home", "/22", ""}, {"home-empty", "/24", ""}, {"orders", "/22/orders", ""}, {"orders-filtered", "/22/orders?status=hold&search=a&sort=grand_total:asc", ""},
		{"orders-none", "/22/orders?search=nothing", ""}, {"order", fmt.Sprintf("/22/orders/%d", d.FirstOrder(22, api.OrderPending).OrderID), ""},
		{"order-cancel", fmt.Sprintf("/22/orders/%d", d.FirstOrder(22, api.OrderPending).OrderID), `document.querySelector('[data-dialog]').click()`},
		{"products", "/22/products", ""}, {"product", "/22/products/153", ""},
		{"marketplace", "/22/apps/marketplace", ""}, {"listing", "/22/apps/marketplace/my-app", ""}, {"listing-installed", "/22/apps/marketplace/restock", ""},
		{"consent", "/oauth/consent?request=" + consent, ""}, {"consent-again", "/oauth/consent?request=" + again, ""}, {"consent-gone", "/oauth/consent?request=nope", ""},
		{"frame", "/22/apps/e/restock", "ready"}, {"installed", "/22/settings/apps", ""}, {"installed-none", "/23/settings/apps", ""},
		{"app-settings", "/22/settings/apps/restock", `document.querySelectorAll('[data-testid=webhook-delivery]')[1].open = true`},
		{"uninstall", "/22/settings/apps/restock", `document.querySelector('[data-testid=uninstall-button]').click()`},
		{"not-found", "/22/nowhere", ""}, {"not-found-bare", "/99/orders", ""},
		{"menu-store", "/22/orders", `document.querySelector('[data-testid=store-switcher]').click()`},
		{"menu-account", "/22/orders", `document.querySelector('[data-testid=account-menu]').click()`},
		{"drawer", "/22/orders", `document.querySelector('[popovertarget]').click()`},
	}
	for _, screen := range []browsertest.Screen{
		{Width: 1280, Height: 900}, {Width: 390, Height: 844}, {Width: 1280, Height: 900, Dark: true}, {Width: 390, Height: 844, Dark: true},
	} {
		screen.Still = true
		out := filepath.Join(dir, fmt.Sprintf("%d-%s", screen.Width, map[bool]string{false: "light", true: "dark"}[screen.Dark]))
		if err := os.MkdirAll(out, 0o755); err != nil {
			t.Fatal(err)
		}
		in, outside := browser.Open(t, screen), browser.Open(t, screen)
		in.SetCookie(d.URL, session.CookieName, d.SignIn(platformtest.Developer))
		for _, shot := range shots {
			tab := in
			if shot.script == "signed-out" {
				tab = outside
			}
			tab.Goto(d.URL + shot.path)
			switch {
			case shot.script == "ready":
				tab.Until(`document.querySelector('[data-testid=frame-state]')?.dataset.state === 'ready'`)
			case shot.script != "signed-out" && shot.script != "":
				browsertest.Eval[any](tab, "(() => {"+shot.script+"})()")
			}
			if err := os.WriteFile(filepath.Join(out, shot.name+".png"), tab.Screenshot(), 0o644); err != nil {
				t.Fatal(err)
			}
			if wide := browsertest.Eval[int](tab, "document.documentElement.scrollWidth"); wide > int(screen.Width) {
				t.Errorf("%s is %d wide on a screen of %d", shot.name, wide, screen.Width)
			}
		}
	}
}

// serveApp serves the app "restock" on a site of its own.
func (d *dashboard) serveApp(page string) {
	d.t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/oauth/callback":
			http.Redirect(w, r, d.URL+"/22/apps/e/restock", http.StatusFound)
		default:
			fmt.Fprint(w, page)
		}
	}))
	d.t.Cleanup(server.Close)
	d.SetAppURL("restock", strings.Replace(server.URL, "127.0.0.1", "restock.localhost", 1))
}

package site_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
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
	shots := d.makeShots()
	for _, screen := range screens {
		out := filepath.Join(dir, fmt.Sprintf("%d-%s", screen.Width, theme(screen)))
		if err := os.MkdirAll(out, 0o755); err != nil {
			t.Fatal(err)
		}
		d.eachShot(t, browser, screen, shots, func(tab *browsertest.Tab, s shot) {
			if err := os.WriteFile(filepath.Join(out, s.name+".png"), tab.Screenshot(), 0o644); err != nil {
				t.Fatal(err)
			}
			if wide := browsertest.Eval[int](tab, "document.documentElement.scrollWidth"); wide > int(screen.Width) {
				t.Errorf("%s is %d wide on a screen of %d", s.name, wide, screen.Width)
			}
		})
	}
}

// screens are those that every page is looked at on.
var screens = []browsertest.Screen{
	{Width: 1280, Height: 900, Still: true}, {Width: 390, Height: 844, Still: true},
	{Width: 1280, Height: 900, Still: true, Dark: true}, {Width: 390, Height: 844, Still: true, Dark: true},
}

func theme(s browsertest.Screen) string { return map[bool]string{false: "light", true: "dark"}[s.Dark] }

// eachShot goes from shot to shot, as a developer who is signed in, or as nobody.
func (d *dashboard) eachShot(t *testing.T, b browsertest.Browser, screen browsertest.Screen, shots []shot, look func(*browsertest.Tab, shot)) {
	t.Helper()
	in, outside := b.Open(t, screen), b.Open(t, screen)
	in.SetCookie(d.URL, session.CookieName, d.SignIn(platformtest.Developer))
	for _, s := range shots {
		tab := in
		if s.script == "signed-out" {
			tab = outside
		}
		d.shoot(tab, s)
		look(tab, s)
	}
}

// makeShots makes what there is to see, and lists every page in each of its states.
func (d *dashboard) makeShots() []shot {
	d.serveApp(demoApp)
	d.Install("restock", 22)
	d.deployShots()
	d.Install("my-app", 23)
	d.Install("restock", 24)
	consent := d.Ask("my-app", 22, api.ReadOrders, api.WriteOrders, api.ReadCustomers, api.ReadStore)
	d.Grant("restock", 22, api.ReadOrders, api.ReadInventory, api.ReadDiscounts)
	again := d.Ask("restock", 22, api.ReadOrders, api.ReadProducts, api.ReadInventory, api.ReadStore)
	d.askPayments()
	shots := []shot{
		{"login", "/login", "signed-out"},
		{"home", "/22", ""}, {"home-empty", "/24", ""}, {"orders", "/22/orders", ""}, {"orders-filtered", "/22/orders?status=hold&search=a&sort=grand_total:asc", ""},
		{"orders-none", "/22/orders?search=nothing", ""}, {"order", fmt.Sprintf("/22/orders/%d", d.FirstOrder(22, api.OrderPending).OrderID), ""},
		{"order-cancel", fmt.Sprintf("/22/orders/%d", d.FirstOrder(22, api.OrderPending).OrderID), `document.querySelector('[data-dialog]').click()`},
		{"products", "/22/products", ""}, {"product", "/22/products/158", ""},
		{"marketplace", "/22/apps/marketplace", ""}, {"listing", "/22/apps/marketplace/my-app", ""}, {"listing-installed", "/22/apps/marketplace/restock", ""},
		{"consent", "/oauth/consent?request=" + consent, ""}, {"consent-again", "/oauth/consent?request=" + again, ""}, {"consent-gone", "/oauth/consent?request=nope", ""},
		{"frame", "/22/apps/e/restock", "ready"}, {"frame-unreachable", "/23/apps/e/my-app", "unreachable"}, {"frame-refuses", "/24/apps/e/restock", "refused-framing"}, {"installed", "/22/settings/apps", ""}, {"installed-none", "/23/settings/apps", ""},
		{"app-settings", "/22/settings/apps/restock", `document.querySelectorAll('[data-testid=webhook-delivery]')[1].open = true`},
		{"uninstall", "/22/settings/apps/restock", `document.querySelector('[data-testid=uninstall-button]').click()`},
		{"not-found", "/22/nowhere", ""}, {"not-found-bare", "/99/orders", ""},
		{"menu-store", "/22/orders", `document.querySelector('[data-testid=store-switcher]').click()`},
		{"menu-account", "/22/orders", `document.querySelector('[data-testid=account-menu]').click()`},
		{"drawer", "/22/orders", `document.querySelector('[popovertarget]').click()`},
	}
	d.makeSettings()
	return slices.Concat(shots, customShots, chargeShots, extensionShots, settingsShots, shippingShots, searchShots, discountShots, developerShots, portalShots, billingShots, guideShots)
}

// shot is a place, and what is done there before the picture: a script, or a
// state of the frame that is waited for.
type shot struct{ name, path, script string }

func (d *dashboard) shoot(tab *browsertest.Tab, s shot) {
	tab.Helper()
	tab.Goto(d.URL + s.path)
	switch s.script {
	case "signed-out", "":
	case "ready", "unreachable", "refused-framing":
		tab.Until(`document.querySelector('[data-testid=frame-state]')?.dataset.state === %s`, s.script)
	case "custom-refused", "custom-created":
		d.sendCustom(tab, s.script == "custom-created")
	case "moved":
		browsertest.Eval[any](tab, `document.querySelector('[data-testid=clock-month]').click()`)
		tab.Until(`!!document.querySelector('[data-testid=moved]')`)
	case "portal-refused", "portal-created":
		d.sendPortal(tab, s.script == "portal-created")
	case "fault-refused":
		d.sendFault(tab)
	case "explain":
		d.sendComputed(tab)
	case "webhook-refused", "discount-refused", "shipping-refused":
		browsertest.Eval[any](tab, `(() => { const form = document.querySelector('main form'); form.noValidate = true; form.requestSubmit(); })()`)
		tab.See(hook(s.script))
	default:
		browsertest.Eval[any](tab, "(async () => {"+s.script+"})()")
	}
}

// chargeShots are the charges of askPayments.
var chargeShots = []shot{
	{"charge", "/22/settings/apps/billing/1", ""}, {"charge-merchant-pays", "/22/settings/apps/billing/2", ""}, {"charge-approved", "/22/settings/apps/billing/3", ""},
	{"charge-paid", "/22/settings/apps/billing/4", ""}, {"charge-declined", "/22/settings/apps/billing/5", ""}, {"charge-expired", "/22/settings/apps/billing/6", ""},
	{"gateway", "/22/settings/apps/billing/3/pay", ""},
	{"charges", "/22/settings/apps/restock", `document.querySelector('[data-live=charges]').scrollIntoView()`}, {"charges-none", "/24/settings/apps/restock", `document.querySelector('[data-live=charges]').scrollIntoView()`},
}

// askPayments makes charges of store 22 in every state that is drawn.
func (d *dashboard) askPayments() {
	for n, payer := range []string{api.FeePayerDeveloper, api.FeePayerMerchant, api.FeePayerMerchant, api.FeePayerDeveloper, api.FeePayerDeveloper, api.FeePayerDeveloper} {
		d.Charge("restock", 22, api.Money(150_00+n*1_275_00), payer, "/22/apps/e/restock")
	}
	d.ApproveCharge(3)
	d.ApproveCharge(4)
	d.PayCharge(4)
	d.DeclineCharge(5)
	d.ExpireCharge(6)
	d.subscribeAll()
}

// serveApp serves the app "restock" on a site of its own.
func (d *dashboard) serveApp(page string) {
	d.t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/oauth/callback":
			http.Redirect(w, r, d.URL+"/22/apps/e/restock", http.StatusFound)
		case r.URL.Query().Get("store_id") == "24":
			w.Header().Set("X-Frame-Options", "DENY")
		default:
			fmt.Fprint(w, page)
		}
	}))
	d.t.Cleanup(server.Close)
	d.SetAppURL("restock", strings.Replace(server.URL, "127.0.0.1", "restock.localhost", 1))
}

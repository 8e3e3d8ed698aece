package site_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/browsertest"
	"github.com/selorax/sandbox/dashboard/internal/platformtest"
	"github.com/selorax/sandbox/dashboard/internal/session"
)

var (
	desktop = browsertest.Screen{Width: 1280, Height: 900, Still: true}
	phone   = browsertest.Screen{Width: 360, Height: 740, Still: true}
)

// TestInBrowser uses the dashboard in Chromium, as people do.
func TestInBrowser(t *testing.T) {
	t.Parallel()
	browser := browsertest.Start(t)
	for name, run := range map[string]func(*testing.T, browsertest.Browser){
		"install to uninstall":          installToUninstall,
		"orders follow the store":       ordersFollow,
		"an order follows the store":    orderFollows,
		"deliveries follow themselves":  deliveriesFollow,
		"the feed comes back":           feedComesBack,
		"an ended session":              sessionEnds,
		"colours":                       colours,
		"the drawer":                    drawer,
		"keys":                          keys,
		"a form is sent once":           sentOnce,
		"a charge is paid":              chargeIsPaid,
		"a subscription is lived with":  subscriptionIsLivedWith,
		"a payment leads to an app":     paymentLeadsOut,
		"a charge follows the store":    chargeFollows,
		"a custom app is made":          customIsMade,
		"an app is made":                appIsMade,
		"a privacy request":             privacyIsFollowed,
		"a webhook is tested":           webhookIsTested,
		"a press is waited for":         pressIsWaitedFor,
		"the clock is followed":         clockIsFollowed,
		"orders are selected":           ordersAreSelected,
		"the tour ticks":                tourTicks,
		"the inspector follows":         inspectorFollows,
		"the bridge is inspected":       bridgeIsInspected,
		"a store ships":                 storeShips,
		"a store is searched":           storeIsSearched,
		"a search by hand":              searchKeys,
		"an answer that comes late":     searchInOrder,
		"a search on a phone":           searchOnPhone,
		"a guide is copied":             guideIsCopied,
		"nothing is wider than a phone": fitsPhone,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, browser)
		})
	}
}

// open opens a tab of a signed-in merchant.
func (d *dashboard) open(t *testing.T, b browsertest.Browser, s browsertest.Screen, path string) *browsertest.Tab {
	t.Helper()
	return d.openAs(t, b, s, platformtest.Merchant, path)
}

// openAs opens a tab of somebody who is signed in.
func (d *dashboard) openAs(t *testing.T, b browsertest.Browser, s browsertest.Screen, email, path string) *browsertest.Tab {
	t.Helper()
	p := b.Open(t, s)
	p.SetCookie(d.URL, session.CookieName, d.SignIn(email))
	p.Goto(d.URL + path)
	return p
}

// at waits for a place of the dashboard.
func at(p *browsertest.Tab, path string) {
	p.Helper()
	p.Until(`document.readyState === 'complete' && location.pathname + location.search === %s`, path)
}

func installToUninstall(t *testing.T, b browsertest.Browser) {
	d := start(t)
	d.serveApp(demoApp)
	p := b.Open(t, desktop)
	p.Goto(d.URL + "/22/apps/marketplace")
	at(p, "/login?"+url.Values{"return_to": {"/22/apps/marketplace"}}.Encode())
	p.Click(hook("login-email"))
	p.Press(platformtest.Merchant + kb.Tab + platformtest.Password + kb.Enter)
	at(p, "/22/apps/marketplace")
	p.Click(hook("app-card-restock"))
	p.Click(hook("install-button"))
	p.See(hook("consent-install"))
	p.Click(hook("consent-install"))
	at(p, "/22/apps/e/restock")
	p.Until(`document.querySelector('[data-testid=frame-state]').dataset.state === 'ready'`)
	p.See(hook("nav-app-restock"))
	p.Click(hook("nav-settings"))
	p.Click(hook("installed-restock"))
	p.Click(hook("uninstall-button"))
	p.Press(kb.Escape)
	p.Until(`!document.querySelector('dialog[open]') && document.activeElement.dataset.testid === 'uninstall-button'`)
	p.Click(hook("uninstall-button"))
	p.Click(hook("uninstall-confirm"))
	at(p, "/22/settings/apps")
	if text := p.Text(hook("flash")); !strings.Contains(text, "Restock is uninstalled") {
		t.Errorf("the flash says %q", text)
	}
	p.Until(`!document.querySelector('[data-testid=nav-app-restock]')`)
}

// ordersFollow changes an order elsewhere while a merchant types.
func ordersFollow(t *testing.T, b browsertest.Browser) {
	d := start(t)
	p := d.open(t, b, desktop, "/22/orders?status=pending")
	p.Until(`document.body.dataset.liveFeed === 'open'`)
	p.Click(hook("order-search"))
	p.Press("nus")
	order := d.FirstOrder(22, api.OrderPending)
	row := hook("order-row", "order-id", fmt.Sprint(order.OrderID))
	p.See(row)
	d.MoveOrder(order.OrderID, api.OrderConfirmed)
	p.Until(`!document.querySelector(%s)`, row)
	if got := browsertest.Eval[string](p, `document.activeElement.dataset.testid + '=' + document.activeElement.value`); got != "order-search=nus" {
		t.Errorf("the focus is on %s", got)
	}
	next := d.FirstOrder(22, api.OrderPending)
	link := hook("order-row", "order-id", fmt.Sprint(d.FirstOrder(22, api.OrderPending).OrderID)) + " a"
	browsertest.Eval[any](p, `document.querySelector(%s).focus()`, link)
	d.Tell(22, api.TopicOrderUpdated) // nothing on the page changes
	d.MoveOrder(d.LastOrder(22, api.OrderPending), api.OrderConfirmed)
	p.Until(`document.querySelectorAll('[data-testid=order-row]').length === %s`, 10)
	if got := browsertest.Eval[string](p, `document.activeElement.getAttribute('href')`); got != fmt.Sprintf("/22/orders/%d", next.OrderID) {
		t.Errorf("the focus is on %s", got)
	}
}

// orderFollows changes the order that is open.
func orderFollows(t *testing.T, b browsertest.Browser) {
	d := start(t)
	order := d.FirstOrder(22, api.OrderPending)
	p := d.open(t, b, desktop, fmt.Sprintf("/22/orders/%d", order.OrderID))
	p.Until(`document.body.dataset.liveFeed === 'open'`)
	p.Click(hook("order-next-confirmed"))
	p.See(hook("order-status", "status", api.OrderConfirmed))
	p.See(hook("flash"))
	p.Until(`document.body.dataset.liveFeed === 'open'`)
	d.MoveOrder(order.OrderID, api.OrderProcessing)
	p.See(hook("order-status", "status", api.OrderProcessing))
	p.See(hook("order-next-shipped"))
	if text := p.Text(".timeline"); !strings.Contains(text, "from confirmed to processing") {
		t.Errorf("the timeline says %q", text)
	}
	p.See(hook("flash"))
}

// deliveriesFollow finishes a delivery, which the feed does not tell of.
func deliveriesFollow(t *testing.T, b browsertest.Browser) {
	d := start(t)
	d.Install("restock", 22)
	p := d.open(t, b, desktop, "/22/settings/apps/restock")
	open := hook("webhook-delivery", "status", "retrying")
	p.Click(open + " summary")
	d.FinishDeliveries()
	p.Until(`!document.querySelector('[data-testid=webhook-delivery][data-status=pending]')`)
	if !browsertest.Eval[bool](p, `document.querySelector(%s).open`, open) {
		t.Error("the delivery that was being read is closed")
	}
}

// feedComesBack breaks the connection off; what happened meanwhile is shown.
func feedComesBack(t *testing.T, b browsertest.Browser) {
	d := start(t)
	p := d.open(t, b, desktop, "/22/orders?status=pending")
	p.Until(`document.body.dataset.liveFeed === 'open'`)
	d.Tell(22, api.TopicOrderUpdated)
	p.Until(`sessionStorage.getItem('live:/live:22') === '1'`)
	d.HangUp()
	p.Until(`document.body.dataset.liveFeed === 'closed'`)
	order := d.FirstOrder(22, api.OrderPending)
	d.MoveOrder(order.OrderID, api.OrderConfirmed)
	p.Until(`document.body.dataset.liveFeed === 'open'`)
	p.Until(`!document.querySelector(%s)`, hook("order-row", "order-id", fmt.Sprint(order.OrderID)))
	feeds := d.Requests("/api/live")
	if last := feeds[len(feeds)-1].URI; last != "/api/live?after=1&store_id=22" {
		t.Errorf("the page came back with %s", last)
	}
}

// sessionEnds while a page is open: the next change leads to the sign-in.
func sessionEnds(t *testing.T, b browsertest.Browser) {
	d := start(t)
	p := d.open(t, b, desktop, "/22/orders")
	p.Until(`document.body.dataset.liveFeed === 'open'`)
	d.EndSessions()
	d.Tell(22, api.TopicOrderCreated)
	at(p, "/login?"+url.Values{"return_to": {"/22/orders"}}.Encode())
}

func colours(t *testing.T, b browsertest.Browser) {
	d := start(t)
	p := d.open(t, b, desktop, "/22/orders")
	background := func() string { return browsertest.Eval[string](p, `getComputedStyle(document.body).backgroundColor`) }
	light := background()
	p.Click(hook("account-menu"))
	p.Click(`label:has([name="theme"][value="dark"])`)
	p.Until(`getComputedStyle(document.body).backgroundColor !== %s`, light)
	dark := background()
	p.Goto(d.URL + "/22/products")
	if got := background(); got != dark || browsertest.Eval[string](p, `document.documentElement.dataset.theme`) != "dark" {
		t.Errorf("the next page is %s, want %s", got, dark)
	}
	p.Click(hook("account-menu"))
	p.Click(`label:has([name="theme"][value=""])`)
	p.Until(`getComputedStyle(document.body).backgroundColor === %s`, light)
}

func drawer(t *testing.T, b browsertest.Browser) {
	d := start(t)
	p := d.open(t, b, phone, "/22/orders")
	if browsertest.Eval[bool](p, `document.querySelector('[data-testid=nav-orders]').checkVisibility()`) {
		t.Error("the navigation is open on a phone")
	}
	p.Click(`[popovertarget="nav"]`)
	p.See(hook("nav-orders"))
	p.Press(kb.Escape)
	p.Until(`!document.querySelector('[data-testid=nav-orders]').checkVisibility() && document.activeElement.getAttribute('popovertarget') === 'nav'`)
	p.Click(`[popovertarget="nav"]`)
	p.Click(hook("nav-products"))
	at(p, "/22/products")
	p.Back()
	at(p, "/22/orders")
}

func keys(t *testing.T, b browsertest.Browser) {
	d := start(t)
	p := d.open(t, b, desktop, "/22/orders")
	p.Press(kb.Tab)
	if got := browsertest.Eval[string](p, `document.activeElement.className`); got != "skip" {
		t.Errorf("the first stop is %q", got)
	}
	p.Press(kb.Enter)
	p.Until(`document.activeElement.id === 'main'`)
	browsertest.Eval[any](p, `document.querySelector('[data-testid=store-switcher]').focus()`)
	p.Press(kb.Enter)
	p.See(hook("store-23"))
	p.Press(kb.Escape)
	p.Until(`!document.querySelector('[data-testid=store-23]').checkVisibility() && document.activeElement.dataset.testid === 'store-switcher'`)
	browsertest.Eval[any](p, `document.querySelector('[data-testid=order-row] a').focus()`)
	p.Press(kb.Enter)
	at(p, "/22/orders/1200")
}

// sentOnce presses a button again while the platform takes its time.
func sentOnce(t *testing.T, b browsertest.Browser) {
	d := start(t)
	order := d.FirstOrder(22, api.OrderPending)
	arrived, answer := make(chan struct{}, 9), make(chan struct{})
	d.Fail(func(r *http.Request) int {
		if r.Method == http.MethodPut {
			arrived <- struct{}{}
			<-answer
		}
		return 0
	})
	p := d.open(t, b, desktop, fmt.Sprintf("/22/orders/%d", order.OrderID))
	browsertest.Eval[any](p, `(() => {
		const button = document.querySelector('[data-testid=order-next-confirmed]');
		document.addEventListener('submit', () => setTimeout(() => {
			sessionStorage.setItem('busy', button.getAttribute('aria-busy'));
			window.addEventListener('submit', (event) => sessionStorage.setItem('second', event.defaultPrevented ? 'held back' : 'sent'));
			button.click();
		}), { once: true });
		button.click();
	})()`)
	<-arrived
	close(answer)
	p.See(hook("order-status", "status", api.OrderConfirmed))
	if got := browsertest.Eval[string](p, `'busy ' + sessionStorage.getItem('busy') + ', second ' + sessionStorage.getItem('second')`); got != "busy true, second held back" {
		t.Errorf("while the form is on its way: %s", got)
	}
	if n := len(d.Requests(fmt.Sprintf("/api/stores/22/orders/%d/status", order.OrderID))); n != 1 {
		t.Errorf("the platform was asked %d times", n)
	}
}

func fitsPhone(t *testing.T, b browsertest.Browser) {
	d := start(t)
	d.everyPage()
	p := d.open(t, b, phone, "/22")
	for _, path := range append(slices.Collect(maps.Keys(pages)), "/settings/apps/billing/3/pay") {
		if pages[path] == "" && !strings.HasSuffix(path, "/pay") && !strings.HasPrefix(path, "/search") {
			continue
		}
		p.Goto(d.URL + "/22" + path)
		if wide := browsertest.Eval[int](p, `document.documentElement.scrollWidth`); wide > int(phone.Width) {
			t.Errorf("%s is %d wide", path, wide)
		}
	}
}

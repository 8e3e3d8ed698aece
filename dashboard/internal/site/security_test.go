package site_test

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"

	"github.com/selorax/sandbox/dashboard/internal/platformtest"
)

// policyOf reads a Content-Security-Policy into its directives.
func policyOf(a answer) map[string]string {
	directives := map[string]string{}
	for part := range strings.SplitSeq(a.Header.Get("Content-Security-Policy"), ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), " ")
		directives[name] = value
	}
	return directives
}

func TestPolicies(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.serveApp("")
	d.everyPage()
	frame := d.app(t, "restock").AppOrigin
	everyday := map[string]string{"frame-src": "'none'", "form-action": "'self'"}
	scripts := map[string]string{"frame-src": d.PublicURL + "/sdk/frame/1/ " + d.PublicURL + "/sdk/frame/2/"} // of the two installed apps
	for path, special := range map[string]map[string]string{
		"/login?return_to=/22": nil, "/22": scripts, "/22/orders": scripts, "/22/orders/1200": scripts, "/22/settings/apps/restock": scripts, "/22/nowhere": nil, "/nowhere": nil, "/24": nil,
		"/22/apps/e/restock":          {"frame-src": frame},
		"/22/apps/e/restock/a/b":      {"frame-src": frame},
		"/22/apps/marketplace/my-app": {"form-action": "'self' " + d.PublicURL},
		"/oauth/consent?request=" + d.Ask("my-app", 22, api.ReadOrders): {"form-action": "'self' http: https:"},
		"/oauth/consent?request=nope":                                   nil,
		"/22/settings/apps/billing/1":                                   {"form-action": "'self' http: https:"},
		"/22/settings/apps/billing/3/pay":                               {"form-action": "'self' http: https:"},
		"/22/settings/apps/billing/99":                                  nil,
		"/22/settings/apps/custom/new":                                  nil, "/22/settings/apps/custom/3": nil,
		"/22/search?q=%3Cscript%3E": nil, "/22/settings/shipping": nil, "/22/settings/shipping/zones/1": nil, "/22/settings/shipping/methods/1": nil,
		"/22/settings/store": nil, "/22/discounts/5": nil, "/22/discounts/new": nil,
		"/22/settings/privacy?search=a": nil, "/22/settings/webhooks/new": nil, "/22/settings/webhooks/6": nil, "/22/settings/webhooks/deliveries/2": nil,
	} {
		client := d.client
		if strings.HasPrefix(path, "/login") {
			d.client = newClient(t)
		}
		a := d.get(path)
		d.client = client
		sum := sha256.Sum256([]byte(a.One(`script[type="importmap"]`).Raw()))
		want := map[string]string{
			"default-src": "'none'", "style-src": "'self'", "img-src": "'self' data: " + d.PublicURL, "base-uri": "'none'", "frame-ancestors": "'none'",
			"script-src":  "'self' 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'",
			"connect-src": "'self' " + strings.Replace(d.URL, "http", "ws", 1),
		}
		for _, more := range []map[string]string{everyday, special} {
			for name, value := range more {
				want[name] = value
			}
		}
		if diff := cmp.Diff(want, policyOf(a)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
		for name, value := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cache-Control": "no-store", "Content-Type": "text/html; charset=utf-8",
		} {
			if got := a.Header.Get(name); got != value {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
	}
}

// A form of another site, or of another host of this one, changes nothing.
func TestWhatIsNoPageIsFramedByNobody(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	for _, path := range []string{"/healthz", "/api/stores/22/orders", "/frame/probe?store_id=22&app_id=1", "/api/nothing"} {
		if got := policyOf(d.get(path)); got["default-src"] != "'none'" || got["frame-ancestors"] != "'none'" {
			t.Errorf("%s: %v", path, got)
		}
	}
}

func TestOtherSitesFormsAreRefused(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.everyPage()
	request := d.Ask("my-app", 22, api.ReadOrders)
	forms := map[string]url.Values{
		"/login": login(platformtest.Merchant, platformtest.Password, ""), "/logout": nil, "/22/orders/1200/status": {"status": {"confirmed"}},
		"/oauth/consent": {"request": {request}, "decision": {"install"}}, "/22/settings/apps/restock/uninstall": nil, "/22/apps/marketplace/restock/install": nil,
		"/22/settings/apps/billing/1/approve": nil, "/22/settings/apps/billing/1/decline": nil, "/22/settings/apps/billing/3/cancel": nil,
		"/22/settings/apps/billing/3/pay": {"outcome": {"pay"}}, "/api/apps/billing/charges/3/pay": nil, "/api/apps/session/session-token": nil, "/api/apps/installations/1/uninstall": nil,
		"/22/settings/shipping/zones/new": {"name": {"A"}}, "/22/settings/shipping/zones/3": {"name": {"A"}}, "/22/settings/shipping/zones/3/delete": nil,
		"/22/settings/shipping/methods/new": {"name": {"A"}}, "/22/settings/shipping/methods/1": {"name": {"A"}}, "/22/settings/shipping/methods/1/delete": nil,
		"/22/settings/store": {"name": {"A"}}, "/22/orders/status": {"order": {"1200"}, "status": {"confirmed"}}, "/22/discounts/new": {"code": {"A"}, "value": {"5"}}, "/22/discounts/5": {"code": {"A"}, "value": {"5"}}, "/22/discounts/5/switch": nil, "/22/discounts/5/delete": nil,
		"/22/settings/privacy": {"topic": {api.TopicShopRedact}}, "/22/settings/webhooks/new": nil, "/22/settings/webhooks/6/edit": nil, "/22/settings/webhooks/6/pause": nil,
		"/22/settings/webhooks/6/test": nil, "/22/settings/webhooks/6/rotate-secret": nil, "/22/settings/webhooks/6/delete": nil, "/22/settings/webhooks/deliveries/2/resend": nil,
		"/22/settings/webhooks/deliveries/2": {"signature": {"x"}}, "/22/developer/clock/advance": {"by": {"1d"}}, "/22/developer/clock/freeze": nil, "/22/developer/clock/1/stop": nil,
		"/22/developer/apps/new": {"name": {"A"}}, "/22/developer/apps/1/edit": {"name": {"A"}}, "/22/developer/apps/1/rotate-secret": nil, "/22/developer/apps/1/delete": {"name": {"Restock"}},
		"/22/developer/apps/1/submit": nil, "/22/developer/review/1": {"status": {"suspended"}, "note": {"A"}},
		"/22/developer/faults": {"effect": {"webhook:drop"}}, "/22/developer/faults/clear": nil, "/22/developer/faults/1/clear": nil, "/22/developer/inspector/clear": nil, "/22/developer/inspector/bridge": nil,
	}
	for name, header := range map[string]http.Header{
		"another site":             {"Sec-Fetch-Site": {"cross-site"}, "Origin": {"http://evil.example"}},
		"the API's host":           {"Sec-Fetch-Site": {"same-site"}, "Origin": {d.PublicURL}},
		"an old browser elsewhere": {"Origin": {"http://evil.example"}},
		"a frame without origin":   {"Origin": {"null"}},
	} {
		for path, form := range forms {
			r := d.request(http.MethodPost, path, form.Encode())
			r.Header = header.Clone()
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			before := len(d.Requests("/"))
			if a := d.do(r); a.StatusCode != http.StatusForbidden || len(a.Cookies()) != 0 {
				t.Errorf("%s from %s: %s", path, name, a.Status)
			}
			if after := len(d.Requests("/")); after != before {
				t.Errorf("%s from %s reached the platform: %+v", path, name, d.Requests("/")[before:])
			}
		}
	}
}

// Pages and cookies belong to the public host; what reaches the dashboard
// under another name is sent there, or gets nothing.
func TestOtherHosts(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	for _, host := range []string{"localhost", "127.0.0.1", "evil.example", "admin.selorax.localhost.evil.example"} {
		for path, want := range map[string]int{"/22/orders?page=2": 307, "/healthz": 200, "/readyz": 200, "/api/auth/me": 421, "/live": 421} {
			r := d.request(http.MethodGet, path, "")
			r.Host = host + ":" + r.URL.Port()
			a := d.do(r)
			if a.StatusCode != want || want == 307 && a.Header.Get("Location") != d.URL+path {
				t.Errorf("%s on %s: %s %s", path, host, a.Status, a.Header.Get("Location"))
			}
		}
		r := d.request(http.MethodPost, "/logout", "")
		r.Host = host
		if a := d.do(r); a.StatusCode != http.StatusMisdirectedRequest {
			t.Errorf("POST on %s: %s", host, a.Status)
		}
	}
}

func TestLargeFormsAreRefused(t *testing.T) {
	t.Parallel()
	d := start(t)
	a := d.post("/login", login(strings.Repeat("a", 2<<20), "x", ""))
	if a.StatusCode < 400 || len(d.Requests("/api/auth/login")) != 0 {
		t.Errorf("%s, the platform got %d", a.Status, len(d.Requests("/api/auth/login")))
	}
}

func TestReady(t *testing.T) {
	t.Parallel()
	d := start(t)
	if a := d.get("/readyz"); a.StatusCode != http.StatusOK {
		t.Error(a.Status)
	}
	d.Fail(func(*http.Request) int { return 1 })
	if a := d.get("/readyz"); a.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("without the platform: %s", a.Status)
	}
	if a := d.get("/healthz"); a.StatusCode != http.StatusOK {
		t.Errorf("alive without the platform: %s", a.Status)
	}
}

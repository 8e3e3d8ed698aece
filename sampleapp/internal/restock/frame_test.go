package restock

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

// policy is what every page says about itself.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors " + dashboard

func TestFrameOpensForTheDashboard(t *testing.T) {
	t.Parallel()
	h := start(t)
	if a := h.get("/app/deeper/path?" + h.frameQuery(22)); a.status != http.StatusOK {
		t.Errorf("a deeper path gets %d", a.status)
	}
	if a := h.get("/app?" + h.returnQuery("5", 22)); a.status != http.StatusOK {
		t.Errorf("the return from a payment gets %d", a.status)
	}
	a := h.get("/app?" + h.frameQuery(22))
	if a.status != http.StatusOK || !strings.Contains(a.body, `type="module"`) {
		t.Errorf("%d %s", a.status, a.body)
	}
	if got := a.header.Get("Content-Security-Policy"); got != policy {
		t.Errorf("the policy is\n%s\nwant\n%s", got, policy)
	}
	if a.header.Get("X-Frame-Options") != "" || a.header.Get("Cache-Control") != "no-store" {
		t.Errorf("headers %v", a.header)
	}
}

func TestFrameRefuses(t *testing.T) {
	t.Parallel()
	h := start(t)
	good := h.frameQuery(22)
	h.pass(11 * time.Minute)
	for name, query := range map[string]string{
		"nothing":        "",
		"another store":  strings.Replace(h.frameQuery(22), "store_id=22", "store_id=23", 1),
		"added":          h.frameQuery(22) + "&charge_id=1",
		"another charge": strings.Replace(h.returnQuery("5", 22), "charge_id=5", "charge_id=6", 1),
		"twice":          h.frameQuery(22) + "&store_id=23",
		"no signature":   strings.Split(h.frameQuery(22), "&hmac=")[0],
		"stale":          good,
	} {
		a := h.get("/app?" + query)
		if a.status != http.StatusUnauthorized || strings.Contains(a.body, "<script") {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
		if a.header.Get("Content-Security-Policy") != policy {
			t.Errorf("%s: the refusal has the policy %s", name, a.header.Get("Content-Security-Policy"))
		}
	}
}

// Pages hold no script, style or handler of their own: the policy would block
// them. What they refer to exists and may be kept for good.
func TestPagesFitThePolicy(t *testing.T) {
	t.Parallel()
	h := start(t)
	inline := regexp.MustCompile(`(?i)<style|<script[^>]*>[^<]|\sstyle=|\son[a-z]+=|javascript:`)
	assets := regexp.MustCompile(`"(/assets/[^"]+)"`)
	for _, path := range []string{"/app?" + h.frameQuery(22), "/", "/install", "/app"} {
		page := h.get(path)
		if found := inline.FindString(page.body); found != "" {
			t.Errorf("%s holds %s", path, found)
		}
		found := assets.FindAllStringSubmatch(page.body, -1)
		if len(found) < 2 {
			t.Errorf("%s refers to %v", path, found)
		}
		for _, match := range found {
			a := h.get(match[1])
			if a.status != http.StatusOK || !strings.Contains(a.header.Get("Cache-Control"), "immutable") {
				t.Errorf("%s: %d %v", match[1], a.status, a.header)
			}
		}
	}
}

func TestAssetTypes(t *testing.T) {
	t.Parallel()
	h := start(t)
	for name, want := range map[string]string{"page.css": "text/css", "app.js": "text/javascript", "bridge.js": "text/javascript", "icon.svg": "image/svg+xml"} {
		a := h.get(h.app.assets.url(name))
		if a.status != http.StatusOK || !strings.HasPrefix(a.header.Get("Content-Type"), want) || a.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d %v", name, a.status, a.header)
		}
	}
	if a := h.get("/assets/000000000000/app.js"); a.status != http.StatusNotFound {
		t.Errorf("an unknown asset gets %d", a.status)
	}
}

// The store of a request is that of its session token, whatever else it says.
func TestTokenDecidesTheStore(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	h.install(23)
	session := h.session(23)
	for _, query := range []string{"", "?store_id=22", "?" + h.frameQuery(22)} {
		a := h.get("/api/overview"+query, "X-Session-Token", session, "X-Store-Id", "22")
		if a.status != http.StatusOK || !strings.Contains(a.body, `"Store 23"`) || strings.Contains(a.body, `"Store 22"`) || !strings.Contains(a.body, `"order_id":2301`) {
			t.Errorf("%q: %d %s", query, a.status, a.body)
		}
	}
}

func TestDataNeedsASession(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	old := h.session(22)
	h.pass(11 * time.Minute)
	for _, path := range []string{"/api/overview", "/api/events"} {
		for token, code := range map[string]string{"": "invalid_token", "abc": "invalid_token", old: "expired_token", h.session(22) + "x": "invalid_token"} {
			a := h.get(path, "X-Session-Token", token)
			if a.status != http.StatusUnauthorized || !strings.Contains(a.body, code) {
				t.Errorf("%s with %q: %d %s, want %s", path, token, a.status, a.body, code)
			}
		}
		if a := h.get(path+"?"+h.frameQuery(22), "Authorization", "Bearer "+h.session(22)); a.status != http.StatusUnauthorized {
			t.Errorf("%s: a signed address stands in for a token: %d", path, a.status)
		}
		if a := h.get(path, "X-Session-Token", h.session(22)); a.status != http.StatusOK || a.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v", path, a.status, a.header)
		}
	}
}

func TestMoneyStaysExact(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.install(22)
	if a := h.overview(22); !strings.Contains(a.body, `"grand_total":1460.00`) {
		t.Errorf("got %s", a.body)
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	h := start(t)
	for _, path := range []string{"/", "/healthz", "/readyz"} {
		if a := h.get(path); a.status != http.StatusOK {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	if a := h.get("/nothing"); a.status != http.StatusNotFound {
		t.Errorf("an unknown page gets %d", a.status)
	}
}

package site_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/selorax/sandbox/dashboard/internal/platformtest"
	"github.com/selorax/sandbox/dashboard/internal/session"
)

func login(email, password, returnTo string) url.Values {
	return url.Values{"email": {email}, "password": {password}, "return_to": {returnTo}}
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	d := start(t)
	a := d.post("/login", login(" "+platformtest.Merchant+" ", platformtest.Password, ""))
	if a.StatusCode != http.StatusSeeOther || a.where() != "/" {
		t.Fatalf("%s to %s: %s", a.Status, a.where(), a.Text())
	}
	var got *http.Cookie
	for _, c := range a.Cookies() {
		if c.Name == session.CookieName {
			got = c
		}
	}
	if got == nil || !got.HttpOnly || got.Secure || got.SameSite != http.SameSiteLaxMode || got.Domain != "" || got.Path != "/" || time.Until(got.Expires) < 89*24*time.Hour {
		t.Errorf("the session cookie is %v", got)
	}
	if strings.Contains(a.text, got.Value) || strings.Contains(a.where(), got.Value) {
		t.Error("the token is in the answer")
	}
	if a := d.get("/"); a.StatusCode != http.StatusSeeOther || a.where() != "/22" {
		t.Errorf("/ leads to %s", a.where())
	}
	if text := d.see("/22").One(hook("account-menu")).Text(); !strings.Contains(text, "Farzana Rahman") {
		t.Errorf("the account is %q", text)
	}
}

func TestSignInRefused(t *testing.T) {
	t.Parallel()
	d := start(t)
	for name, test := range map[string]struct {
		email, password string
		status          int
		says            string
	}{
		"wrong password": {platformtest.Merchant, "wrong", http.StatusUnauthorized, "Wrong email or password."},
		"unknown":        {"nobody@example.com", platformtest.Password, http.StatusUnauthorized, "Wrong email or password."},
		"no password":    {platformtest.Merchant, "", http.StatusUnprocessableEntity, "Enter your email and your password."},
		"no email":       {"  ", platformtest.Password, http.StatusUnprocessableEntity, "Enter your email and your password."},
		"markup":         {`"><img src=x>`, "x", http.StatusUnauthorized, "Wrong email or password."},
	} {
		a := d.post("/login", login(test.email, test.password, "/22/orders"))
		if a.StatusCode != test.status || a.One(hook("login-error")).Text() != test.says || len(a.Cookies()) != 0 {
			t.Errorf("%s: %s %q %v", name, a.Status, a.Texts(hook("login-error")), a.Cookies())
		}
		email := a.One(hook("login-email"))
		if email.Attr("value") != strings.TrimSpace(test.email) || email.Attr("aria-describedby") != a.One(hook("login-error")).Attr("id") {
			t.Errorf("%s: the email field is %q, described by %q", name, email.Attr("value"), email.Attr("aria-describedby"))
		}
		if a.One(hook("login-password")).Attr("value") != "" {
			t.Errorf("%s: the password came back", name)
		}
		if back := a.One(`[name="return_to"]`).Attr("value"); back != "/22/orders" {
			t.Errorf("%s: it would return to %q", name, back)
		}
	}
}

// The place to go on to is one of this dashboard, whatever the link says.
func TestReturnAfterSignIn(t *testing.T) {
	t.Parallel()
	d := start(t)
	for returnTo, want := range map[string]string{
		"/22/orders?status=hold":     "/22/orders?status=hold",
		"/oauth/consent?request=abc": "/oauth/consent?request=abc",
		"//evil.example":             "/",
		`/\evil.example`:             "/",
		"https://evil.example":       "/",
		"javascript:alert(1)":        "/",
		"/login?return_to=/22":       "/",
	} {
		form := d.get("/login?" + url.Values{"return_to": {returnTo}}.Encode())
		if got := form.One(`[name="return_to"]`).Attr("value"); got != want {
			t.Errorf("%q is in the form as %q", returnTo, got)
		}
		a := d.post("/login", login(platformtest.Merchant, platformtest.Password, returnTo))
		if a.StatusCode != http.StatusSeeOther || a.where() != want {
			t.Errorf("%q leads to %q, want %q", returnTo, a.where(), want)
		}
		if signedIn := d.get("/login?" + url.Values{"return_to": {returnTo}}.Encode()); signedIn.where() != want {
			t.Errorf("signed in, %q leads to %q, want %q", returnTo, signedIn.where(), want)
		}
		d.client = newClient(t)
	}
}

// A session that is missing or has ended leads to the sign-in and back.
func TestSessionEnded(t *testing.T) {
	t.Parallel()
	d := start(t)
	paths := []string{"/22", "/22/orders?status=hold&page=2", "/22/apps/e/restock/a", "/22/settings/apps/restock", "/oauth/consent?request=abc"}
	for _, path := range paths {
		if a := d.get(path); a.StatusCode != http.StatusSeeOther || a.where() != session.LoginPath(path) {
			t.Errorf("signed out, %s leads to %s", path, a.where())
		}
	}
	d.as(platformtest.Merchant)
	d.see("/22")
	d.EndSessions()
	for _, path := range paths {
		a := d.get(path)
		if a.StatusCode != http.StatusSeeOther || a.where() != session.LoginPath(path) {
			t.Errorf("%s leads to %s", path, a.where())
		}
	}
	if a := d.post("/22/orders/1200/status", url.Values{"status": {"confirmed"}}); a.StatusCode != http.StatusSeeOther || !strings.HasPrefix(a.where(), "/login") {
		t.Errorf("a form leads to %s %s", a.Status, a.where())
	}
}

func TestSignOut(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	a := d.post("/logout", nil)
	if a.StatusCode != http.StatusSeeOther || a.where() != "/login" {
		t.Errorf("%s to %s", a.Status, a.where())
	}
	if len(d.Requests("/api/auth/logout")) != 1 {
		t.Error("the platform was not told")
	}
	if a := d.get("/22"); a.where() != "/login?return_to=%2F22" {
		t.Errorf("/22 leads to %q", a.where())
	}
}

// A platform that is away keeps nobody signed in.
func TestSignOutWithoutPlatform(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	d.Fail(func(*http.Request) int { return 1 })
	if a := d.post("/logout", nil); a.where() != "/login" || len(a.Cookies()) == 0 || a.Cookies()[0].MaxAge >= 0 {
		t.Errorf("%s to %s, %v", a.Status, a.where(), a.Cookies())
	}
}

func TestStores(t *testing.T) {
	t.Parallel()
	d := start(t).as(platformtest.Merchant)
	a := d.see("/23/products")
	if text := a.One(hook("store-switcher")).Text(); !strings.Contains(text, "Dhaka Gadget House") {
		t.Errorf("the store is %q", text)
	}
	if a.Count(hook("store-22")) != 1 || a.Count(hook("store-24")) != 0 {
		t.Error("the stores to choose from are not the user's")
	}
	for _, path := range []string{"/24", "/24/orders", "/24/apps/e/restock", "/99", "/0", "/99999999999999999999"} {
		if a := d.get(path); a.StatusCode != http.StatusNotFound || a.Count(hook("problem", "status", "404")) != 1 {
			t.Errorf("%s: %s", path, a.Status)
		}
	}
}

package session_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/dashboard/internal/session"
)

func TestReturnTo(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"":                              "/",
		"/":                             "/",
		"/22":                           "/22",
		"/22/orders?status=pending&a=b": "/22/orders?status=pending&a=b",
		"/oauth/consent?request=abc":    "/oauth/consent?request=abc",
		"/22/apps/e/restock/a/b/":       "/22/apps/e/restock/a/b/",
		"/22?next=http://evil.example/": "/22?next=http://evil.example/",

		"22":                            "/",
		"//evil.example":                "/",
		"///evil.example":               "/",
		"/\\evil.example":               "/",
		"\\\\evil.example":              "/",
		"/\t/evil.example":              "/",
		"/\n//evil.example":             "/",
		" //evil.example":               "/",
		"http://evil.example":           "/",
		"http:evil.example":             "/",
		"javascript:alert(1)":           "/",
		"https:///evil.example":         "/",
		"/..//evil.example":             "/",
		"/22/..//evil.example":          "/",
		"/./22":                         "/",
		"/22/../23":                     "/",
		"/%2e%2e/%2fevil.example":       "/",
		"/%2f/evil.example":             "/",
		"/%5cevil.example":              "/",
		"/login":                        "/",
		"/login?return_to=/login":       "/",
		"/logout":                       "/",
		"/%zz":                          "/",
		"/" + strings.Repeat("a", 3000): "/",
	} {
		if got := session.ReturnTo(given); got != want {
			t.Errorf("ReturnTo(%q) = %q, want %q", given, got, want)
		}
	}
}

func TestLoginPath(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"/": "/login", "//evil.example": "/login", "/22/orders?status=hold": "/login?return_to=%2F22%2Forders%3Fstatus%3Dhold",
	} {
		if got := session.LoginPath(given); got != want {
			t.Errorf("LoginPath(%q) = %q, want %q", given, got, want)
		}
	}
}

func TestSessionCookie(t *testing.T) {
	t.Parallel()
	for _, secure := range []bool{false, true} {
		w := httptest.NewRecorder()
		expires := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
		session.Cookies{Secure: secure}.SignIn(w, "secret-token", expires)
		got := w.Result().Cookies()[0]
		got.Raw, got.RawExpires = "", ""
		want := &http.Cookie{
			Name: "x_auth_token", Value: "secret-token", Path: "/", Expires: expires,
			HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("secure %t (-want +got):\n%s", secure, diff)
		}
	}
}

func TestSignOutForgets(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	session.Cookies{}.SignOut(w)
	if got := w.Result().Cookies()[0]; got.Name != session.CookieName || got.Value != "" || got.MaxAge >= 0 {
		t.Errorf("got %v", got)
	}
}

func TestFlashIsShownOnce(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	want := session.Flash{Tone: "success", Text: `Order "১" is <now> confirmed; done.`}
	session.Cookies{}.SetFlash(w, want)
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.AddCookie(w.Result().Cookies()[0])
	w = httptest.NewRecorder()
	got := session.Cookies{}.TakeFlash(w, r)
	if diff := cmp.Diff(&want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if dropped := w.Result().Cookies(); len(dropped) != 1 || dropped[0].MaxAge >= 0 {
		t.Errorf("the flash stays: %v", dropped)
	}
}

func TestNoFlash(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"", "%%%", "bm90IGpzb24", "e30"} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.AddCookie(&http.Cookie{Name: "flash", Value: value})
		if f := (session.Cookies{}).TakeFlash(httptest.NewRecorder(), r); f != nil {
			t.Errorf("%q gave %+v", value, f)
		}
	}
}

func TestTheme(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{"light": "light", "dark": "dark", "": "", "purple": "", `"><script>`: ""} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.AddCookie(&http.Cookie{Name: "theme", Value: value})
		if got := session.Theme(r); got != want {
			t.Errorf("theme %q is taken for %q", value, got)
		}
	}
}

// A form's token is good until it is used, and only in its browser.
func TestOnce(t *testing.T) {
	t.Parallel()
	var c session.Cookies
	first := httptest.NewRecorder()
	token := c.Once(first, httptest.NewRequest(http.MethodGet, "/", nil))
	kept := httptest.NewRequest(http.MethodPost, "/", nil)
	for _, cookie := range first.Result().Cookies() {
		kept.AddCookie(cookie)
	}
	if other := c.Once(httptest.NewRecorder(), kept); other != token {
		t.Errorf("a second form has the token %q, want %q", other, token)
	}
	for given, want := range map[string]bool{token: true, "": false, token + "x": false} {
		if got := c.IsOnce(kept, given); got != want {
			t.Errorf("%q counts: %v", given, got)
		}
	}
	none := httptest.NewRequest(http.MethodPost, "/", nil)
	if c.IsOnce(none, token) || c.IsOnce(none, "") {
		t.Error("a token counts without its cookie")
	}
	used := httptest.NewRecorder()
	c.UseOnce(used)
	if gone := used.Result().Cookies(); len(gone) != 1 || gone[0].MaxAge >= 0 {
		t.Errorf("the cookie stays: %v", gone)
	}
}

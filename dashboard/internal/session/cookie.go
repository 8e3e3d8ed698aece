package session

import (
	"net/http"
	"time"
)

// CookieName is the platform's name of the dashboard session.
const CookieName = "x_auth_token"

// Cookies writes the dashboard's cookies. All are host-only and SameSite=Lax:
// the way back from an app's page is a navigation from another site.
type Cookies struct {
	// Secure is set when browsers reach the dashboard by https.
	Secure bool
}

// Token returns the session token, or "".
func Token(r *http.Request) string { return value(r, CookieName) }

// SignIn keeps the session token until it expires.
func (c Cookies) SignIn(w http.ResponseWriter, token string, expires time.Time) {
	http.SetCookie(w, c.cookie(CookieName, token, expires))
}

// SignOut forgets the session token.
func (c Cookies) SignOut(w http.ResponseWriter) { c.drop(w, CookieName) }

func (c Cookies) cookie(name, value string, expires time.Time) *http.Cookie {
	return &http.Cookie{
		Name: name, Value: value, Path: "/", Expires: expires,
		HttpOnly: true, Secure: c.Secure, SameSite: http.SameSiteLaxMode,
	}
}

func (c Cookies) drop(w http.ResponseWriter, name string) {
	gone := c.cookie(name, "", time.Unix(1, 0))
	gone.MaxAge = -1
	http.SetCookie(w, gone)
}

func value(r *http.Request, name string) string {
	cookie, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return cookie.Value
}

package session

import (
	"crypto/rand"
	"crypto/subtle"
	"net/http"
	"time"
)

const onceName = "once"

// Once returns the token of forms that must not be sent twice, because the
// answer shows a secret and a reload would make another. A form carries it; the
// browser keeps it until one of them is used.
func (c Cookies) Once(w http.ResponseWriter, r *http.Request) string {
	token := value(r, onceName)
	if token == "" {
		token = rand.Text()
		http.SetCookie(w, c.cookie(onceName, token, time.Time{}))
	}
	return token
}

// IsOnce reports whether a form's token was not used yet in this browser.
func (c Cookies) IsOnce(r *http.Request, token string) bool {
	kept := value(r, onceName)
	return kept != "" && subtle.ConstantTimeCompare([]byte(kept), []byte(token)) == 1
}

// UseOnce ends the token that waits: the next page has another.
func (c Cookies) UseOnce(w http.ResponseWriter) { c.drop(w, onceName) }

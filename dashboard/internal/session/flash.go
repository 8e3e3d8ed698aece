package session

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"time"
)

const (
	flashName = "flash"
	flashLife = time.Minute
)

// Flash is a sentence shown once, on the next page, about what was just done.
type Flash struct {
	Tone string `json:"tone"` // success, info or danger
	Text string `json:"text"`
	// Moved is a move of the clock whose effects the page lists; 0: none.
	Moved int64 `json:"moved,omitempty"`
}

// SetFlash keeps a flash for the next page.
func (c Cookies) SetFlash(w http.ResponseWriter, f Flash) {
	text, _ := json.Marshal(f) // strings and numbers always have a JSON form
	cookie := c.cookie(flashName, base64.RawURLEncoding.EncodeToString(text), time.Time{})
	cookie.MaxAge = int(flashLife.Seconds())
	http.SetCookie(w, cookie)
}

// TakeFlash returns the flash that waits, if one does, and forgets it.
func (c Cookies) TakeFlash(w http.ResponseWriter, r *http.Request) *Flash {
	text, err := base64.RawURLEncoding.DecodeString(value(r, flashName))
	if err != nil || len(text) == 0 {
		return nil
	}
	c.drop(w, flashName)
	var f Flash
	if json.Unmarshal(text, &f) != nil || f.Text == "" {
		return nil
	}
	return &f
}

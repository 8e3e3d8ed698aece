package session

import "net/http"

// Theme returns the colours chosen in this browser: "light", "dark", or ""
// for the system's. The page's own script writes the cookie.
func Theme(r *http.Request) string {
	if v := value(r, "theme"); v == "light" || v == "dark" {
		return v
	}
	return ""
}

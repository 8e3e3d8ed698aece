package site

import (
	"net/http"
	"strings"
)

// policy is what a page may do beyond the least: which frames it holds, where
// its forms lead. Chrome applies form-action to the redirects after a form
// too.
type policy struct {
	frame []string
	form  []string
}

// onToApp is where the redirects after a decision may lead: the app's own
// address, and wherever the app sends the merchant on from there. The platform
// has checked the first; the others are the app's business, as after any
// sign-in.
var onToApp = []string{"http:", "https:"}

// allow writes a page's Content-Security-Policy. Scripts and styles come from
// here alone; the import map is the one inline script and goes by its hash.
// No page of the dashboard stands in a frame.
func (s *site) allow(w http.ResponseWriter, p policy) {
	frames := strings.Join(p.frame, " ")
	if frames == "" {
		frames = "'none'"
	}
	w.Header().Set("Content-Security-Policy", strings.Join([]string{
		"default-src 'none'",
		"script-src 'self' " + s.assets.ImportMapHash(),
		"style-src 'self'",
		"img-src 'self' data: " + s.PlatformPublicURL,
		"connect-src 'self' ws" + strings.TrimPrefix(s.PublicURL, "http"),
		"frame-src " + frames,
		"form-action " + strings.Join(append([]string{"'self'"}, p.form...), " "),
		"base-uri 'none'",
		"frame-ancestors 'none'",
	}, "; "))
}

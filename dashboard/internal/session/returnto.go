package session

import (
	"net/url"
	"path"
	"strings"
)

const maxReturn = 2000

// ReturnTo returns where a sign-in goes on: the given path if it is one of
// this dashboard's, else "/". What a browser could read as another host, or
// would normalise into one, is not.
func ReturnTo(given string) string {
	if len(given) > maxReturn || !strings.HasPrefix(given, "/") || strings.HasPrefix(given, "//") {
		return "/"
	}
	if strings.ContainsFunc(given, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\\' }) {
		return "/"
	}
	u, err := url.Parse(given)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" {
		return "/"
	}
	if strings.Contains(u.Path, "//") || strings.Contains(u.Path, `\`) || dotted(u.Path) || signing(u.Path) {
		return "/"
	}
	return given
}

// dotted reports whether a browser would take parts out of the path.
func dotted(p string) bool { return path.Clean(p) != p && path.Clean(p)+"/" != p }

// signing names the pages that would send the user in a circle.
func signing(p string) bool { return p == "/login" || p == "/logout" }

// LoginPath is the sign-in page that returns to the given place.
func LoginPath(returnTo string) string {
	if returnTo = ReturnTo(returnTo); returnTo == "/" {
		return "/login"
	}
	return "/login?" + url.Values{"return_to": {returnTo}}.Encode()
}

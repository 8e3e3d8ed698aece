package frame

import (
	"net/url"
	"regexp"
	"strings"
)

// host is what an origin's host may be written with; nothing that could end a
// source expression of a Content-Security-Policy.
var host = regexp.MustCompile(`^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?$`)

// Origin returns the origin of a URL, "http://restock.localhost:5010", if it
// is one of the web that may stand in a Content-Security-Policy.
func Origin(rawURL string) (string, bool) {
	u, err := url.Parse(rawURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
		return "", false
	}
	name := strings.ToLower(u.Host)
	if !host.MatchString(name) {
		return "", false
	}
	if port := u.Port(); u.Scheme == "http" && port == "80" || u.Scheme == "https" && port == "443" {
		name = strings.TrimSuffix(name, ":"+port)
	}
	return u.Scheme + "://" + name, true
}

// DeepPath reports whether the rest of a deep link, in its escaped form, may
// be appended to an app's own path: it must not lead out of it.
func DeepPath(escaped string) bool {
	if escaped == "" {
		return true
	}
	plain, err := url.PathUnescape(escaped)
	if err != nil || strings.ContainsFunc(plain, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\\' }) {
		return false
	}
	for part := range strings.SplitSeq(strings.TrimPrefix(strings.TrimSuffix(plain, "/"), "/"), "/") {
		if part == "" || part == "." || part == ".." {
			return false
		}
	}
	return true
}

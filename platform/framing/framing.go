package framing

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Refusal returns the header of an app's answer that keeps the ancestor from
// framing it, or "". It follows HTML's "check a navigation response's
// adherence to X-Frame-Options": a frame-ancestors directive takes its place.
func Refusal(h http.Header, app, ancestor *url.URL) string {
	policies := ancestorLists(h.Values("Content-Security-Policy"))
	for _, sources := range policies {
		if !slices.ContainsFunc(sources, func(s string) bool { return admits(s, app, ancestor) }) {
			return strings.TrimSpace("Content-Security-Policy: frame-ancestors " + strings.Join(sources, " "))
		}
	}
	if len(policies) > 0 {
		return ""
	}
	if options := frameOptions(h.Values("X-Frame-Options")); forbids(options) {
		return "X-Frame-Options: " + strings.ToUpper(strings.Join(options, ", "))
	}
	return ""
}

// ancestorLists returns the sources of each policy that has a frame-ancestors
// directive. Of a repeated directive the first counts.
func ancestorLists(headers []string) (lists [][]string) {
	for policy := range strings.SplitSeq(strings.Join(headers, ","), ",") {
		for directive := range strings.SplitSeq(policy, ";") {
			words := strings.Fields(directive)
			if len(words) > 0 && strings.EqualFold(words[0], "frame-ancestors") {
				lists = append(lists, words[1:])
				break
			}
		}
	}
	return lists
}

// admits reports whether a source expression of CSP Level 3 matches the origin
// of the ancestor. 'self' never does: the app is of another origin.
func admits(source string, app, ancestor *url.URL) bool {
	source = strings.ToLower(source)
	if source == "*" {
		return true
	}
	if strings.HasPrefix(source, "'") {
		return false
	}
	scheme, rest, found := strings.Cut(source, "://")
	if !found {
		if scheme, isScheme := strings.CutSuffix(source, ":"); isScheme {
			return schemeMatches(scheme, ancestor.Scheme)
		}
		scheme, rest = app.Scheme, source // without a scheme, that of the framed page counts
	}
	rest, _, _ = strings.Cut(rest, "/")
	host, port := splitPort(rest)
	return schemeMatches(scheme, ancestor.Scheme) && hostMatches(host, ancestor.Hostname()) &&
		portMatches(port, scheme, ancestor)
}

func schemeMatches(scheme, of string) bool {
	return scheme == of || scheme == "http" && of == "https"
}

func hostMatches(pattern, host string) bool {
	host = strings.ToLower(host)
	if suffix, wild := strings.CutPrefix(pattern, "*."); wild {
		return strings.HasSuffix(host, "."+suffix)
	}
	return pattern == "*" || pattern == host
}

func portMatches(port, scheme string, ancestor *url.URL) bool {
	of := portOf(ancestor)
	switch port {
	case "*", of:
		return true
	case "":
		return of == DefaultPort(ancestor.Scheme)
	}
	return port == "80" && of == "443" && scheme == "http"
}

// splitPort splits host[:port]; the host may be a bracketed IPv6 address.
func splitPort(s string) (host, port string) {
	if i := strings.LastIndexByte(s, ':'); i > strings.LastIndexByte(s, ']') {
		s, port = s[:i], s[i+1:]
	}
	return strings.Trim(s, "[]"), port
}

func portOf(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	return DefaultPort(u.Scheme)
}

// DefaultPort is the port of a scheme that a URL may leave out.
func DefaultPort(scheme string) string {
	if scheme == "https" {
		return "443"
	}
	return "80"
}

// frameOptions returns the distinct values of X-Frame-Options.
func frameOptions(headers []string) (values []string) {
	for value := range strings.SplitSeq(strings.Join(headers, ","), ",") {
		value = strings.ToLower(strings.TrimSpace(value))
		if value != "" && !slices.Contains(values, value) {
			values = append(values, value)
		}
	}
	return values
}

// forbids reports whether browsers refuse: unknown values such as allow-from
// are ignored, but a known one beside another is taken for a mistake.
func forbids(options []string) bool {
	if len(options) == 1 {
		return options[0] == "deny" || options[0] == "sameorigin"
	}
	return slices.ContainsFunc(options, func(o string) bool {
		return o == "deny" || o == "sameorigin" || o == "allowall"
	})
}

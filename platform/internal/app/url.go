package app

import (
	"net/url"
	"strings"
)

const maxURL = 2048

// urlComplaint says what is wrong with a URL that an app registers, or "".
// Outside this machine it must be https; what is compared or appended to later
// has no fragment and no wildcard.
func urlComplaint(text string) string {
	u, err := url.Parse(text)
	switch {
	case len(text) > maxURL:
		return "must have at most 2048 characters"
	case err != nil || u.Host == "" || u.Hostname() == "" || strings.ContainsAny(text, " \\\t\r\n"):
		return "must be a whole URL such as https://app.example.com/path"
	case u.Scheme != "https" && u.Scheme != "http":
		return "must begin with https://"
	case u.Scheme == "http" && !onThisMachine(u.Hostname()):
		return "must be https; http is for this machine: localhost, *.localhost, 127.0.0.1, [::1]"
	case u.User != nil:
		return "must not contain a user name or password"
	case strings.Contains(text, "#"):
		return "must not have a fragment, the part from #"
	case strings.Contains(text, "*"):
		return "must not have a wildcard: name each address by itself"
	}
	return ""
}

// baseComplaint is urlComplaint for a URL that paths are appended to.
func baseComplaint(text string) string {
	if complaint := urlComplaint(text); complaint != "" {
		return complaint
	}
	if strings.Contains(text, "?") {
		return "must not have a query: paths are appended to it"
	}
	return ""
}

func onThisMachine(host string) bool {
	host = strings.ToLower(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || host == "127.0.0.1" || host == "::1"
}

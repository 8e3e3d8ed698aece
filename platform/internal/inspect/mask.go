package inspect

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// What is masked keeps its first characters, so that two can be told apart. A
// text without any of the words is not searched: most have none, and to look for
// a word is a hundred times quicker.
var masks = []struct {
	words []string
	find  *regexp.Regexp
}{
	// by what they look like
	{[]string{"sx_secret_", "sx_at_", "sx_rt_", "sx_ac_", "whsec_"}, regexp.MustCompile(`((?:sx_secret_|sx_at_|sx_rt_|sx_ac_|whsec_)[A-Za-z0-9_-]{0,4})[A-Za-z0-9_+/=-]*`)},
	{[]string{"eyJ"}, regexp.MustCompile(`(eyJ[A-Za-z0-9_-]{3})[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?`)},
	// by the name they go by
	{[]string{`secret"`, `verifier"`, `password"`, `key"`, `token"`}, regexp.MustCompile(`("(?:client_secret|code_verifier|password|secret|session_signing_key|access_token|refresh_token|session_token)"\s*:\s*"(?:sx_[a-z]+_|whsec_)?(?:[^"\\…]|\\.){0,4})(?:[^"\\]|\\.)*`)},
	{[]string{"secret=", "verifier=", "password=", "token=", "code="}, regexp.MustCompile(`((?:^|[?&])(?:client_secret|code_verifier|password|secret|access_token|refresh_token|session_token|token|code)=(?:sx_[a-z]+_|whsec_)?[^&\s…]{0,4})[^&\s]*`)},
}

// mask takes secrets out of a text.
func mask(text string) string {
	for _, m := range masks {
		if slices.ContainsFunc(m.words, func(word string) bool { return strings.Contains(text, word) }) {
			text = m.find.ReplaceAllString(text, "$1…")
		}
	}
	return text
}

// hidden are headers whose value nobody has to see: they are the dashboard's
// and the command line's own.
var hidden = []string{"X-Auth-Token", "Cookie", "Set-Cookie", http.CanonicalHeaderKey(api.HeaderControlKey)}

// schemes of credentials, which stand before them.
var scheme = regexp.MustCompile(`^(Bearer|Basic) +(\S{0,9})\S*$`)

// maskHeader returns a value of a header without secrets.
func maskHeader(name, value string) string {
	switch name = http.CanonicalHeaderKey(name); {
	case slices.Contains(hidden, name):
		return "…"
	case name == http.CanonicalHeaderKey(api.HeaderClientSecret):
		return value[:min(len(value), len(api.PrefixClientSecret)+4)] + "…"
	case name == "Authorization" && scheme.MatchString(value):
		return scheme.ReplaceAllString(value, "$1 $2…")
	case name == "Authorization":
		return "…"
	}
	return mask(value)
}

// headers returns headers in the order of their names, masked.
func headers(h http.Header) []api.InspectorHeader {
	list := []api.InspectorHeader{}
	for name, values := range h {
		for _, value := range values {
			list = append(list, api.InspectorHeader{Name: name, Value: maskHeader(name, value)})
		}
	}
	slices.SortStableFunc(list, func(a, b api.InspectorHeader) int { return strings.Compare(a.Name, b.Name) })
	return list
}

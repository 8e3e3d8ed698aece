package app

import (
	"net/url"
	"strings"
	"testing"
)

func TestRegisteredAddresses(t *testing.T) {
	t.Parallel()
	for text, fits := range map[string]bool{
		"https://app.example.com/oauth/callback":               true,
		"https://app.example.com/callback?a=b":                 true,
		"http://localhost:3000/oauth/callback":                 true,
		"http://restock.localhost:5010/callback":               true,
		"http://127.0.0.1:3000/":                               true,
		"http://[::1]:3000/":                                   true,
		"http://app.example.com/callback":                      false,
		"http://localhost.evil.example/":                       false,
		"https://app.example.com/callback#part":                false,
		"https://*.example.com/":                               false,
		"https://user:secret@app.example.com/":                 false,
		"javascript:alert(1)":                                  false,
		"data:text/html,x":                                     false,
		"//app.example.com/":                                   false,
		"/oauth/callback":                                      false,
		"https://":                                             false,
		"https://app.example.com/\ncallback":                   false,
		"https://app.example.com/" + strings.Repeat("x", 3000): false,
	} {
		if why := urlComplaint(text); (why == "") != fits {
			t.Errorf("%.80q: %q", text, why)
		}
	}
}

// What passes leads to https, or to this machine, and nowhere else.
func FuzzRegisteredAddresses(f *testing.F) {
	f.Add("https://app.example.com/oauth/callback")
	f.Add("http://localhost:3000/")
	f.Add("http://localhost@evil.example/")
	f.Add(`http://localhost\@evil.example/`)
	f.Fuzz(func(t *testing.T, text string) {
		if urlComplaint(text) != "" {
			return
		}
		u, err := url.Parse(text)
		if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" || strings.ContainsAny(text, " \t\r\n\\*") {
			t.Errorf("%q passed", text)
			return
		}
		host := strings.ToLower(u.Hostname())
		local := host == "localhost" || strings.HasSuffix(host, ".localhost") || host == "127.0.0.1" || host == "::1"
		if u.Scheme != "https" && !(u.Scheme == "http" && local) {
			t.Errorf("%q passed, to %s on %s", text, u.Scheme, host)
		}
	})
}

package frame

import "testing"

func TestOrigin(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"http://restock.localhost:5010":           "http://restock.localhost:5010",
		"http://restock.localhost:5010/app?x=1#y": "http://restock.localhost:5010",
		"https://App.Example.com/":                "https://app.example.com",
		"https://app.example.com:443":             "https://app.example.com",
		"http://app.example.com:80/app":           "http://app.example.com",
		"http://app.example.com:443":              "http://app.example.com:443",
		"http://127.0.0.1:3000":                   "http://127.0.0.1:3000",
		"http://[::1]:3000/":                      "http://[::1]:3000",

		"":                                 "",
		"app.example.com":                  "",
		"//app.example.com":                "",
		"ftp://app.example.com":            "",
		"javascript:alert(1)":              "",
		"data:text/html,x":                 "",
		"https://user@app.example.com":     "",
		"https://app.example.com;script":   "",
		"https://a.example 'unsafe-inline": "",
		"https://*.example.com":            "",
		"https://a,b":                      "",
		"http://[::1%25lo]":                "",
		"https://":                         "",
		"http://a.example:99999999":        "",
	} {
		if got, ok := Origin(given); got != want || ok != (want != "") {
			t.Errorf("Origin(%q) = %q, %t, want %q", given, got, ok, want)
		}
	}
}

func TestDeepPath(t *testing.T) {
	t.Parallel()
	for escaped, want := range map[string]bool{
		"": true, "orders": true, "orders/5": true, "orders/5/": true, "a%20b/%E0%A6%AB": true, "a.b/..c/c..": true, "x:y@z": true,
		"/": false, "//evil.example": false, "a//b": false, "..": false, "../x": false, "a/../../x": false, "a/.": false,
		"%2e%2e/x": false, "a/%2E%2e": false, "%2e": false, "a%2f%2fb": false, "a%2f..%2fb": false, `a\b`: false, "a%5cb": false, "%00": false, "a%0ab": false, "%zz": false,
	} {
		if got := DeepPath(escaped); got != want {
			t.Errorf("DeepPath(%q) = %t", escaped, got)
		}
	}
}

package framing_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/selorax/sandbox/platform/framing"
)

const dashboardOrigin = "http://admin.selorax.localhost:5080"

// TestRefusal checks framing headers against what Chromium does with them.
func TestRefusal(t *testing.T) {
	t.Parallel()
	const csp, xfo = "Content-Security-Policy", "X-Frame-Options"
	for name, test := range map[string]struct {
		headers   [][2]string
		dashboard string // dashboardOrigin if empty
		refused   bool
	}{
		"nothing":                {nil, "", false},
		"deny":                   {[][2]string{{xfo, "deny"}}, "", true},
		"same origin":            {[][2]string{{xfo, "SameOrigin"}}, "", true},
		"allow-from is unknown":  {[][2]string{{xfo, "ALLOW-FROM https://a.example"}}, "", false},
		"contradiction":          {[][2]string{{xfo, "ALLOWALL"}, {xfo, "nonsense"}}, "", true},
		"CSP outranks options":   {[][2]string{{xfo, "DENY"}, {csp, "frame-ancestors *"}}, "", false},
		"CSP without ancestors":  {[][2]string{{xfo, "DENY"}, {csp, "default-src 'self'"}}, "", true},
		"report only":            {[][2]string{{csp + "-Report-Only", "frame-ancestors 'none'"}}, "", false},
		"none":                   {[][2]string{{csp, "frame-ancestors 'none'"}}, "", true},
		"empty list":             {[][2]string{{csp, "frame-ancestors"}}, "", true},
		"self":                   {[][2]string{{csp, "frame-ancestors 'self'"}}, "", true},
		"origin":                 {[][2]string{{csp, "frame-ancestors 'self' " + dashboardOrigin}}, "", false},
		"capitals":               {[][2]string{{csp, "Frame-Ancestors HTTP://Admin.Selorax.Localhost:5080"}}, "", false},
		"other port":             {[][2]string{{csp, "frame-ancestors http://admin.selorax.localhost:5081"}}, "", true},
		"default port":           {[][2]string{{csp, "frame-ancestors http://admin.selorax.localhost"}}, "", true},
		"any port":               {[][2]string{{csp, "frame-ancestors http://admin.selorax.localhost:*"}}, "", false},
		"no scheme":              {[][2]string{{csp, "frame-ancestors admin.selorax.localhost:5080"}}, "", false},
		"wildcard":               {[][2]string{{csp, "frame-ancestors http://*.localhost:*"}}, "", false},
		"wildcard is not itself": {[][2]string{{csp, "frame-ancestors http://*.admin.selorax.localhost:*"}}, "", true},
		"scheme":                 {[][2]string{{csp, "frame-ancestors http:"}}, "", false},
		"other scheme":           {[][2]string{{csp, "frame-ancestors https:"}}, "", true},
		"path is ignored":        {[][2]string{{csp, "frame-ancestors " + dashboardOrigin + "/22/"}}, "", false},
		"each policy counts":     {[][2]string{{csp, "frame-ancestors *, frame-ancestors 'none'"}}, "", true},
		"each header counts":     {[][2]string{{csp, "frame-ancestors *"}, {csp, "frame-ancestors 'none'"}}, "", true},
		"first of two":           {[][2]string{{csp, "frame-ancestors *; frame-ancestors 'none'"}}, "", false},
		"upgrade":                {[][2]string{{csp, "frame-ancestors http://admin.example:80"}}, "https://admin.example", false},
		"no downgrade":           {[][2]string{{csp, "frame-ancestors https://admin.example"}}, "http://admin.example", true},
		"IPv6":                   {[][2]string{{csp, "frame-ancestors http://[::1]:5080"}}, "http://[::1]:5080", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := http.Header{}
			for _, pair := range test.headers {
				h.Add(pair[0], pair[1])
			}
			if test.dashboard == "" {
				test.dashboard = dashboardOrigin
			}
			dashboard, err := url.Parse(test.dashboard)
			if err != nil {
				t.Fatal(err)
			}
			got := framing.Refusal(h, &url.URL{Scheme: "http", Host: "app.localhost"}, dashboard)
			if (got != "") != test.refused {
				t.Errorf("refusal is %q, want one: %t", got, test.refused)
			}
		})
	}
}

package billing

import (
	"testing"

	"github.com/selorax/sandbox/platform/api"
)

func TestWhereAMerchantMayReturnTo(t *testing.T) {
	t.Parallel()
	homepage := "https://example.com/about"
	s := &Service{DashboardURL: "http://admin.selorax.localhost:5080"}
	a := api.App{AppURL: "https://app.example.com/frame", RedirectURLs: []string{"http://localhost:3000/oauth/callback"}, HomepageURL: &homepage}
	for target, want := range map[string]string{
		"/22/apps/e/restock": "/22/apps/e/restock?payment=success&charge_id=5",
		"http://admin.selorax.localhost:5080/22/apps/e/restock": "/22/apps/e/restock?payment=success&charge_id=5",
		"http://admin.selorax.localhost:5080":                   "/?payment=success&charge_id=5",
		"https://app.example.com/paid?z=1&a=%20b#top":           "https://app.example.com/paid?z=1&a=%20b&payment=success&charge_id=5#top",
		"https://app.example.com/?payment=x&charge_id=9&k=v":    "https://app.example.com/?k=v&payment=success&charge_id=5",
		"http://localhost:3000/":                                "http://localhost:3000/?payment=success&charge_id=5",
		"https://EXAMPLE.com/":                                  "https://EXAMPLE.com/?payment=success&charge_id=5",
		"https://app.example.com:444/":                          "",
		"http://app.example.com/":                               "",
		"https://app.example.com.evil.example/":                 "",
		"https://user@app.example.com/":                         "",
		"//evil.example/":                                       "",
		`/\\evil.example/`:                                      "",
		"javascript:alert(1)":                                   "",
		"22/apps":                                               "",
		"":                                                      "",
	} {
		if s.mayReturn(target, a) != (want != "") {
			t.Errorf("%q may be returned to: %v", target, want == "")
			continue
		}
		if want == "" {
			continue
		}
		if got, err := s.returnTo(target, api.ReturnSuccess, 5); got != want || err != nil {
			t.Errorf("%q leads to %q, %v; want %q", target, got, err, want)
		}
	}
}

package inspect

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
)

func TestMask(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`{"access_token":"sx_at_0123456789abcdef","expires_in":86400}`:                           `{"access_token":"sx_at_0123…","expires_in":86400}`,
		`{"client_secret": "what I mistyped", "code": "not_found"}`:                              `{"client_secret": "what…", "code": "not_found"}`,
		`{"password":"a\"bcdefgh"}`:                                                              `{"password":"a\"bc…"}`,
		`grant_type=authorization_code&code=sx_ac_0123456789&code_verifier=abcdefghijkl`:         `grant_type=authorization_code&code=sx_ac_0123…&code_verifier=abcd…`,
		`/api/apps/oauth/authorize?client_id=sx_app_0123&state=xyz&code=abcdefgh`:                `/api/apps/oauth/authorize?client_id=sx_app_0123&state=xyz&code=abcd…`,
		`{"token":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"}`:                          `{"token":"eyJhbG…"}`,
		`cut off: {"refresh_token":"sx_rt_abc`:                                                   `cut off: {"refresh_token":"sx_rt_abc…`,
		`{"discount":{"code":"EID25"},"note":"আজ"}`:                                              `{"discount":{"code":"EID25"},"note":"আজ"}`,
		`{"webhook_signing_secret":"whsec_0123456789","session_signing_key":"0123456789abcdef"}`: `{"webhook_signing_secret":"whsec_0123…","session_signing_key":"0123…"}`,
	} {
		if got := mask(in); got != want {
			t.Errorf("%s\n became %s\n not    %s", in, got, want)
		}
	}
}

func TestHeadersAreMasked(t *testing.T) {
	t.Parallel()
	h := http.Header{
		"Authorization": {"Bearer sx_at_0123456789", "Basic c3hfYXBwXzE6c3hfc2VjcmV0XzI=", "Digest username=x"}, "X-Client-Secret": {"sx_secret_0123456789", "short"},
		"X-Auth-Token": {"anything"}, "Cookie": {"a=b"}, http.CanonicalHeaderKey(api.HeaderControlKey): {"key"}, "X-Store-Id": {"22"},
	}
	got := map[string][]string{}
	for _, header := range headers(h) {
		got[header.Name] = append(got[header.Name], header.Value)
	}
	want := map[string][]string{
		"Authorization": {"Bearer sx_at_012…", "Basic c3hfYXBwX…", "…"}, "X-Client-Secret": {"sx_secret_0123…", "short…"},
		"X-Auth-Token": {"…"}, "Cookie": {"…"}, http.CanonicalHeaderKey(api.HeaderControlKey): {"…"}, "X-Store-Id": {"22"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// However a secret is wrapped, its end is never kept.
func FuzzMask(f *testing.F) {
	f.Add(`{"a":"`, `"}`)
	f.Add("Bearer ", "")
	f.Add("x=1&t=", "&y=2")
	const secret = "sx_at_0123456789abcdefghijklmnopqrstuvwxyz"
	f.Fuzz(func(t *testing.T, before, after string) {
		if strings.Contains(before+after, secret[10:]) {
			return
		}
		if got := mask(before + secret + after); strings.Contains(got, secret[10:]) {
			t.Errorf("%q kept it: %q", before+secret+after, got)
		}
	})
}

// A page of orders holds no secret, and is masked as quickly as it is searched.
func BenchmarkMask(b *testing.B) {
	page := strings.Repeat(`{"order_id":1001,"code":"not_found","customer_name":"Nusrat Jahan","email":"a@b.example","total":1500.00},`, 160)
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		mask(page)
	}
}

package selorax

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const tokenJSON = `{"access_token":"sx_at_2","refresh_token":"sx_rt_2","token_type":"Bearer","expires_in":86400,"scope":"read:orders,read:store",
"message":"Token issued.","status":200,"data":{"access_token":"sx_at_2","refresh_token":"sx_rt_2","token_type":"Bearer","expires_in":86400,
"expires_at":"2026-03-02T12:00:00.000Z","scope":"read:orders,read:store","scopes":["read:orders","read:store"],"store_id":22,"installation_id":5,"app_id":1}}`

var token = Token{
	StoreID: 22, InstallationID: 5, AccessToken: "sx_at_2", RefreshToken: "sx_rt_2", Scopes: []string{"read:orders", "read:store"},
	Life: 24 * time.Hour, IssuedAt: noon,
}

// tokenServer notes what was asked last.
func tokenServer(t *testing.T, asked *atomic.Pointer[map[string]string], status int, body string) *fixture {
	return newFixture(t, func(w http.ResponseWriter, r *http.Request, _ int) {
		parameters := map[string]string{}
		if err := json.NewDecoder(r.Body).Decode(&parameters); err != nil || r.Method != http.MethodPost || r.URL.Path != "/api/apps/oauth/token" {
			t.Errorf("%s %s: %v", r.Method, r.URL, err)
		}
		asked.Store(&parameters)
		reply(w, status, body)
	})
}

func TestExchangeCode(t *testing.T) {
	t.Parallel()
	var asked atomic.Pointer[map[string]string]
	f := tokenServer(t, &asked, 200, tokenJSON)
	for _, verifier := range []string{"", "v1"} {
		got, err := f.ExchangeCode(t.Context(), "sx_ac_1", "http://app/oauth/callback", verifier)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(token, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		want := map[string]string{
			"grant_type": "authorization_code", "client_id": clientID, "client_secret": "sx_secret_1",
			"code": "sx_ac_1", "redirect_uri": "http://app/oauth/callback",
		}
		if verifier != "" {
			want["code_verifier"] = verifier
		}
		if diff := cmp.Diff(want, *asked.Load()); diff != "" {
			t.Errorf("asked (-want +got):\n%s", diff)
		}
	}
}

// A code presented twice revokes what its first use gave, so it never is. A
// refresh token may be: the platform allows for lost answers.
func TestOnlyRefreshIsRepeated(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(w http.ResponseWriter, _ *http.Request, _ int) { reply(w, 500, `{}`) })
	if _, err := f.ExchangeCode(t.Context(), "sx_ac_1", "http://app", ""); err == nil || f.calls != 1 {
		t.Errorf("the code was presented %d times: %v", f.calls, err)
	}
	f.calls = 0
	if _, err := f.Refresh(t.Context(), "sx_rt_1"); err == nil || f.calls != maxAttempts {
		t.Errorf("the refresh token was presented %d times: %v", f.calls, err)
	}
}

func TestTokenRefused(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status  int
		body    string
		revoked bool
	}{
		"used or expired": {400, `{"error":"invalid_grant","error_description":"x","message":"x","code":"invalid_grant","status":400}`, true},
		"uninstalled":     {401, `{"error":"invalid_grant","message":"x","code":"not_installed","status":401}`, true},
		"wrong secret":    {401, `{"error":"invalid_client","message":"x","code":"invalid_client","status":401}`, false},
		"standard only":   {400, `{"error":"invalid_grant"}`, true},
		"rate limited":    {429, `{"message":"x","code":"rate_limited","status":429}`, false},
		"no tokens":       {200, `{"data":{}}`, false},
		"no life":         {200, `{"data":{"access_token":"a","refresh_token":"b","store_id":22}}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Pointer[map[string]string]
			f := tokenServer(t, &asked, test.status, test.body)
			got, err := f.Refresh(t.Context(), "sx_rt_1")
			if err == nil || IsRevoked(err) != test.revoked {
				t.Errorf("got %+v, %v; revoked %v, want %v", got, err, IsRevoked(err), test.revoked)
			}
			if sent := *asked.Load(); sent["grant_type"] != "refresh_token" || sent["refresh_token"] != "sx_rt_1" {
				t.Errorf("asked %v", sent)
			}
		})
	}
}

func TestAuthorizeURL(t *testing.T) {
	t.Parallel()
	c := Client{BaseURL: "https://api.example.test/api", ClientID: clientID}
	u, err := url.Parse(c.AuthorizeURL(Authorization{
		StoreID: 22, RedirectURI: "http://app/oauth/callback?x=1&y", Scopes: []string{"read:orders", "read:store"}, State: "s", Challenge: "c",
	}))
	if err != nil {
		t.Fatal(err)
	}
	want := url.Values{
		"client_id": {clientID}, "redirect_uri": {"http://app/oauth/callback?x=1&y"}, "scope": {"read:orders,read:store"},
		"state": {"s"}, "store_id": {"22"}, "code_challenge": {"c"}, "code_challenge_method": {"S256"},
	}
	if diff := cmp.Diff(want, u.Query()); diff != "" || u.Host+u.Path != "api.example.test/api/apps/oauth/authorize" {
		t.Errorf("%s (-want +got):\n%s", u, diff)
	}
}

func TestPKCE(t *testing.T) {
	t.Parallel()
	verifier, challenge := NewPKCE()
	other, _ := NewPKCE()
	sum := sha256.Sum256([]byte(verifier))
	if challenge != base64.RawURLEncoding.EncodeToString(sum[:]) || len(verifier) != 43 || verifier == other {
		t.Errorf("verifier %q, challenge %q", verifier, challenge)
	}
}

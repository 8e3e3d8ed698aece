package oauth_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

// refusedGrant reads an invalid_grant answer.
func refusedGrant(t *testing.T, what string, a platformtest.Answer) {
	t.Helper()
	var got api.OAuthError
	a.Into(http.StatusBadRequest, &got)
	if got.Error != "invalid_grant" || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s: %+v", what, got)
	}
}

func TestACodeUsedTwiceEndsWhatItGave(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	code := p.Consent(p.Login(platformtest.FloristMerchant), restock()).Get("code")
	stolen := p.Exchange("my-app", url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {p.Query(restock()).Get("redirect_uri")},
	})
	refusedGrant(t, "another client's code", stolen)
	var got api.TokenResponse
	exchange(p, code, nil).Into(http.StatusOK, &got)
	refusedGrant(t, "the second use", exchange(p, code, nil))
	if a := p.Do(http.MethodGet, "/api/apps/v1/store", platformtest.Bearer(got.AccessToken), nil); a.Code() != api.CodeInvalidToken {
		t.Errorf("the first use's access token: %d %s", a.Status, a.Body)
	}
	refusedGrant(t, "its refresh token", p.Refresh("restock", got.RefreshToken))
}

func TestARefreshTokenOfAnotherClientEndsItsFamily(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	tokens := p.Install("restock", florist)
	refusedGrant(t, "another client", p.Refresh("my-app", tokens.RefreshToken))
	if a := p.Do(http.MethodGet, "/api/apps/v1/store", platformtest.Bearer(tokens.AccessToken), nil); a.Code() != api.CodeInvalidToken {
		t.Errorf("the access token: %d %s", a.Status, a.Body)
	}
	refusedGrant(t, "its own client afterwards", p.Refresh("restock", tokens.RefreshToken))
}

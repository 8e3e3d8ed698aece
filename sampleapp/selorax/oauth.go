package selorax

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Token is what the app holds for one store.
type Token struct {
	AccessToken    string    `json:"access_token"`
	RefreshToken   string    `json:"refresh_token"`
	ExpiresIn      int       `json:"expires_in"` // seconds
	ExpiresAt      time.Time `json:"expires_at"` // in the platform's business time
	Scopes         []string  `json:"scopes"`
	StoreID        int64     `json:"store_id"`
	InstallationID int64     `json:"installation_id"`
}

// AuthorizeURL is where a merchant's browser goes to agree to an installation.
// The challenge is the base64url SHA-256 of a PKCE verifier.
func (c *Client) AuthorizeURL(redirectURI string, scopes []string, state, challenge string, storeID int64) string {
	return c.BaseURL + "/apps/oauth/authorize?" + url.Values{
		"client_id": {c.ClientID}, "redirect_uri": {redirectURI}, "scope": {strings.Join(scopes, ",")}, "state": {state},
		"store_id": {strconv.FormatInt(storeID, 10)}, "code_challenge": {challenge}, "code_challenge_method": {"S256"},
	}.Encode()
}

// Exchange uses an authorization code up. The verifier is empty when the
// authorization carried no challenge.
func (c *Client) Exchange(ctx context.Context, code, redirectURI, verifier string) (Token, error) {
	body := map[string]string{
		"grant_type": "authorization_code", "client_id": c.ClientID, "client_secret": c.ClientSecret,
		"code": code, "redirect_uri": redirectURI,
	}
	if verifier != "" {
		body["code_verifier"] = verifier
	}
	return c.token(ctx, body)
}

// Refresh replaces a refresh token. The old one is good for one more minute,
// in case the answer is lost on the way.
func (c *Client) Refresh(ctx context.Context, refreshToken string) (Token, error) {
	return c.token(ctx, map[string]string{
		"grant_type": "refresh_token", "client_id": c.ClientID, "client_secret": c.ClientSecret, "refresh_token": refreshToken,
	})
}

func (c *Client) token(ctx context.Context, body map[string]string) (Token, error) {
	var answer struct {
		Data Token `json:"data"`
	}
	err := c.post(ctx, "/apps/oauth/token", body, &answer)
	return answer.Data, err
}

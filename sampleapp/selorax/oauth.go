package selorax

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Authorization is what an app asks a merchant for.
type Authorization struct {
	StoreID     int64
	RedirectURI string // exactly as registered
	Scopes      []string
	State       string
	Challenge   string // of NewPKCE
}

// AuthorizeURL is where the merchant's browser goes to be asked.
func (c *Client) AuthorizeURL(a Authorization) string {
	return c.BaseURL + "/apps/oauth/authorize?" + url.Values{
		"client_id":             {c.ClientID},
		"redirect_uri":          {a.RedirectURI},
		"scope":                 {strings.Join(a.Scopes, ",")},
		"state":                 {a.State},
		"store_id":              {strconv.FormatInt(a.StoreID, 10)},
		"code_challenge":        {a.Challenge},
		"code_challenge_method": {"S256"},
	}.Encode()
}

// NewPKCE returns a random code verifier and its S256 challenge (RFC 7636).
func NewPKCE() (verifier, challenge string) {
	verifier = Random()
	sum := sha256.Sum256([]byte(verifier))
	return verifier, base64.RawURLEncoding.EncodeToString(sum[:])
}

// Random returns 256 random bits as 43 characters that need no escaping.
func Random() string {
	b := make([]byte, 32)
	rand.Read(b) // never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

// Token is an app's access to one store.
type Token struct {
	StoreID        int64
	InstallationID int64
	AccessToken    string
	RefreshToken   string
	Scopes         []string
	// Life is how long the access token is good from now on. It is a length
	// and not an instant, so the two machines' clocks need not agree.
	Life time.Duration
	// IssuedAt is the instant of issue by the platform's clock, which is also
	// the clock of webhook timestamps. Zero if the platform did not say.
	IssuedAt time.Time
}

// ExchangeCode turns an authorization code into tokens. It is never retried:
// a code that is presented twice revokes what its first use gave. The verifier
// is that of NewPKCE, empty if the flow was started without a challenge.
func (c *Client) ExchangeCode(ctx context.Context, code, redirectURI, verifier string) (Token, error) {
	params := map[string]string{"grant_type": "authorization_code", "code": code, "redirect_uri": redirectURI}
	if verifier != "" {
		params["code_verifier"] = verifier
	}
	return c.token(ctx, params, false)
}

// Refresh replaces a pair of tokens. A lost answer may be asked for again: for
// 60 s the platform accepts the refresh token that it has just replaced.
func (c *Client) Refresh(ctx context.Context, refreshToken string) (Token, error) {
	return c.token(ctx, map[string]string{"grant_type": "refresh_token", "refresh_token": refreshToken}, true)
}

func (c *Client) token(ctx context.Context, params map[string]string, repeatable bool) (Token, error) {
	params["client_id"], params["client_secret"] = c.ClientID, c.ClientSecret
	body, err := json.Marshal(params)
	if err != nil {
		return Token{}, err
	}
	var answer tokenAnswer
	r := request{method: http.MethodPost, path: "/apps/oauth/token", body: body, repeatable: repeatable}
	if err := c.do(ctx, r, &answer); err != nil {
		return Token{}, err
	}
	return answer.token()
}

// tokenAnswer is the part of the answer that says which store the tokens are
// for. The fields of RFC 6749 stand beside it, for standard clients.
type tokenAnswer struct {
	Data struct {
		AccessToken    string    `json:"access_token"`
		RefreshToken   string    `json:"refresh_token"`
		ExpiresIn      int64     `json:"expires_in"` // seconds
		ExpiresAt      time.Time `json:"expires_at"`
		Scopes         []string  `json:"scopes"`
		StoreID        int64     `json:"store_id"`
		InstallationID int64     `json:"installation_id"`
	} `json:"data"`
}

func (a tokenAnswer) token() (Token, error) {
	d := a.Data
	if d.AccessToken == "" || d.RefreshToken == "" || d.ExpiresIn <= 0 || d.StoreID <= 0 {
		return Token{}, errors.New("the token answer lacks a token, its life or its store")
	}
	t := Token{
		StoreID: d.StoreID, InstallationID: d.InstallationID, AccessToken: d.AccessToken, RefreshToken: d.RefreshToken,
		Scopes: d.Scopes, Life: time.Duration(d.ExpiresIn) * time.Second,
	}
	if !d.ExpiresAt.IsZero() {
		t.IssuedAt = d.ExpiresAt.Add(-t.Life)
	}
	return t, nil
}

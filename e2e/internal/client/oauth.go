package client

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/selorax/sandbox/platform/api"
)

// SignIn signs a merchant in and returns their identity.
func (c *Client) SignIn(ctx context.Context, login api.SandboxLogin) (Auth, error) {
	in, err := Post[api.Envelope[api.Login]](ctx, c, Nobody, "/auth/login",
		api.LoginRequest{Email: login.Email, Password: login.Password})
	return Session(in.Data.Token), err
}

// Authorize runs the whole OAuth flow for an app on a store, as the merchant
// and the app's server together would, and returns the tokens. On a store
// that has the app already it yields a further pair.
func (c *Client) Authorize(ctx context.Context, merchant Auth, app api.SandboxApp, storeID int64) (tokens api.TokenResponse, err error) {
	listed, err := Get[api.Envelope[api.MarketplaceApp]](ctx, c, merchant,
		fmt.Sprintf("/apps/marketplace/%s?store_id=%d", app.Slug, storeID))
	if err != nil {
		return tokens, err
	}
	redirect := listed.Data.RedirectURLs[0]
	requestID, err := c.requestConsent(ctx, listed.Data, redirect, storeID)
	if err != nil {
		return tokens, err
	}
	outcome, err := Post[api.Envelope[api.ConsentOutcome]](ctx, c, merchant,
		"/apps/oauth/requests/"+requestID+"/decision", api.ConsentDecision{Decision: "install"})
	if err != nil {
		return tokens, err
	}
	back, err := url.Parse(outcome.Data.RedirectTo)
	if err != nil {
		return tokens, err
	}
	return Post[api.TokenResponse](ctx, c, Nobody, "/apps/oauth/token", api.TokenRequest{
		GrantType: "authorization_code", ClientID: app.ClientID, ClientSecret: app.ClientSecret,
		Code: back.Query().Get("code"), RedirectURI: redirect,
	})
}

func (c *Client) requestConsent(ctx context.Context, app api.MarketplaceApp, redirect string, storeID int64) (string, error) {
	var scopes api.ScopeSet
	for _, s := range app.RequestedScopes {
		scopes = append(scopes, s.Scope)
	}
	query := url.Values{
		"client_id": {app.ClientID}, "redirect_uri": {redirect}, "scope": {scopes.String()},
		"state": {"journey"}, "store_id": {strconv.FormatInt(storeID, 10)},
	}
	res, text, err := c.send(ctx, http.MethodGet, Nobody, "/apps/oauth/authorize?"+query.Encode(), nil)
	if err != nil {
		return "", err
	}
	consent, err := res.Location()
	if err != nil {
		return "", fmt.Errorf("authorize answers %s and no redirect: %s", res.Status, text)
	}
	return consent.Query().Get("request"), nil
}

// Refresh exchanges a refresh token for a new pair.
func (c *Client) Refresh(ctx context.Context, app api.SandboxApp, refreshToken string) (api.TokenResponse, error) {
	return Post[api.TokenResponse](ctx, c, Nobody, "/apps/oauth/token", api.TokenRequest{
		GrantType: "refresh_token", ClientID: app.ClientID, ClientSecret: app.ClientSecret, RefreshToken: refreshToken,
	})
}

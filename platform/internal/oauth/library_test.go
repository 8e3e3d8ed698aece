package oauth_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

// standardClient is an app that uses the common OAuth library as it stands.
func standardClient(p *platformtest.Platform) *oauth2.Config {
	c := p.Apps["restock"]
	return &oauth2.Config{
		ClientID: c.ClientID, ClientSecret: c.ClientSecret, Scopes: []string{"read:orders", "read_store"},
		RedirectURL: p.Query(restock()).Get("redirect_uri"),
		Endpoint:    oauth2.Endpoint{AuthURL: p.URL + "/api/apps/oauth/authorize", TokenURL: p.URL + "/api/apps/oauth/token"},
	}
}

// authorize sends a merchant to the library's address and returns the code.
func authorize(t *testing.T, p *platformtest.Platform, address string) string {
	t.Helper()
	a := p.Do(http.MethodGet, address, nil, nil)
	to, err := url.Parse(a.Header.Get("Location"))
	if err != nil || to.Query().Get("request") == "" {
		t.Fatalf("authorize: %d %s %s", a.Status, to, a.Body)
	}
	back := p.Decide(p.Login(platformtest.FloristMerchant), to.Query().Get("request"), "install")
	if back.Get("state") != "xyz" {
		t.Errorf("state %q", back.Get("state"))
	}
	return back.Get("code")
}

func TestTheCommonLibraryInstallsAndRefreshes(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	store := oauth2.SetAuthURLParam("store_id", strconv.FormatInt(florist, 10))
	for name, style := range map[string]oauth2.AuthStyle{
		"found out": oauth2.AuthStyleAutoDetect, "header": oauth2.AuthStyleInHeader, "body": oauth2.AuthStyleInParams,
	} {
		c := standardClient(p)
		c.Endpoint.AuthStyle = style
		verifier := oauth2.GenerateVerifier()
		code := authorize(t, p, c.AuthCodeURL("xyz", store, oauth2.S256ChallengeOption(verifier)))
		token, err := c.Exchange(t.Context(), code, oauth2.VerifierOption(verifier))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if token.Type() != "Bearer" || token.Extra("scope") != "read:orders,read:store" || time.Until(token.Expiry) < 23*time.Hour {
			t.Errorf("%s: %+v", name, token)
		}
		if data, _ := token.Extra("data").(map[string]any); data["store_id"] != float64(florist) || data["expires_at"] == "" {
			t.Errorf("%s: data %v", name, data)
		}
		token.Expiry = time.Now().Add(-time.Minute)
		source := c.TokenSource(t.Context(), token)
		fresh, err := source.Token()
		if err != nil || fresh.AccessToken == token.AccessToken || fresh.RefreshToken == token.RefreshToken {
			t.Errorf("%s: refreshed to %+v, %v", name, fresh, err)
		}
		res, err := oauth2.NewClient(t.Context(), source).Get(p.URL + "/api/apps/v1/store")
		if err != nil || res.StatusCode != http.StatusOK {
			t.Errorf("%s: %v %v", name, res, err)
			continue
		}
		_ = res.Body.Close()
	}
}

func TestTheCommonLibraryUnderstandsRefusals(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	c := standardClient(p)
	_, err := c.Exchange(t.Context(), "sx_ac_unknown")
	var refused *oauth2.RetrieveError
	if !errors.As(err, &refused) || refused.ErrorCode != "invalid_grant" || refused.ErrorDescription == "" {
		t.Errorf("a bad code: %v", err)
	}
	c.ClientSecret = "wrong"
	if _, err := c.Exchange(t.Context(), "x"); !errors.As(err, &refused) || refused.ErrorCode != api.CodeInvalidClient || refused.Response.StatusCode != 401 {
		t.Errorf("a bad secret: %v", err)
	}
}

func TestTwentyParallelRefreshesLeaveAWorkingToken(t *testing.T) {
	t.Parallel()
	p := platformtest.Start(t, platformtest.Config{})
	tokens, c := p.Install("restock", florist), standardClient(p)
	fresh := make([]*oauth2.Token, 20)
	var wg sync.WaitGroup
	for i := range fresh {
		wg.Go(func() {
			var err error
			expired := &oauth2.Token{RefreshToken: tokens.RefreshToken}
			if fresh[i], err = c.TokenSource(context.WithoutCancel(t.Context()), expired).Token(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, token := range fresh {
		if token == nil {
			continue
		}
		if a := p.Do(http.MethodGet, "/api/apps/v1/orders?limit=1", platformtest.Bearer(token.AccessToken), nil); a.Status != http.StatusOK {
			t.Errorf("a token does not work: %d %s", a.Status, a.Body)
		}
		if a := p.Refresh("restock", token.RefreshToken); a.Status != http.StatusOK {
			t.Errorf("a refresh token does not work: %d %s", a.Status, a.Body)
		}
	}
}

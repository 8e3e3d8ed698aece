package session_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"testing"
	"time"

	lib "github.com/golang-jwt/jwt/v5"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/platformtest"
)

const florist int64 = 22

type fixture struct {
	*platformtest.Platform
	merchant platformtest.Header
	tokens   api.TokenData
	embed    api.EmbedParams
}

func start(t *testing.T) fixture {
	p := platformtest.Start(t, platformtest.Config{})
	f := fixture{Platform: p, merchant: platformtest.User(p.Login(platformtest.FloristMerchant)), tokens: p.Install("restock", florist)}
	f.embed = platformtest.Data[api.EmbedParams](p.Do(http.MethodGet, "/api/apps/session/embed-params?app_id=1&store_id=22", f.merchant, nil))
	return f
}

// An app verifies with any JWT library: HS256, the 64 characters as the key.
func TestClaims(t *testing.T) {
	t.Parallel()
	f := start(t)
	claims := lib.MapClaims{}
	_, err := lib.ParseWithClaims(f.embed.SessionToken, claims, func(*lib.Token) (any, error) {
		return []byte(f.Apps["restock"].SessionSigningKey), nil
	}, lib.WithValidMethods([]string{"HS256"}), lib.WithAudience(f.Apps["restock"].ClientID), lib.WithIssuer(f.URL))
	if err != nil {
		t.Fatal(err)
	}
	if claims["sub"] != "22" || claims["sid"] != "1" || claims["app_id"] != 1.0 || claims["user_id"] != 1.0 || claims["jti"] == "" {
		t.Errorf("got %v", claims)
	}
	if life := claims["exp"].(float64) - claims["iat"].(float64); life != 600 || claims["nbf"] != claims["iat"] {
		t.Errorf("life %v in %v", life, claims)
	}
}

func TestFrameURLIsSigned(t *testing.T) {
	t.Parallel()
	f := start(t)
	u, err := url.Parse(f.embed.IframeURL)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	host, err := base64.RawURLEncoding.DecodeString(q.Get("host"))
	if err != nil || string(host) != f.DashboardURL {
		t.Errorf("host %q, %v", host, err)
	}
	if u.Scheme+"://"+u.Host+u.Path != "http://restock.localhost:1/app" || q.Get("store_id") != "22" || len(q.Get("hmac")) != 64 {
		t.Errorf("got %s", u)
	}
	if f.embed.ExpiresIn != 600 || f.embed.AppName != "Restock" {
		t.Errorf("got %+v", f.embed)
	}
}

func TestVerify(t *testing.T) {
	t.Parallel()
	f := start(t)
	good, other := f.Apps["restock"], f.Apps["my-app"]
	sign := func(key string, change lib.MapClaims) string {
		claims := lib.MapClaims{"aud": good.ClientID, "sub": "22", "sid": "1", "app_id": 1, "exp": time.Now().Add(time.Minute).Unix()}
		for name, value := range change {
			claims[name] = value
		}
		text, err := lib.NewWithClaims(lib.SigningMethodHS256, claims).SignedString([]byte(key))
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	for name, c := range map[string]struct {
		in   api.SessionVerifyRequest
		want string
	}{
		"good":               {api.SessionVerifyRequest{SessionToken: f.embed.SessionToken, ClientID: good.ClientID, ClientSecret: good.ClientSecret}, ""},
		"wrong secret":       {api.SessionVerifyRequest{SessionToken: f.embed.SessionToken, ClientID: good.ClientID, ClientSecret: "x"}, api.CodeInvalidClient},
		"another app asks":   {api.SessionVerifyRequest{SessionToken: f.embed.SessionToken, ClientID: other.ClientID, ClientSecret: other.ClientSecret}, api.CodeInvalidToken},
		"expired":            {api.SessionVerifyRequest{SessionToken: sign(good.SessionSigningKey, lib.MapClaims{"exp": time.Now().Add(-time.Minute).Unix()}), ClientID: good.ClientID, ClientSecret: good.ClientSecret}, api.CodeInvalidToken},
		"other key":          {api.SessionVerifyRequest{SessionToken: sign(other.SessionSigningKey, nil), ClientID: good.ClientID, ClientSecret: good.ClientSecret}, api.CodeInvalidToken},
		"other installation": {api.SessionVerifyRequest{SessionToken: sign(good.SessionSigningKey, lib.MapClaims{"sid": "2"}), ClientID: good.ClientID, ClientSecret: good.ClientSecret}, api.CodeInvalidToken},
		"store without it":   {api.SessionVerifyRequest{SessionToken: sign(good.SessionSigningKey, lib.MapClaims{"sub": "24"}), ClientID: good.ClientID, ClientSecret: good.ClientSecret}, api.CodeNotInstalled},
		"store is text":      {api.SessionVerifyRequest{SessionToken: sign(good.SessionSigningKey, lib.MapClaims{"sub": "florist"}), ClientID: good.ClientID, ClientSecret: good.ClientSecret}, api.CodeInvalidToken},
		"not a token":        {api.SessionVerifyRequest{SessionToken: "a.b.c", ClientID: good.ClientID, ClientSecret: good.ClientSecret}, api.CodeInvalidToken},
		"empty":              {api.SessionVerifyRequest{ClientID: good.ClientID, ClientSecret: good.ClientSecret}, api.CodeInvalidToken},
	} {
		a := f.Do(http.MethodPost, "/api/apps/session/verify", nil, c.in)
		if a.Code() != c.want {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
	}
}

func TestSessionTokenIsForTheOwner(t *testing.T) {
	t.Parallel()
	f := start(t)
	stranger := platformtest.User(f.Login(platformtest.CraftsMerchant))
	for name, c := range map[string]struct {
		h    platformtest.Header
		in   api.SessionTokenRequest
		want int
	}{
		"owner":         {f.merchant, api.SessionTokenRequest{AppID: 1, StoreID: florist}, 200},
		"stranger":      {stranger, api.SessionTokenRequest{AppID: 1, StoreID: florist}, 404},
		"not installed": {f.merchant, api.SessionTokenRequest{AppID: 2, StoreID: florist}, 401},
		"unknown app":   {f.merchant, api.SessionTokenRequest{AppID: 99, StoreID: florist}, 404},
		"names nothing": {f.merchant, api.SessionTokenRequest{}, 400},
		"no app":        {f.merchant, api.SessionTokenRequest{StoreID: florist}, 400},
		"nobody":        {nil, api.SessionTokenRequest{AppID: 1, StoreID: florist}, 401},
	} {
		a := f.Do(http.MethodPost, "/api/apps/session/session-token", c.h, c.in)
		if a.Status != c.want {
			t.Errorf("%s: %d %s, want %d", name, a.Status, a.Body, c.want)
		}
	}
	for path, want := range map[string]int{
		"/api/apps/session/embed-params?app_id=1&store_id=24":             404,
		"/api/apps/session/embed-params?store_id=22":                      400,
		"/api/apps/session/embed-params?app_id=x&store_id=22":             400,
		"/api/apps/session/embed-params?app_id=1":                         400,
		"/api/apps/session/embed-params?app_id=1&store_id=22&charge_id=5": 200,
	} {
		if a := f.Do(http.MethodGet, path, f.merchant, nil); a.Status != want {
			t.Errorf("%s: %d, want %d", path, a.Status, want)
		}
	}
}

func TestFreshTokensAfterAClockAdvance(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.Advance(90 * 24 * time.Hour)
	fresh := platformtest.Data[api.SessionToken](f.Do(http.MethodPost, "/api/apps/session/session-token", f.merchant, api.SessionTokenRequest{AppID: 1, StoreID: florist}))
	_, err := lib.Parse(fresh.SessionToken, func(*lib.Token) (any, error) { return []byte(f.Apps["restock"].SessionSigningKey), nil })
	if err != nil {
		t.Errorf("an app with the machine's clock refuses a fresh token: %v", err)
	}
}

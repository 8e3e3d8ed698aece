package api

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tokenGolden is the answer that standard OAuth clients and the platform's own
// SDK both read.
const tokenGolden = `{
  "access_token": "sx_at_1",
  "refresh_token": "sx_rt_1",
  "token_type": "Bearer",
  "expires_in": 86400,
  "scope": "read:orders,read:store",
  "message": "Token issued.",
  "status": 200,
  "data": {
    "access_token": "sx_at_1",
    "refresh_token": "sx_rt_1",
    "token_type": "Bearer",
    "expires_in": 86400,
    "expires_at": "2026-02-01T06:00:00.000Z",
    "scope": "read:orders,read:store",
    "scopes": [
      "read:orders",
      "read:store"
    ],
    "store_id": 22,
    "installation_id": 5,
    "app_id": 1
  }
}`

func TestTokenResponseShape(t *testing.T) {
	t.Parallel()
	scopes := ScopeSet{ReadOrders, ReadStore}
	b, err := json.MarshalIndent(TokenResponse{
		AccessToken: "sx_at_1", RefreshToken: "sx_rt_1", TokenType: "Bearer", ExpiresIn: 86400, Scope: scopes.String(),
		Message: "Token issued.", Status: 200,
		Data: TokenData{
			AccessToken: "sx_at_1", RefreshToken: "sx_rt_1", TokenType: "Bearer", ExpiresIn: 86400, ExpiresAt: At(1769925600000),
			Scope: scopes.String(), Scopes: scopes, StoreID: 22, InstallationID: 5, AppID: 1,
		},
	}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(tokenGolden, string(b)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOAuthErrorShape(t *testing.T) {
	t.Parallel()
	b, err := json.Marshal(OAuthError{
		Error: "invalid_grant", ErrorDescription: "The code was used.", Message: "The code was used.", Code: "invalid_grant", Status: 400, RequestID: "req_1",
	})
	want := `{"error":"invalid_grant","error_description":"The code was used.","message":"The code was used.","code":"invalid_grant","status":400,"request_id":"req_1"}`
	if err != nil || string(b) != want {
		t.Errorf("%v\n got %s\nwant %s", err, b, want)
	}
}

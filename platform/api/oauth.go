package api

// TokenRequest is the body of POST /api/apps/oauth/token, as JSON or
// form-urlencoded. The client may authenticate by HTTP Basic instead of
// client_id and client_secret.
type TokenRequest struct {
	GrantType    string `json:"grant_type"` // authorization_code | refresh_token
	ClientID     string `json:"client_id"`
	ClientSecret string `json:"client_secret"`
	Code         string `json:"code"`
	RedirectURI  string `json:"redirect_uri"`
	CodeVerifier string `json:"code_verifier"`
	RefreshToken string `json:"refresh_token"`
}

// TokenResponse carries the RFC 6749 fields at top level for standard OAuth
// clients and the platform's envelope for its own SDK.
type TokenResponse struct {
	AccessToken  string    `json:"access_token"`
	RefreshToken string    `json:"refresh_token"`
	TokenType    string    `json:"token_type"` // Bearer
	ExpiresIn    int       `json:"expires_in"` // seconds
	Scope        string    `json:"scope"`      // comma separated
	Message      string    `json:"message"`
	Status       int       `json:"status"`
	Data         TokenData `json:"data"`
}

// TokenData is the token as the platform's SDK stores it.
type TokenData struct {
	AccessToken    string   `json:"access_token"`
	RefreshToken   string   `json:"refresh_token"`
	TokenType      string   `json:"token_type"`
	ExpiresIn      int      `json:"expires_in"`
	ExpiresAt      Time     `json:"expires_at"`
	Scope          string   `json:"scope"`
	Scopes         ScopeSet `json:"scopes"`
	StoreID        int64    `json:"store_id"`
	InstallationID int64    `json:"installation_id"`
	AppID          int64    `json:"app_id"`
}

// OAuthError is a refusal of an OAuth endpoint: RFC 6749 section 5.2 beside
// the platform's own fields.
type OAuthError struct {
	Error            string `json:"error"`
	ErrorDescription string `json:"error_description"`
	Message          string `json:"message"`
	Code             string `json:"code"`
	Status           int    `json:"status"`
	RequestID        string `json:"request_id,omitempty"`
}

// ConsentRequest is what a merchant decides on: a stored authorization
// request, GET /api/apps/oauth/requests/{request_id}.
type ConsentRequest struct {
	RequestID        string         `json:"request_id"`
	App              AppCard        `json:"app"`
	StoreID          int64          `json:"store_id"`
	StoreName        string         `json:"store_name"`
	AlreadyInstalled Flag           `json:"already_installed"`
	Scopes           []ConsentScope `json:"scopes"`
	Removed          []ScopeInfo    `json:"removed"` // granted before, not asked for now: they end with the decision
	ExpiresAt        Time           `json:"expires_at"`
}

// ConsentScope is one permission on the consent screen.
type ConsentScope struct {
	ScopeInfo
	New Flag `json:"new"` // not granted before, on an app that is installed already
}

// ConsentDecision is the body of POST /api/apps/oauth/requests/{request_id}/decision.
type ConsentDecision struct {
	Decision string `json:"decision"` // install | cancel
}

// ConsentOutcome says where the merchant's browser goes next.
type ConsentOutcome struct {
	RedirectTo string `json:"redirect_to"`
}

package api

// CustomApp is an app that a merchant made for one store. It is installed
// there from the beginning: no OAuth, no frame, no billing.
type CustomApp struct {
	AppID          int64    `json:"app_id"`
	AppType        string   `json:"app_type"` // custom
	StoreID        int64    `json:"store_id"`
	InstallationID int64    `json:"installation_id"`
	Name           string   `json:"name"`
	Slug           string   `json:"slug"`
	Icon           string   `json:"icon"`
	Description    string   `json:"description"`
	Scopes         ScopeSet `json:"scopes"`
	ClientID       string   `json:"client_id"`
	TokenExpiresAt *Time    `json:"token_expires_at"` // null when the access token has ended
	CreatedAt      Time     `json:"created_at"`
	UpdatedAt      Time     `json:"updated_at"`
}

// CustomAppInput is the body of POST /api/stores/{store_id}/custom-apps and of
// PUT …/custom-apps/{app_id}. A change of the scopes holds at once, for the
// access token that exists too.
type CustomAppInput struct {
	Name        Change[string]   `json:"name,omitzero"` // 3 to 255 characters
	Description Change[string]   `json:"description,omitzero"`
	Scopes      Change[[]string] `json:"scopes,omitzero"` // at least 1, in either spelling; not billing
}

// CustomAppCreated is the answer to POST /api/stores/{store_id}/custom-apps.
// Its secrets are shown this once.
type CustomAppCreated struct {
	CustomApp
	AccessToken          string `json:"access_token"` // for a year
	ClientSecret         string `json:"client_secret"`
	WebhookSigningSecret string `json:"webhook_signing_secret"`
}

// CustomAppToken is the answer to POST …/regenerate-token. The old token ends
// at once.
type CustomAppToken struct {
	AccessToken string `json:"access_token"`
	ExpiresAt   Time   `json:"expires_at"`
}

package api

import "encoding/json"

// AppCard is an app as a merchant meets it.
type AppCard struct {
	AppID            int64  `json:"app_id"`
	AppType          string `json:"app_type"` // platform | custom
	Name             string `json:"name"`
	Slug             string `json:"slug"`
	Icon             string `json:"icon"` // URL of a picture on the platform
	ShortDescription string `json:"short_description"`
	DeveloperName    string `json:"developer_name"`
	Category         string `json:"category"`
	PricingType      string `json:"pricing_type"` // free | one_time | recurring | usage
}

// App is the full app record.
type App struct {
	AppID             int64           `json:"app_id"`
	AppType           string          `json:"app_type"` // platform | custom
	Name              string          `json:"name"`
	Slug              string          `json:"slug"`
	Icon              string          `json:"icon"`
	Screenshots       []string        `json:"screenshots"`
	Description       string          `json:"description"`
	ShortDescription  string          `json:"short_description"`
	HomepageURL       *string         `json:"homepage_url"`
	AppURL            string          `json:"app_url"` // empty: no frame
	SetupURL          *string         `json:"setup_url"`
	WebhookURL        *string         `json:"webhook_url"`
	WebhookReceiveURL *string         `json:"webhook_receive_url"`
	WebhookTopics     []string        `json:"webhook_topics"`
	RedirectURLs      []string        `json:"redirect_urls"`
	RequestedScopes   ScopeSet        `json:"requested_scopes"`
	DeveloperName     string          `json:"developer_name"`
	DeveloperEmail    string          `json:"developer_email"`
	PricingType       string          `json:"pricing_type"`
	PricingAmount     Money           `json:"pricing_amount"`
	FeePayer          string          `json:"fee_payer"`
	CommissionRate    float64         `json:"commission_rate"`
	Category          string          `json:"category"`
	Metadata          json.RawMessage `json:"metadata"`
	ReviewStatus      string          `json:"review_status"` // draft | in_review | approved | rejected | suspended
	ClientID          string          `json:"client_id"`
	IsListed          Flag            `json:"is_listed"` // only while approved
	IsActive          Flag            `json:"is_active"` // 0 while suspended: its credentials answer 401
	CreatedAt         Time            `json:"created_at"`
	UpdatedAt         Time            `json:"updated_at"`
}

// MarketplaceApp is a listed app with its state in one store.
type MarketplaceApp struct {
	AppCard
	Description     string      `json:"description"`
	ClientID        string      `json:"client_id"`
	RedirectURLs    []string    `json:"redirect_urls"`
	RequestedScopes []ScopeInfo `json:"requested_scopes"`
	InstallationID  *int64      `json:"installation_id"` // set while installed
}

// Installation is one app on one store; there is at most one row per pair.
type Installation struct {
	InstallationID int64    `json:"installation_id"`
	AppID          int64    `json:"app_id"`
	StoreID        int64    `json:"store_id"`
	Status         string   `json:"status"` // active | uninstalled | suspended
	GrantedScopes  ScopeSet `json:"granted_scopes"`
	InstalledBy    int64    `json:"installed_by"`
	InstalledAt    Time     `json:"installed_at"`
	UninstalledAt  *Time    `json:"uninstalled_at"`
	ReinstalledAt  *Time    `json:"reinstalled_at"`
	UpdatedAt      Time     `json:"updated_at"`
}

// Installation states.
const (
	InstallationActive      = "active"
	InstallationUninstalled = "uninstalled"
	InstallationSuspended   = "suspended"
)

// InstalledApp is an installation together with its app, as the dashboard
// shows it. AppOrigin is the only origin the dashboard accepts messages from.
type InstalledApp struct {
	Installation
	App       AppCard     `json:"app"`
	AppOrigin string      `json:"app_origin"`
	Scopes    []ScopeInfo `json:"scopes"`
}

// Uninstalled is the answer to an uninstall: what the one transaction did.
type Uninstalled struct {
	Installation         Installation `json:"installation"`
	TokensRevoked        int          `json:"tokens_revoked"`
	SubscriptionsRemoved int          `json:"subscriptions_removed"`
	DeliveriesCancelled  int          `json:"deliveries_cancelled"`
	ChargesCancelled     int          `json:"charges_cancelled"` // pending ones; paid ones stay
}

// SessionTokenRequest names the app and the store of an app frame.
type SessionTokenRequest struct {
	AppID   int64 `json:"app_id"`
	StoreID int64 `json:"store_id"`
}

// SessionToken is a fresh session token (JWT, HS256, 600 s).
type SessionToken struct {
	SessionToken string `json:"session_token"`
	ExpiresIn    int    `json:"expires_in"`
}

// EmbedParams is what the dashboard needs to open an app's frame.
type EmbedParams struct {
	IframeURL    string `json:"iframe_url"`
	SessionToken string `json:"session_token"`
	ExpiresIn    int    `json:"expires_in"`
	AppName      string `json:"app_name"`
}

// SessionVerifyRequest is the body of POST /api/apps/session/verify.
type SessionVerifyRequest struct {
	SessionToken string `json:"session_token"`
	ClientID     string `json:"client_id"`
	ClientSecret string `json:"client_secret"`
}

// SessionVerified is what a valid session token stands for.
type SessionVerified struct {
	StoreID        int64 `json:"store_id"`
	InstallationID int64 `json:"installation_id"`
	AppID          int64 `json:"app_id"`
	UserID         int64 `json:"user_id"`
	ExpiresAt      Time  `json:"expires_at"`
}

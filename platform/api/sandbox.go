package api

// SandboxReady is the line that `sx up --json` prints once every program
// answers. Its fields are stable: other people's CI reads them.
type SandboxReady struct {
	PlatformURL  string         `json:"platform_url"` // browser-facing
	APIURL       string         `json:"api_url"`      // server to server, ends in /api
	DashboardURL string         `json:"dashboard_url"`
	AppURL       string         `json:"app_url,omitempty"`
	ControlURL   string         `json:"control_url"` // ends in /_sandbox
	ControlKey   string         `json:"control_key"`
	Stores       []SandboxStore `json:"stores"`
	Logins       []SandboxLogin `json:"logins"`
	Apps         []SandboxApp   `json:"apps"`
	ReadyMS      int64          `json:"ready_ms"`
}

// SandboxStore is a store of the seed.
type SandboxStore struct {
	StoreID int64  `json:"store_id"`
	Name    string `json:"name"`
}

// SandboxLogin is a dashboard login of the seed.
type SandboxLogin struct {
	Email    string   `json:"email"`
	Password string   `json:"password"`
	StoreIDs []int64  `json:"store_ids"`
	Roles    []string `json:"roles"`
}

// SandboxApp is a registered app with its plain credentials.
type SandboxApp struct {
	AppID             int64  `json:"app_id"`
	Slug              string `json:"slug"`
	ClientID          string `json:"client_id"`
	ClientSecret      string `json:"client_secret"`
	SessionSigningKey string `json:"session_signing_key"`
	WebhookSecret     string `json:"webhook_secret"`
}

// SandboxStatus is what GET /_sandbox/status tells of a running platform.
type SandboxStatus struct {
	Version       string `json:"version"`
	BusinessTime  Time   `json:"business_time"`
	Frozen        Flag   `json:"frozen"`
	Stores        int    `json:"stores"`
	Apps          int    `json:"apps"`
	Installations int    `json:"installations"` // active ones
	Events        int    `json:"events"`
	Deliveries    int    `json:"deliveries"`
}

// SandboxAppInput is the body of POST /_sandbox/apps. The app is approved
// without a review unless Draft is set, and listed unless is_listed is 0.
type SandboxAppInput struct {
	AppInput
	Draft bool `json:"draft"`
}

// SandboxRegistered is the answer to POST /_sandbox/apps. Its secrets are shown
// this once.
type SandboxRegistered struct {
	App
	AppSecrets
}

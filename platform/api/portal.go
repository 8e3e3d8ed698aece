package api

import "encoding/json"

// Kinds of apps.
const (
	AppPlatform = "platform" // registered by a developer, for any store
	AppCustom   = "custom"   // made by a merchant, for one store
)

// States of an app's review.
const (
	ReviewDraft     = "draft"
	ReviewInReview  = "in_review"
	ReviewApproved  = "approved"
	ReviewRejected  = "rejected"
	ReviewSuspended = "suspended"
)

// ReviewStatuses lists the states of a review.
var ReviewStatuses = []string{ReviewDraft, ReviewInReview, ReviewApproved, ReviewRejected, ReviewSuspended}

// AppInput is the body of POST /api/apps and PUT /api/apps/{app_id}. What is
// left out has its default, or stays as it is. URLs are https, or http to
// localhost, *.localhost or 127.0.0.1, without a fragment.
type AppInput struct {
	Name              Change[string]          `json:"name,omitzero"` // 3 to 255 characters
	Slug              Change[string]          `json:"slug,omitzero"` // of the name when left out; never changes
	Icon              Change[string]          `json:"icon,omitzero"` // https, or /media/apps/{name}.svg; a drawn one when left out
	Screenshots       Change[[]string]        `json:"screenshots,omitzero"`
	Description       Change[string]          `json:"description,omitzero"`
	ShortDescription  Change[string]          `json:"short_description,omitzero"`
	HomepageURL       Change[string]          `json:"homepage_url,omitzero"`
	AppURL            Change[string]          `json:"app_url,omitzero"` // the frame; empty for an app without one
	SetupURL          Change[string]          `json:"setup_url,omitzero"`
	WebhookURL        Change[string]          `json:"webhook_url,omitzero"`         // install and uninstall hooks lie below it
	WebhookReceiveURL Change[string]          `json:"webhook_receive_url,omitzero"` // where deliveries go
	WebhookTopics     Change[[]string]        `json:"webhook_topics,omitzero"`      // subscribed to at each install
	RedirectURLs      Change[[]string]        `json:"redirect_urls,omitzero"`       // 1 to 10, matched character for character
	RequestedScopes   Change[[]string]        `json:"requested_scopes,omitzero"`    // at least 1, in either spelling
	DeveloperName     Change[string]          `json:"developer_name,omitzero"`
	DeveloperEmail    Change[string]          `json:"developer_email,omitzero"`
	PricingType       Change[string]          `json:"pricing_type,omitzero"`
	PricingAmount     Change[Money]           `json:"pricing_amount,omitzero"`
	FeePayer          Change[string]          `json:"fee_payer,omitzero"`       // developer | merchant
	CommissionRate    Change[float64]         `json:"commission_rate,omitzero"` // 0 to 0.5; 0.2 when left out
	Category          Change[string]          `json:"category,omitzero"`
	Metadata          Change[json.RawMessage] `json:"metadata,omitzero"`  // any JSON, kept as it is
	IsListed          Change[Flag]            `json:"is_listed,omitzero"` // takes effect while the app is approved
}

// PortalApp is an app as its developer and its reviewer see it.
type PortalApp struct {
	App
	Owned         Flag    `json:"owned"` // by the caller, who may then change it
	Installations int     `json:"installations"`
	ReviewNote    *string `json:"review_note"` // what the last review said
	SubmittedAt   *Time   `json:"submitted_at"`
	ReviewedAt    *Time   `json:"reviewed_at"`
	// WebhookSecretChangesAt is when the next webhook secret becomes the
	// current one; null when none waits.
	WebhookSecretChangesAt *Time `json:"webhook_secret_changes_at"`
}

// RegisteredApp is the answer to POST /api/apps. Its secrets are shown this
// once.
type RegisteredApp struct {
	PortalApp
	AppSecrets
}

// AppSecrets are an app's secrets in plain text.
type AppSecrets struct {
	ClientSecret         string `json:"client_secret"`
	SessionSigningKey    string `json:"session_signing_key"`    // the key is these 64 characters as they stand
	WebhookSigningSecret string `json:"webhook_signing_secret"` // of every delivery to the app
}

// ReviewDecision is the body of POST /api/apps/{app_id}/review: an action or
// the status it leads to.
type ReviewDecision struct {
	Action string `json:"action,omitempty"` // approve | reject | suspend | submit
	Status string `json:"status,omitempty"` // approved | rejected | suspended | in_review
	Note   string `json:"note,omitempty"`   // for the developer, at most 2000 characters
}

// RotatedSecret is the answer to POST …/rotate-secret. The old secret ends at
// once.
type RotatedSecret struct {
	ClientID     string `json:"client_id"`
	ClientSecret string `json:"client_secret"`
}

// RotatedKey is the answer to POST …/generate-signing-key. Session tokens
// signed with the old key end at once.
type RotatedKey struct {
	SessionSigningKey string `json:"session_signing_key"`
}

// WebhookSecretRotation is the body of POST …/rotate-webhook-secret; {} will
// do.
type WebhookSecretRotation struct {
	Immediate bool `json:"immediate"` // the old secret has leaked: it ends at once
}

// RotatedWebhookSecret is the answer to a rotation of the webhook secret.
type RotatedWebhookSecret struct {
	WebhookSigningSecret string `json:"webhook_signing_secret"`
	// ActivatesAt is when it becomes the current secret; null when it is.
	// Until then deliveries carry its signature in X-SeloraX-Signature-Next.
	ActivatesAt *Time `json:"activates_at"`
}

// DirectInstall is the body of POST /api/apps/installations/direct-install.
type DirectInstall struct {
	AppID   int64 `json:"app_id"`
	StoreID int64 `json:"store_id"`
}

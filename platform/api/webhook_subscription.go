package api

// Why a subscription is inactive.
const (
	DeactivatedDead   = "dead_deliveries" // five dead deliveries in a row
	DeactivatedGone   = "gone"            // its receiver answered 410
	DeactivatedPaused = "paused"          // somebody set is_active to 0
)

// Subscription is one webhook subscription.
type Subscription struct {
	SubscriptionID     int64     `json:"subscription_id"`
	AppID              *int64    `json:"app_id"` // null: the merchant's own
	InstallationID     *int64    `json:"installation_id"`
	StoreID            int64     `json:"store_id"`
	EventTopic         string    `json:"event_topic"`         // what it is told of
	Topic              string    `json:"topic"`               // the same
	TargetURL          string    `json:"target_url"`          // where deliveries go
	URL                string    `json:"url"`                 // the same
	IsActive           Flag      `json:"is_active"`           // 0: nothing is sent; set it to 1 to go on
	FailureCount       int       `json:"failure_count"`       // dead deliveries in a row
	DeactivatesAfter   *int      `json:"deactivates_after"`   // so many dead deliveries more; null when it is inactive
	DeactivatedAt      *Time     `json:"deactivated_at"`      // null when it is active
	DeactivationReason *string   `json:"deactivation_reason"` // dead_deliveries | gone | paused
	Name               *string   `json:"name"`
	Permissions        *ScopeSet `json:"permissions"`     // of a merchant's own
	CreatedByType      string    `json:"created_by_type"` // app | merchant
	SourceName         string    `json:"source_name"`     // the app, or the name the merchant gave
	LastSuccessAt      *Time     `json:"last_success_at"`
	LastFailureAt      *Time     `json:"last_failure_at"`
	CreatedAt          Time      `json:"created_at"`
}

// SubscriptionWithSecret is a subscription with what its deliveries are signed
// with: the app's one webhook secret, or that of the merchant's subscription.
// It is whole in the answer to its creation, and masked but for its last four
// characters everywhere else, a repetition under an Idempotency-Key included.
type SubscriptionWithSecret struct {
	Subscription
	SigningSecret string `json:"signing_secret"`
}

// Masked is the record as it is shown again.
func (s SubscriptionWithSecret) Masked() any {
	s.SigningSecret = MaskSecret(s.SigningSecret)
	return s
}

// SubscriptionsWithSecrets are the subscriptions of one request.
type SubscriptionsWithSecrets []SubscriptionWithSecret

// Masked is the list as it is shown again.
func (list SubscriptionsWithSecrets) Masked() any {
	masked := make([]any, len(list))
	for n, s := range list {
		masked[n] = s.Masked()
	}
	return masked
}

// MaskSecret hides a webhook secret but for its last four characters.
func MaskSecret(secret string) string {
	return PrefixWebhookSecret + "…" + secret[max(0, len(secret)-4):]
}

// NewSubscription is the body of POST /api/apps/v1/webhooks. Topic and address
// have two spellings each; one of them is enough.
type NewSubscription struct {
	Topic      string  `json:"topic,omitempty"`
	EventTopic string  `json:"event_topic,omitempty"`
	URL        string  `json:"url,omitempty"`        // https, or http on this machine; at most 2048 characters
	TargetURL  string  `json:"target_url,omitempty"` // the same
	Name       *string `json:"name,omitempty"`       // 2 to 255 characters
}

// SubscriptionUpdate is the body of PUT …/{subscription_id}. What is left out
// stays as it is.
type SubscriptionUpdate struct {
	Topic      Change[string] `json:"topic,omitzero"`
	EventTopic Change[string] `json:"event_topic,omitzero"`
	URL        Change[string] `json:"url,omitzero"`
	TargetURL  Change[string] `json:"target_url,omitzero"` // deliveries that still wait go there too
	Name       Change[string] `json:"name,omitzero"`
	IsActive   Change[Flag]   `json:"is_active,omitzero"` // 1 also sets failure_count to 0
}

// NewMerchantSubscriptions is the body of POST
// /api/apps/webhooks/subscriptions: one subscription for each topic, each with
// a secret of its own.
type NewMerchantSubscriptions struct {
	StoreID     int64    `json:"store_id"`
	EventTopics []string `json:"event_topics,omitempty"`
	EventTopic  string   `json:"event_topic,omitempty"` // instead of event_topics
	TargetURL   string   `json:"target_url"`
	Name        *string  `json:"name,omitempty"`        // 2 to 255 characters
	Permissions []string `json:"permissions,omitempty"` // scopes; if there are any they must cover the topics
}

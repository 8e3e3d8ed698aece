package api

// Topics of webhooks.
const (
	TopicOrderCreated       = "order.created"
	TopicOrderUpdated       = "order.updated"
	TopicOrderStatusChanged = "order.status_changed"
	TopicOrderCancelled     = "order.cancelled"
	TopicOrderDeleted       = "order.deleted"
	TopicProductCreated     = "product.created"
	TopicProductUpdated     = "product.updated"
	TopicProductDeleted     = "product.deleted"
	TopicInventoryUpdated   = "inventory.updated"
	TopicInventoryLow       = "inventory.low"
	TopicCustomerCreated    = "customer.created"
	TopicCustomerUpdated    = "customer.updated"
	TopicMessageDelivered   = "message.delivered"
	TopicMessageFailed      = "message.failed"
	TopicAppInstalled       = "app.installed"
	TopicAppUninstalled     = "app.uninstalled"
	TopicDataRequest        = "customers/data_request"
	TopicCustomerRedact     = "customers/redact"
	TopicShopRedact         = "shop/redact"

	TopicSubscriptionRenewalPending = "subscription.renewal_pending"
)

// Topics lists every topic an app may subscribe to.
var Topics = []string{
	TopicOrderCreated, TopicOrderUpdated, TopicOrderStatusChanged, TopicOrderCancelled, TopicOrderDeleted,
	TopicProductCreated, TopicProductUpdated, TopicProductDeleted,
	TopicCustomerCreated, TopicCustomerUpdated,
	TopicAppInstalled, TopicAppUninstalled,
	TopicInventoryUpdated, TopicInventoryLow,
	"charge.created", "charge.activated", "charge.declined", "charge.cancelled", "charge.expired", "charge.payment_failed",
	TopicSubscriptionRenewalPending,
	TopicMessageDelivered, TopicMessageFailed,
	TopicDataRequest, TopicCustomerRedact, TopicShopRedact,
}

// Hooks are what an app that registered a webhook_url is told besides events.
// They are POSTed to {webhook_url}/token and {webhook_url}/revoke and listed
// among the deliveries under these names, to which nobody can subscribe.
const (
	HookToken  = "hook/token"
	HookRevoke = "hook/revoke"
)

// TokenHook is the body of POST {webhook_url}/token: a store has installed the
// app. HMAC is the hex HMAC-SHA256, under the app's session signing key, of the
// JSON of the fields before it, in this order and without spaces.
type TokenHook struct {
	StoreID        int64  `json:"store_id"`
	InstallationID int64  `json:"installation_id"`
	AccessToken    string `json:"access_token"`
	HMAC           string `json:"hmac,omitempty"`
}

// RevokeHook is the body of POST {webhook_url}/revoke: a store has uninstalled
// the app. HMAC covers the fields before it, as in a TokenHook.
type RevokeHook struct {
	StoreID int64  `json:"store_id"`
	Action  string `json:"action"` // always "revoke"
	HMAC    string `json:"hmac,omitempty"`
}

// WebhookBody is the body of every webhook delivery.
type WebhookBody[T any] struct {
	EventID    string `json:"event_id"`
	EventTopic string `json:"event_topic"`
	StoreID    int64  `json:"store_id"`
	Timestamp  Time   `json:"timestamp"`
	Data       T      `json:"data"`
}

// OrderEvent is the data of the order.* topics: identifiers and the contact
// first, then the record.
type OrderEvent struct {
	OrderID        int64   `json:"order_id"`
	OrderNumber    string  `json:"order_number"`
	CustomerName   string  `json:"customer_name"`
	CustomerPhone  string  `json:"customer_phone"`
	Total          Money   `json:"total"`
	TrackingID     *string `json:"tracking_id"`
	StoreName      string  `json:"store_name"`
	Status         string  `json:"status"`
	PreviousStatus string  `json:"previous_status,omitempty"` // order.status_changed and order.cancelled
	Order          Order   `json:"order"`
}

// AppEvent is the data of app.installed and app.uninstalled.
type AppEvent struct {
	InstallationID int64    `json:"installation_id"`
	AppID          int64    `json:"app_id"`
	StoreID        int64    `json:"store_id"`
	StoreName      string   `json:"store_name"`
	Status         string   `json:"status"`
	GrantedScopes  ScopeSet `json:"granted_scopes"`
	InstalledAt    Time     `json:"installed_at"`
	UninstalledAt  *Time    `json:"uninstalled_at,omitempty"`
	ReinstalledAt  *Time    `json:"reinstalled_at,omitempty"`
}

// PrivacyCustomer is the person whom a privacy request is about.
type PrivacyCustomer struct {
	ID    int64   `json:"id"`
	Email *string `json:"email"`
	Phone *string `json:"phone"`
}

// DataRequestEvent is the data of customers/data_request: the app exports what
// it holds about the person within 30 days.
type DataRequestEvent struct {
	StoreID     int64           `json:"store_id"`
	Customer    PrivacyCustomer `json:"customer"`
	RequestedAt Time            `json:"requested_at"`
}

// CustomerRedactEvent is the data of customers/redact: the app erases what it
// holds about the person.
type CustomerRedactEvent struct {
	StoreID           int64           `json:"store_id"`
	Customer          PrivacyCustomer `json:"customer"`
	RedactRequestedAt Time            `json:"redact_requested_at"`
}

// ShopRedactEvent is the data of shop/redact.
type ShopRedactEvent struct {
	StoreID           int64 `json:"store_id"`
	RedactRequestedAt Time  `json:"redact_requested_at"`
}

// Subscription is one webhook subscription.
type Subscription struct {
	SubscriptionID int64   `json:"subscription_id"`
	AppID          *int64  `json:"app_id"` // null: the merchant's own
	InstallationID *int64  `json:"installation_id"`
	StoreID        int64   `json:"store_id"`
	EventTopic     string  `json:"event_topic"`   // what it is told of
	TargetURL      string  `json:"target_url"`    // where deliveries go
	IsActive       Flag    `json:"is_active"`     // 0 after five dead deliveries in a row, or 410
	FailureCount   int     `json:"failure_count"` // dead deliveries in a row
	Name           *string `json:"name"`
	CreatedByType  string  `json:"created_by_type"` // app | merchant
	SourceName     string  `json:"source_name"`     // the app, or the name the merchant gave
	LastSuccessAt  *Time   `json:"last_success_at"`
	LastFailureAt  *Time   `json:"last_failure_at"`
	CreatedAt      Time    `json:"created_at"`
}

// Delivery states.
const (
	DeliveryPending   = "pending"
	DeliveryRetrying  = "retrying"
	DeliveryDelivered = "delivered"
	DeliveryDead      = "dead"
	DeliveryCancelled = "cancelled"
)

// Delivery is one event, or hook, on its way to one target.
type Delivery struct {
	DeliveryID     int64             `json:"delivery_id"`
	EventID        string            `json:"event_id"` // the same on every attempt
	EventTopic     string            `json:"event_topic"`
	SubscriptionID *int64            `json:"subscription_id"`
	AppID          *int64            `json:"app_id"`
	StoreID        int64             `json:"store_id"`
	TargetURL      string            `json:"target_url"`
	Status         string            `json:"status"`          // pending | retrying | delivered | dead | cancelled
	Farewell       Flag              `json:"farewell"`        // sent although the app is uninstalled
	AttemptCount   int               `json:"attempt_count"`   // made so far
	NextAttemptAt  *Time             `json:"next_attempt_at"` // null: none is due
	CreatedAt      Time              `json:"created_at"`
	UpdatedAt      Time              `json:"updated_at"`
	Attempts       []DeliveryAttempt `json:"attempts"` // oldest first
}

// DeliveryAttempt is one POST. ID is the X-SeloraX-Delivery-Id it carried.
type DeliveryAttempt struct {
	ID             string  `json:"id"`
	Number         int     `json:"number"`
	StartedAt      Time    `json:"started_at"`
	DurationMS     int64   `json:"duration_ms"`
	ResponseStatus *int    `json:"response_status"`
	ResponseBody   string  `json:"response_body"` // first 20,000 bytes
	Error          *string `json:"error"`         // why there was no answer
}

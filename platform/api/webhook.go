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
	Test       bool   `json:"test,omitempty"` // true: asked for with …/test, nothing happened
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

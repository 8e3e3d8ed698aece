package api

// Request headers.
const (
	HeaderClientID     = "X-Client-Id"
	HeaderClientSecret = "X-Client-Secret"
	HeaderStoreID      = "X-Store-Id"
	HeaderAuthToken    = "X-Auth-Token"  // dashboard session
	HeaderControlKey   = "X-Sandbox-Key" // control API
	HeaderIdempotency  = "Idempotency-Key"

	// HeaderExtensionStore names the store in a call of an extension to its
	// app. The session token beside it is the proof.
	HeaderExtensionStore = "X-SeloraX-Store-Id"
)

// Response headers.
const (
	HeaderRequestID = "X-Request-Id"
	HeaderWarning   = "X-SeloraX-Sandbox-Warning" // unknown request fields, with the nearest valid name
	HeaderFault     = "X-SeloraX-Sandbox-Fault"   // the id of the fault rule that acted on this call
	HeaderReplayed  = "Idempotency-Replayed"      // true: the answer of an earlier request with the same Idempotency-Key

	HeaderRateLimit     = "X-RateLimit-Limit"     // requests in a window
	HeaderRateRemaining = "X-RateLimit-Remaining" // requests left in it
	HeaderRateReset     = "X-RateLimit-Reset"     // when the next one begins, Unix seconds
)

// Webhook delivery headers: the platform's own and those of Standard Webhooks.
const (
	HeaderWebhookSignature     = "X-SeloraX-Signature"
	HeaderWebhookSignatureNext = "X-SeloraX-Signature-Next"
	HeaderWebhookTimestamp     = "X-SeloraX-Timestamp"
	HeaderWebhookEvent         = "X-SeloraX-Webhook-Event"
	HeaderWebhookEventID       = "X-SeloraX-Webhook-Event-Id"
	HeaderIdempotencyKey       = "X-SeloraX-Idempotency-Key"
	HeaderDeliveryID           = "X-SeloraX-Delivery-Id"
	HeaderStandardID           = "Webhook-Id"
	HeaderStandardTimestamp    = "Webhook-Timestamp"
	HeaderStandardSignature    = "Webhook-Signature"

	// WebhookUserAgent is sent with every delivery.
	WebhookUserAgent = "SeloraX-Webhook/1.0"
)

// Credential and token prefixes.
const (
	PrefixClientID      = "sx_app_"
	PrefixClientSecret  = "sx_secret_"
	PrefixAccessToken   = "sx_at_"
	PrefixRefreshToken  = "sx_rt_"
	PrefixAuthCode      = "sx_ac_"
	PrefixWebhookSecret = "whsec_"
)

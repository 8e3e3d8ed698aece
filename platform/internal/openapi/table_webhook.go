package openapi

import "github.com/selorax/sandbox/platform/api"

// deliveryFilters narrow a list of deliveries.
func deliveryFilters(more ...Parameter) []Parameter {
	return paged(append(more, text("topic", "Of this topic."), oneOf("status", "Only these.", api.DeliveryStatuses...), text("event_id", "Of this event."))...)
}

func webhookRoutes() operations {
	const one = "/api/apps/v1/webhooks/{subscription_id}"
	return operations{
		"GET /api/apps/v1/webhooks": {Summary: "List the installation's subscriptions", Answer: data([]api.Subscription{}), Example: "/api/apps/v1/webhooks"},
		"POST /api/apps/v1/webhooks": {
			Summary: "Subscribe to a topic",
			Description: "`topic` and `url` may be spelled `event_topic` and `target_url`. A topic needs the scope that its data is read with: order.* " +
				"read:orders, product.* read:products, customer.* read:customers, inventory.* read:inventory, charge.* and subscription.* billing, " +
				"message.* manage:messaging; app.* and the GDPR topics none. An installation that loses the scope is not told any more. " +
				"The same topic at the same URL twice is a conflict.",
			Body: takes(api.NewSubscription{}), Answer: created(api.SubscriptionWithSecret{}),
		},
		"GET " + one: {Summary: "Get a subscription", Answer: data(api.SubscriptionWithSecret{})},
		"PUT " + one: {
			Summary: "Change a subscription", Body: takes(api.SubscriptionUpdate{}), Answer: data(api.Subscription{}),
			Description: "`is_active` 1 reactivates it and sets `failure_count` to 0; 0 pauses it: what waits is cancelled when its time comes.",
		},
		"DELETE " + one:              {Summary: "Delete a subscription", Answer: data(api.Deleted{})},
		"GET " + one + "/deliveries": {Summary: "List a subscription's deliveries with their attempts", Query: deliveryFilters(), Answer: listOf(api.Delivery{})},
		"POST " + one + "/test":      testOperation,
		"POST /api/apps/v1/webhooks/deliveries/{delivery_id}/resend": resendOperation,
	}.and(merchantWebhookRoutes())
}

var (
	testOperation = Operation{
		Summary: "Test a subscription", Answer: created(api.Delivery{}),
		Description: "Sends the data of the store's newest event of the topic, else of its newest record, else an example, in an envelope with `test: true`. " +
			"It is one attempt, and counts neither as a failure nor as a success of the subscription.",
	}
	resendOperation = Operation{
		Summary: "Send a delivery again", Answer: created(api.Delivery{}),
		Description: "Makes a new delivery of the same event: event id and idempotency key are the same, signatures are new, retries are as for any. " +
			"It goes to where the subscription points now. A subscription that is inactive or deleted is a conflict.",
	}
)

var explainOperation = Operation{
	Summary: "Explain the signature of a delivery", Body: takes(api.ExplainRequest{}), Answer: data(api.SignatureExplanation{}),
	Description: "Shows the signed bytes, what was sent and what the secret of today makes of them. Given what an app computed, it tries the usual mistakes " +
		"(another secret or another form of it, another timestamp, a body that was parsed and written again, base64 for hex) " +
		"and names those that make this very signature. No secret is in the answer. Nothing is changed.",
}

// merchantWebhookRoutes are those of the dashboard.
func merchantWebhookRoutes() operations {
	const one = "/api/apps/webhooks/subscriptions/{subscription_id}"
	return operations{
		"POST /api/apps/webhooks/subscriptions": {
			Summary: "Subscribe a merchant to topics",
			Description: "One subscription for each topic, all of them or none, each with a secret of its own, which is shown this once. " +
				"`permissions` are kept with them; if there are any they must cover the topics.",
			Body: takes(api.NewMerchantSubscriptions{}, "store_id", "target_url"), Answer: created(api.SubscriptionsWithSecrets{}),
		},
		"GET " + one: {Summary: "Get a subscription of a store", Answer: data(api.SubscriptionWithSecret{})},
		"PUT " + one: {
			Summary: "Change a subscription of a store", Body: takes(api.SubscriptionUpdate{}), Answer: data(api.Subscription{}),
			Description: "Of an app's subscription only `is_active` can be changed.",
		},
		"DELETE " + one: {Summary: "Delete a merchant's subscription", Answer: data(api.Deleted{})},
		"POST " + one + "/rotate-secret": {
			Summary:     "Give a merchant's subscription its next secret",
			Description: "For 24 hours deliveries are signed with both; then the next one takes the place of the current one.",
			Body:        takes(api.WebhookSecretRotation{}), Answer: data(api.RotatedWebhookSecret{}),
		},
		"POST " + one + "/test":                                    testOperation,
		"GET /api/apps/webhooks/deliveries/{delivery_id}":          {Summary: "Get a delivery with what its attempts sent and got", Answer: data(api.DeliveryDetail{})},
		"POST /api/apps/webhooks/deliveries/{delivery_id}/resend":  resendOperation,
		"POST /api/apps/webhooks/deliveries/{delivery_id}/explain": explainOperation,
		"GET /api/apps/webhooks/subscriptions":                     {Summary: "List a store's subscriptions", Query: []Parameter{store, number("app_id", "Of this app.")}, Answer: data([]api.Subscription{})},
		"GET /api/apps/webhooks/deliveries": {
			Summary: "List a store's deliveries with their attempts", Answer: listOf(api.Delivery{}),
			Query: deliveryFilters(store, number("app_id", "To this app."), number("subscription_id", "Of this subscription.")),
		},
	}
}

// controlWebhookRoutes are those of the control API.
func controlWebhookRoutes() operations {
	ofStore := number("store_id", "Of this store.")
	return operations{
		"GET /_sandbox/deliveries": {
			Summary: "List deliveries of all stores", Answer: listOf(api.Delivery{}),
			Query: deliveryFilters(ofStore, text("app", "To this app, by its slug.")),
		},
		"GET /_sandbox/deliveries/{delivery_id}":          {Summary: "Get any delivery", Answer: data(api.DeliveryDetail{})},
		"POST /_sandbox/deliveries/{delivery_id}/explain": explainOperation,
		"POST /_sandbox/deliveries/{delivery_id}/resend":  {Summary: "Send any delivery again", Answer: created(api.Delivery{})},
		"GET /_sandbox/events":                            {Summary: "List events of all stores", Query: paged(ofStore, text("topic", "Of this topic.")), Answer: listOf(api.SandboxEvent{})},
		"GET /_sandbox/events/{event_id}":                 {Summary: "Get an event", Answer: data(api.SandboxEvent{})},
		"POST /_sandbox/events/{event_id}/resend": {
			Summary: "Send an event again", Answer: created(api.SandboxResent{}),
			Description: "To every active subscription to its topic, one that was made later included.",
			Query:       []Parameter{number("subscription_id", "To this one only.")},
		},
	}
}

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
	}.and(merchantWebhookRoutes())
}

// merchantWebhookRoutes are those of the dashboard.
func merchantWebhookRoutes() operations {
	return operations{
		"GET /api/apps/webhooks/subscriptions": {Summary: "List a store's subscriptions", Query: []Parameter{store, number("app_id", "Of this app.")}, Answer: data([]api.Subscription{})},
		"GET /api/apps/webhooks/deliveries": {
			Summary: "List a store's deliveries with their attempts", Answer: listOf(api.Delivery{}),
			Query: deliveryFilters(store, number("app_id", "To this app."), number("subscription_id", "Of this subscription.")),
		},
	}
}

package api

import "strings"

// MerchantTopics lists the topics that a merchant may subscribe to.
var MerchantTopics = []string{
	TopicOrderCreated, TopicOrderUpdated, TopicOrderStatusChanged,
	TopicProductCreated, TopicProductUpdated, TopicProductDeleted,
	TopicCustomerCreated, TopicCustomerUpdated,
	TopicInventoryUpdated, TopicAppInstalled, TopicAppUninstalled,
}

// TopicScope returns the scope that an installation needs to be told of a
// topic, or "" when every app is: of itself, and of what privacy demands.
func TopicScope(topic string) Scope {
	noun, _, _ := strings.Cut(topic, ".")
	return topicScopes[noun]
}

var topicScopes = map[string]Scope{
	"order": ReadOrders, "product": ReadProducts, "customer": ReadCustomers, "inventory": ReadInventory,
	"charge": Billing, "subscription": Billing, "message": ManageMessaging,
}

package page

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// Topic is something that a webhook tells of.
type Topic struct {
	Name  string // as the API writes it
	Label string
}

// TopicGroup is the topics of one kind of thing.
type TopicGroup struct {
	Name     string
	Icon     string
	Personal bool // they carry a person's name and phone
	Topics   []Topic
}

var topicLabels = map[string]string{
	api.TopicOrderCreated: "Order placed", api.TopicOrderUpdated: "Order changed", api.TopicOrderStatusChanged: "Order status changed",
	api.TopicOrderCancelled: "Order cancelled", api.TopicOrderDeleted: "Order deleted",
	api.TopicProductCreated: "Product added", api.TopicProductUpdated: "Product changed", api.TopicProductDeleted: "Product deleted",
	api.TopicCustomerCreated: "Customer added", api.TopicCustomerUpdated: "Customer changed",
	api.TopicInventoryUpdated: "Stock changed", api.TopicInventoryLow: "Stock low",
	api.TopicAppInstalled: "App installed", api.TopicAppUninstalled: "App uninstalled",
	api.TopicMessageDelivered: "Message delivered", api.TopicMessageFailed: "Message failed",
	api.TopicDataRequest: "Export of a customer's data", api.TopicCustomerRedact: "Erasure of a customer's data", api.TopicShopRedact: "Erasure of the whole store",
	api.HookToken: "Installation hook", api.HookRevoke: "Uninstallation hook",
}

// TopicLabel is a topic as people say it.
func TopicLabel(topic string) string {
	if label, ok := topicLabels[topic]; ok {
		return label
	}
	return words(strings.NewReplacer(".", " ", "/", " ").Replace(topic))
}

var topicGroups = map[string]TopicGroup{
	"order": {Name: "Orders", Icon: "orders", Personal: true}, "product": {Name: "Products", Icon: "products"},
	"customer": {Name: "Customers", Icon: "user", Personal: true}, "inventory": {Name: "Inventory", Icon: "box"}, "app": {Name: "Apps", Icon: "apps"},
}

// MerchantTopics groups what a merchant's own webhooks may tell of.
func MerchantTopics() (groups []TopicGroup) {
	for _, name := range api.MerchantTopics {
		noun, _, _ := strings.Cut(name, ".")
		group := topicGroups[noun]
		i := slices.IndexFunc(groups, func(g TopicGroup) bool { return g.Name == group.Name })
		if i < 0 {
			i, groups = len(groups), append(groups, group)
		}
		groups[i].Topics = append(groups[i].Topics, Topic{name, TopicLabel(name)})
	}
	return groups
}

// SubscriptionState is how a webhook subscription stands: Note says what
// follows, "" where nothing does.
type SubscriptionState struct {
	Status
	Note string
}

// Subscription is how a subscription is shown.
func Subscription(s api.Subscription) SubscriptionState {
	reason := ""
	if s.DeactivationReason != nil {
		reason = *s.DeactivationReason
	}
	switch {
	case bool(s.IsActive) && s.FailureCount == 0:
		return SubscriptionState{Status: Status{Name: "active", Label: "Active", Icon: "check-circle", Tone: "success"}}
	case bool(s.IsActive):
		return SubscriptionState{Status{Name: "failing", Label: "Failing", Icon: "alert", Tone: "warning"}, countdown(s.DeactivatesAfter)}
	case reason == api.DeactivatedPaused:
		return SubscriptionState{Status{Name: "paused", Label: "Paused", Icon: "pause"}, "Nothing is sent until it is resumed."}
	case reason == api.DeactivatedGone:
		return SubscriptionState{Status{Name: "off", Label: "Turned off", Icon: "x-circle", Tone: "danger"}, "Its receiver answered 410: it wants no more webhooks."}
	}
	return SubscriptionState{Status{Name: "off", Label: "Turned off", Icon: "x-circle", Tone: "danger"}, "Too many deliveries in a row failed."}
}

func countdown(after *int) string {
	switch {
	case after == nil:
		return ""
	case *after == 1:
		return "Turns off after 1 more failed delivery."
	}
	return "Turns off after " + group(*after) + " more failed deliveries."
}

// Headers writes the headers of a request or an answer, one a line.
func Headers(h map[string][]string) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(h)) {
		for _, value := range h[name] {
			b.WriteString(name + ": " + value + "\n")
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// Indent spreads JSON over lines; other text stays as it is.
func Indent(text string) string {
	var b bytes.Buffer
	if json.Indent(&b, []byte(text), "", "  ") != nil {
		return text
	}
	return b.String()
}

package page

import (
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// PrivacyKind is how a kind of privacy request is shown.
type PrivacyKind struct {
	Label string
	Icon  string
}

var privacyKinds = map[string]PrivacyKind{
	api.TopicDataRequest:    {Label: "Export of a customer's data", Icon: "personal"},
	api.TopicCustomerRedact: {Label: "Erasure of a customer's data", Icon: "trash"},
	api.TopicShopRedact:     {Label: "Erasure of the whole store", Icon: "trash"},
}

// Privacy is how a privacy request is shown; one that this dashboard does not
// know is shown by its topic.
func Privacy(topic string) PrivacyKind {
	k, ok := privacyKinds[topic]
	if !ok {
		k = PrivacyKind{Label: topic, Icon: "shield"}
	}
	return k
}

// And joins names as people do: "Restock, Messaging and Accounts".
func And(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

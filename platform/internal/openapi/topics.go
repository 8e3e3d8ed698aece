package openapi

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// payloads are the data of each topic.
var payloads = map[string]any{
	api.TopicOrderCreated: api.OrderEvent{}, api.TopicOrderUpdated: api.OrderEvent{}, api.TopicOrderStatusChanged: api.OrderEvent{},
	api.TopicOrderCancelled: api.OrderEvent{}, api.TopicOrderDeleted: api.OrderEvent{},
	api.TopicProductCreated: api.ProductEvent{}, api.TopicProductUpdated: api.ProductEvent{}, api.TopicProductDeleted: api.ProductEvent{},
	api.TopicInventoryUpdated: api.InventoryEvent{}, api.TopicInventoryLow: api.InventoryEvent{},
	api.TopicCustomerCreated: api.CustomerEvent{}, api.TopicCustomerUpdated: api.CustomerEvent{},
	api.TopicMessageDelivered: api.MessageEvent{}, api.TopicMessageFailed: api.MessageEvent{},
	api.TopicAppInstalled: api.AppEvent{}, api.TopicAppUninstalled: api.AppEvent{},
	api.TopicChargeCreated: api.ChargeEvent{}, api.TopicChargeActivated: api.ChargeEvent{}, api.TopicChargeDeclined: api.ChargeEvent{},
	api.TopicChargeCancelled: api.ChargeEvent{}, api.TopicChargeExpired: api.ChargeEvent{}, api.TopicChargePaymentFailed: api.ChargeEvent{},
	api.TopicSubscriptionRenewalPending: api.ChargeEvent{},
	api.TopicDataRequest:                api.DataRequestEvent{}, api.TopicCustomerRedact: api.CustomerRedactEvent{}, api.TopicShopRedact: api.ShopRedactEvent{},
}

// webhooks describes the body of each topic.
func (b *builder) webhooks() map[string]any {
	out := map[string]any{}
	for _, topic := range api.Topics {
		out[topic] = map[string]any{"post": map[string]any{
			"operationId": "on_" + strings.NewReplacer(".", "_", "/", "_").Replace(topic),
			"summary":     topic, "tags": []string{tagWebhooks},
			"requestBody": map[string]any{"content": jsonContent(b.webhookBody(topic), nil)},
			"responses":   map[string]any{"2XX": map[string]any{"description": "The delivery counts as delivered."}},
		}}
	}
	return out
}

// webhookBody is the schema of what a webhook of a topic carries.
func (b *schemas) webhookBody(topic string) Schema {
	return Schema{
		"type": "object", "required": []string{"event_id", "event_topic", "store_id", "timestamp", "data"},
		"properties": Schema{
			"event_id": Schema{"type": "string", "format": "uuid"}, "event_topic": Schema{"const": topic},
			"store_id": Schema{"type": "integer"}, "timestamp": leaves[reflect.TypeFor[api.Time]()],
			"test": Schema{"type": "boolean", "description": "true: somebody tests the subscription, nothing happened."},
			"data": b.of(reflect.TypeOf(payloads[topic]), false),
		},
	}
}

// Topics makes the JSON Schema of every webhook body, for receivers that check
// what they get: the body of a topic is "#/$defs/order.created".
func Topics(comments Comments) (map[string]any, error) {
	s := &schemas{comments: comments, components: map[string]Schema{}, taken: map[direction]string{}}
	defs := map[string]any{}
	for _, topic := range api.Topics {
		defs[topic] = s.webhookBody(topic)
	}
	for name, schema := range s.components {
		defs[name] = schema
	}
	text, err := json.Marshal(map[string]any{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Bodies of SeloraX webhooks, by topic", "$defs": defs,
	})
	if err != nil {
		return nil, err
	}
	var doc map[string]any
	err = json.Unmarshal([]byte(strings.ReplaceAll(string(text), "#/components/schemas/", "#/$defs/")), &doc)
	return doc, err
}

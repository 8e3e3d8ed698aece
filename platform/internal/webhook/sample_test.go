package webhook

import (
	"encoding/json"
	"testing"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/id"
	"github.com/selorax/sandbox/platform/internal/openapi/openapitest"
)

// The example of every topic is what its documentation promises.
func TestExamplesConform(t *testing.T) {
	t.Parallel()
	for _, topic := range api.Topics {
		body, err := json.Marshal(api.WebhookBody[any]{
			EventID: id.UUID(), EventTopic: topic, StoreID: 22, Timestamp: api.At(1), Test: true, Data: example(22, 1, topic, api.At(1)),
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := openapitest.TopicConforms(topic, body); err != nil {
			t.Errorf("%s: %v\n%s", topic, err, body)
		}
	}
}

package openapitest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/selorax/sandbox/platform/api"
)

// TopicConforms says how the body of a webhook differs from the schema of its
// topic. Undocumented fields are differences too.
func TopicConforms(topic string, body []byte) error {
	schemas, err := topics()
	if err != nil {
		return err
	}
	schema, ok := schemas[topic]
	if !ok {
		return fmt.Errorf("the topic %s is not documented", topic)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

var topics = sync.OnceValues(func() (map[string]*jsonschema.Schema, error) {
	var doc map[string]any
	if err := json.Unmarshal(api.TopicSchemas, &doc); err != nil {
		return nil, err
	}
	closeObjects(doc["$defs"])
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	text, err := json.Marshal(doc)
	if err != nil {
		return nil, err
	}
	resource, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	if err := c.AddResource("topics.json", resource); err != nil {
		return nil, err
	}
	compiled := map[string]*jsonschema.Schema{}
	for _, topic := range api.Topics {
		if compiled[topic], err = c.Compile("topics.json#" + pointerTo("$defs", topic)); err != nil {
			return nil, err
		}
	}
	return compiled, nil
})

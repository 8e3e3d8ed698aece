package openapitest

import (
	"encoding/json"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/selorax/sandbox/platform/api"
)

// The props of every node of every example fit the JSON Schema of its
// component, and a value of the wrong kind does not.
func TestComponentSchemas(t *testing.T) {
	t.Parallel()
	compiler, schemas := jsonschema.NewCompiler(), map[string]*jsonschema.Schema{}
	for _, c := range api.Components() {
		text, err := json.Marshal(c.Schema)
		if err != nil {
			t.Fatal(err)
		}
		var plain any
		if err := json.Unmarshal(text, &plain); err != nil {
			t.Fatal(err)
		}
		if err := compiler.AddResource(c.Name, plain); err != nil {
			t.Fatal(err)
		}
		if schemas[c.Name], err = compiler.Compile(c.Name); err != nil {
			t.Fatal(err)
		}
	}
	var visit func(node map[string]any)
	visit = func(node map[string]any) {
		if props, ok := node["props"]; ok {
			if err := schemas[node["type"].(string)].Validate(props); err != nil {
				t.Error(err)
			}
		}
		children, _ := node["children"].([]any)
		for _, child := range children {
			visit(child.(map[string]any))
		}
	}
	for _, c := range api.Components() {
		var example map[string]any
		if err := json.Unmarshal(c.Example, &example); err != nil {
			t.Fatal(err)
		}
		visit(example)
	}
	for component, props := range map[string]map[string]any{
		"Text": {"content": []any{"a"}}, "Grid": {"columns": "two"}, "Checkbox": {"checked": "maybe"}, "Stack": {"gap": "midium"}, "Table": {"rows": map[string]any{}},
	} {
		if schemas[component].Validate(props) == nil {
			t.Errorf("%s takes %v", component, props)
		}
	}
}

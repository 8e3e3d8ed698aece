package api

import (
	_ "embed" // for the components
	"encoding/json"
	"sync"
)

// Types of a component's prop.
const (
	PropText   = "text"
	PropNumber = "number"
	PropFlag   = "flag" // true or false
	PropChoice = "choice"
	PropList   = "list"
	PropObject = "object"
	PropAny    = "any"
)

// Component is one kind of node of an extension's tree (GET
// /api/apps/extensions/components).
type Component struct {
	Name     string          `json:"name"`
	Group    string          `json:"group"` // Layout, Display, Data, Input, …
	About    string          `json:"about"`
	Plain    bool            `json:"plain,omitempty"`    // drawn by its title, its words and its children alone
	Children bool            `json:"children,omitempty"` // draws what it holds
	Events   []string        `json:"events,omitempty"`   // onClick, onChange, …
	Props    []ComponentProp `json:"props"`
	Example  json.RawMessage `json:"example"` // a tree
	// Schema is the JSON Schema (2020-12) of its props. Names that it does not
	// know are allowed: a deploy warns of them.
	Schema map[string]any `json:"schema"`
}

// ComponentProp is a prop of a component. A template may stand in its place.
type ComponentProp struct {
	Name   string   `json:"name"`
	Type   string   `json:"type"`
	About  string   `json:"about"`
	Values []string `json:"values,omitempty"` // of a choice
}

//go:embed components.json
var components []byte

// Components lists every component with its props, by group.
var Components = sync.OnceValue(func() (list []Component) {
	if err := json.Unmarshal(components, &list); err != nil {
		panic("components.json: " + err.Error()) // it is compiled in
	}
	for n := range list {
		list[n].Schema = schemaOf(list[n])
	}
	return list
})

// schemaOf writes the types of a component's props as JSON Schema.
func schemaOf(c Component) map[string]any {
	props := map[string]any{}
	for _, p := range c.Props {
		schema := map[string]any{"description": p.About}
		if forms := p.forms(); forms != nil {
			schema["anyOf"] = append(forms, map[string]any{"type": "string", "pattern": `\{\{`}, map[string]any{"type": "null"})
		}
		props[p.Name] = schema
	}
	return map[string]any{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "title": c.Name, "description": c.About,
		"type": "object", "properties": props,
	}
}

// forms are the kinds of values that a prop takes, besides a template and
// nothing; nil for any.
func (p ComponentProp) forms() []any {
	of := func(types ...string) map[string]any { return map[string]any{"type": types} }
	switch p.Type {
	case PropText:
		return []any{of("string", "number", "boolean")}
	case PropNumber:
		return []any{of("number"), map[string]any{"type": "string", "pattern": `^-?[0-9]*\.?[0-9]+$`}}
	case PropFlag:
		return []any{of("boolean", "number"), map[string]any{"enum": []string{"true", "false", "1", "0"}}}
	case PropChoice:
		return []any{map[string]any{"enum": p.Values}}
	case PropList:
		return []any{of("array")}
	case PropObject:
		return []any{of("object", "array")}
	}
	return nil
}

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
	return list
})

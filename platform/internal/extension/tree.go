package extension

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// methods are those of a call to the app.
var methods = []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}

// tree checks the tree of an extension of mode json.
func (c *checker) tree(name string, ui json.RawMessage) {
	switch {
	case len(ui) == 0 || string(ui) == "null":
		c.complain(name+".ui", "is required in mode json")
		return
	case len(ui) > api.MaxTreeBytes:
		c.complain(name+".ui", "may have at most %d bytes, not %d", api.MaxTreeBytes, len(ui))
		return
	}
	c.nodes = 0
	c.node(name+".ui", ui, 1)
	if c.nodes > api.MaxTreeNodes {
		c.complain(name+".ui", "may have at most %d components", api.MaxTreeNodes)
	}
}

// node checks one component and what is below it.
func (c *checker) node(place string, raw json.RawMessage, depth int) {
	c.nodes++
	if c.nodes > api.MaxTreeNodes {
		return
	}
	if depth > api.MaxTreeDepth {
		c.complain(place, "lies deeper than %d levels", api.MaxTreeDepth)
		return
	}
	var n api.Node
	if !isObject(raw) {
		c.complain(place, "must be a component, an object with a type")
		return
	}
	if err := json.Unmarshal(raw, &n); err != nil {
		c.complain(misfit(place, err), "%s", reason(err))
		return
	}
	if !slices.Contains(api.ExtensionComponents, n.Type) {
		c.complain(place+".type", "must be one of the platform's components, not %q%s", n.Type, nearest(n.Type, api.ExtensionComponents))
	}
	c.props(place+".props", n)
	for i, child := range n.Children {
		if at := fmt.Sprintf("%s.children[%d]", place, i); !isText(child) {
			c.node(at, child, depth+1)
		}
	}
	for _, event := range slices.Sorted(maps.Keys(n.Actions)) {
		c.actions(place+".actions."+event, n.Actions[event], depth)
	}
	for _, prop := range slices.Sorted(maps.Keys(n.Props)) {
		if holdsActions(n.Type, prop, n.Props[prop]) {
			c.actions(place+".props."+prop, n.Props[prop], depth)
		}
	}
}

// holdsActions reports whether a prop is of an event. What others than buttons
// and links call their action is a button's label and address.
func holdsActions(component, prop string, value json.RawMessage) bool {
	if len(value) == 0 || value[0] != '{' && value[0] != '[' {
		return false
	}
	return eventProps.MatchString(prop) || prop == "action" && (component == "Button" || component == "Link")
}

// isText reports whether a child is drawn as text: a string or a number.
func isText(child json.RawMessage) bool {
	return len(child) > 0 && strings.ContainsRune(`"-0123456789`, rune(child[0]))
}

// misfit is the place of a value of the wrong kind.
func misfit(place string, err error) string {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) && kind.Field != "" {
		return place + "." + kind.Field
	}
	return place
}

func reason(err error) string {
	var kind *json.UnmarshalTypeError
	if !errors.As(err, &kind) {
		return "is not valid JSON"
	}
	wanted := map[string]string{"type": "a text", "when": "a text", "props": "an object", "children": "an array of components and texts", "actions": "an object"}
	field, _, _ := strings.Cut(kind.Field, ".")
	if want := wanted[field]; want != "" {
		return "must be " + want
	}
	return "has the wrong kind of value"
}

// actions checks one action or a list of them.
func (c *checker) actions(place string, raw json.RawMessage, depth int) {
	if isObject(raw) {
		c.action(place, raw, depth)
		return
	}
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		c.complain(place, "must be an action or a list of actions")
		return
	}
	for n, one := range list {
		c.action(fmt.Sprintf("%s[%d]", place, n), one, depth)
	}
}

func (c *checker) action(place string, raw json.RawMessage, depth int) {
	var a struct {
		api.Action
		UI json.RawMessage `json:"ui"` // checked as a tree
	}
	if !isObject(raw) || json.Unmarshal(raw, &a) != nil {
		c.complain(place, "must be an action, an object with a type")
		return
	}
	switch a.Type {
	case api.ActCallBackend:
		c.call(place, a.Action)
	case api.ActNavigate:
		if !strings.HasPrefix(a.URL, "/") && !strings.HasPrefix(a.URL, "{{") || strings.HasPrefix(a.URL, "//") {
			c.complain(place+".url", "must be a path in the dashboard such as /orders")
		}
	case api.ActOpenLink:
		if !isWeb(a.URL) && !strings.HasPrefix(a.URL, "{{") {
			c.complain(place+".url", "must be an http or https URL")
		}
	case api.ActSetState:
		if a.Key == "" {
			c.complain(place+".key", "is required: the name under {{state.…}}")
		}
	case api.ActOpenModal, api.ActOpenDrawer:
		c.node(place+".ui", a.UI, depth+1)
	case api.ActCloseModal, api.ActCloseDrawer, api.ActShowToast, api.ActCopy:
	default:
		c.complain(place+".type", "must be one of %s, not %q%s", strings.Join(api.ExtensionActions, ", "), a.Type, nearest(a.Type, api.ExtensionActions))
	}
}

// call checks a call to the app; without an address it goes to the extension's
// action_url.
func (c *checker) call(place string, a api.Action) {
	if a.Method != "" && !slices.Contains(methods, strings.ToUpper(a.Method)) {
		c.complain(place+".method", "must be one of %s, not %q", strings.Join(methods, ", "), a.Method)
	}
	switch {
	case a.URL != "":
		c.backend(place+".url", a.URL)
	case c.actionURL == "":
		c.complain(place+".url", "is required, since the extension has no action_url")
	}
}

package extension

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// everywhere are props that every component may have.
var everywhere = []string{"when", "className", "id", "key", "accessibilityLabel"}

// props checks the props of a component: values of the wrong kind are mistakes,
// names that nobody reads are worth a word.
func (c *checker) props(place string, n api.Node) {
	i := slices.IndexFunc(api.Components(), func(known api.Component) bool { return known.Name == n.Type })
	if i < 0 {
		return
	}
	known := api.Components()[i]
	names := make([]string, len(known.Props))
	for j, p := range known.Props {
		names[j] = p.Name
	}
	for _, name := range slices.Sorted(maps.Keys(n.Props)) {
		value, at := n.Props[name], place+"."+name
		j := slices.Index(names, name)
		switch {
		case j >= 0:
			c.prop(at, known.Props[j], value)
		case slices.Contains(everywhere, name) || eventProps.MatchString(name) || holdsActions(n.Type, name, value):
		default:
			c.warn(at, "is not a prop of %s%s", n.Type, nearest(name, names))
		}
	}
}

// prop checks the value of one prop. Templates are resolved later.
func (c *checker) prop(place string, p api.ComponentProp, value json.RawMessage) {
	var v any
	if json.Unmarshal(value, &v) != nil || v == nil {
		return
	}
	text, isText := v.(string)
	if isText && strings.Contains(text, "{{") {
		return
	}
	if !suits(p.Type, v) {
		c.complain(place, "must be %s", propTypes[p.Type])
		return
	}
	if p.Type == api.PropChoice && isText && !slices.Contains(p.Values, text) {
		c.warn(place, "is one of %s, not %q%s", strings.Join(p.Values, ", "), text, nearest(text, p.Values))
	}
}

var propTypes = map[string]string{
	api.PropText: "a text", api.PropNumber: "a number", api.PropFlag: "true or false", api.PropChoice: "a text",
	api.PropList: "a list", api.PropObject: "an object",
}

// suits reports whether a value is of a prop's type, or becomes one without a
// doubt: "3" is a number, and "false" is what templates write.
func suits(kind string, v any) bool {
	text, isText := v.(string)
	_, isList := v.([]any)
	_, isMap := v.(map[string]any)
	_, isNumber := v.(float64)
	_, isFlag := v.(bool)
	switch kind {
	case api.PropText, api.PropChoice:
		return !isList && !isMap
	case api.PropNumber:
		_, err := strconv.ParseFloat(text, 64)
		return isNumber || isText && err == nil
	case api.PropFlag:
		_, err := strconv.ParseBool(text)
		return isFlag || isNumber || isText && err == nil
	case api.PropList:
		return isList
	case api.PropObject:
		return isMap || isList // a list of actions too
	}
	return true
}

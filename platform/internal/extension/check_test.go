package extension

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
)

const appURL = "http://restock.localhost:5010/app"

// good is an extension with one of everything.
const good = `{"extension_id":"order-stock","target":"order.detail.block","title":"Stock","state":{"loaded":false},
	"loader":{"type":"call_backend","url":"/extensions/order-stock","body":{"order_id":"{{context.order.order_id}}"}},
	"ui":{"type":"Stack","props":{"direction":"vertical"},"children":[
		{"type":"Spinner","when":"{{!state.loaded}}"},
		{"type":"Text","props":{"when":"{{state.loaded}}","content":"Total: {{state.total}}"}},
		{"type":"Card","children":["Plain text",7,{"type":"Button","props":{"label":"Refresh"},"actions":{"onClick":[
			{"type":"call_backend","url":"extensions/refresh","method":"post"},{"type":"set_state","key":"loaded","value":false},
			{"type":"open_modal","title":"More","ui":{"type":"Text","props":{"content":"More"}}},{"type":"navigate","url":"/orders"},
			{"type":"open_link","url":"https://example.com"},{"type":"show_toast","message":"Done"}]}}]},
		{"type":"TextField","actions":{"onChange":{"type":"set_state","key":"note","value":"{{$value}}"}}}]},
	"settings_schema":[{"key":"threshold","label":"Threshold","type":"number","default":5}]}`

func setOf(t *testing.T, texts ...string) (list []api.Extension) {
	t.Helper()
	for _, text := range texts {
		var e api.Extension
		if err := json.Unmarshal([]byte(text), &e); err != nil {
			t.Fatalf("%v in %s", err, text)
		}
		list = append(list, e)
	}
	return list
}

func TestAGoodSetHasNoMistakes(t *testing.T) {
	t.Parallel()
	sandbox := `{"extension_id":"a","target":"dashboard.widget","title":"A","mode":"sandbox","sandbox_url":"http://localhost:3456/a.js"}`
	action := `{"extension_id":"b","target":"product.list.selection-action","title":"B","action_url":"/extensions/b"}`
	if got, _ := check(appURL, setOf(t, good, sandbox, action)); got != nil {
		t.Errorf("%q", got)
	}
	if got, _ := check(appURL, nil); got != nil {
		t.Errorf("an empty set: %q", got)
	}
}

func TestEachMistakeIsNamedWithItsPlace(t *testing.T) {
	t.Parallel()
	tree := func(ui string) string {
		return `{"extension_id":"x","target":"dashboard.widget","title":"X","ui":` + ui + `}`
	}
	for _, c := range []struct{ text, want string }{
		{`{"extension_id":"My Ext","target":"dashboard.widget","title":"X","ui":{"type":"Text"}}`,
			"extensions[0].extension_id must have 1 to 64 lower-case letters and digits, with hyphens between them."},
		{`{"extension_id":"x","target":"order.details.block","title":"X","ui":{"type":"Text"}}`,
			`x.target must be one of the platform's targets, not "order.details.block"; did you mean "order.detail.block"?`},
		{`{"extension_id":"x","target":"dashboard.widget","title":" ","ui":{"type":"Text"}}`, "x.title must have 1 to 100 characters."},
		{`{"extension_id":"x","target":"dashboard.widget","title":"X","mode":"html"}`, `x.mode must be json or sandbox, not "html".`},
		{`{"extension_id":"x","target":"dashboard.widget","title":"X"}`, "x.ui is required in mode json."},
		{`{"extension_id":"x","target":"dashboard.widget","title":"X","mode":"sandbox","sandbox_url":"/a.js"}`,
			"x.sandbox_url must be the http or https URL of the extension's script."},
		{`{"extension_id":"x","target":"dashboard.widget","title":"X","ui":{"type":"Text"},"state":[1]}`, "x.state must be an object."},
		{`{"extension_id":"x","target":"dashboard.widget","title":"X","ui":{"type":"Text"},"action_url":"http://evil.example/"}`,
			"x.action_url must be a path such as /extensions/refresh, or a URL on the app's origin http://restock.localhost:5010."},
		{`{"extension_id":"x","target":"dashboard.widget","title":"X","ui":{"type":"Text"},"loader":{"type":"call_backend"}}`,
			"x.loader.url is required, since the extension has no action_url."},
		{`{"extension_id":"x","target":"dashboard.widget","title":"X","ui":{"type":"Text"},"settings_schema":[{"key":"a","label":"A","type":"toggel"}]}`,
			`x.settings_schema[0].type must be one of text, number, toggle, select, textarea, color, not "toggel"; did you mean "toggle"?`},
		{tree(`{"type":"Buton"}`), `x.ui.type must be one of the platform's components, not "Buton"; did you mean "Button"?`},
		{tree(`{"type":"Card","children":["a",{"type":"Txt"}]}`), `x.ui.children[1].type must be one of the platform's components, not "Txt"; did you mean "Text"?`},
		{tree(`{"type":"Card","children":[true]}`), "x.ui.children[0] must be a component, an object with a type."},
		{tree(`{"type":"Card","children":"text"}`), "x.ui.children must be an array of components and texts."},
		{tree(`{"type":"Card","props":[]}`), "x.ui.props must be an object."},
		{tree(`{"type":"Button","actions":{"onClick":{"type":"call_backnd","url":"/a"}}}`),
			`x.ui.actions.onClick.type must be one of call_backend, navigate, open_modal, open_drawer, close_modal, close_drawer, open_link, set_state, show_toast, copy, not "call_backnd"; did you mean "call_backend"?`},
		{tree(`{"type":"Button","actions":{"onClick":"go"}}`), "x.ui.actions.onClick must be an action or a list of actions."},
		{tree(`{"type":"Button","props":{"action":{"type":"navigate","url":"https://evil.example"}}}`),
			"x.ui.props.action.url must be a path in the dashboard such as /orders."},
		{tree(`{"type":"Button","props":{"onClick":{"type":"open_link","url":"javascript:alert(1)"}}}`), "x.ui.props.onClick.url must be an http or https URL."},
		{tree(`{"type":"Button","actions":{"onClick":[{"type":"set_state"}]}}`), "x.ui.actions.onClick[0].key is required: the name under {{state.…}}."},
		{tree(`{"type":"Button","actions":{"onClick":{"type":"call_backend","url":"//evil.example/x"}}}`),
			"x.ui.actions.onClick.url must be a path such as /extensions/refresh, or a URL on the app's origin http://restock.localhost:5010."},
		{tree(`{"type":"Button","actions":{"onClick":{"type":"open_modal","ui":{"type":"Nope"}}}}`),
			`x.ui.actions.onClick.ui.type must be one of the platform's components, not "Nope".`},
		{tree(strings.Repeat(`{"type":"Card","children":[`, 10) + `{"type":"Text"}` + strings.Repeat(`]}`, 10)),
			"x.ui" + strings.Repeat(".children[0]", 10) + " lies deeper than 10 levels."},
		{tree(`{"type":"Card","children":[` + strings.Repeat(`{"type":"Text"},`, 499) + `{"type":"Text"}]}`), "x.ui may have at most 500 components."},
		{tree(`{"type":"Text","props":{"content":"` + strings.Repeat("x", 65536) + `"}}`), "x.ui may have at most 65536 bytes, not 65574."},
		{tree(`{"type":"Button","props":{"onClick":[{"type":"explode"}]}}`),
			`x.ui.props.onClick[0].type must be one of call_backend, navigate, open_modal, open_drawer, close_modal, close_drawer, open_link, set_state, show_toast, copy, not "explode".`},
		{tree(`{"type":"Tag","props":{"onRemove":{"type":"set_state"}}}`), "x.ui.props.onRemove.key is required: the name under {{state.…}}."},
	} {
		got, _ := check(appURL, setOf(t, c.text))
		if diff := cmp.Diff([]string{c.want}, got); diff != "" {
			t.Errorf("%.120s (-want +got):\n%s", c.text, diff)
		}
	}
}

func TestBoundsOfASet(t *testing.T) {
	t.Parallel()
	var many []string
	for n := range 51 {
		many = append(many, fmt.Sprintf(`{"extension_id":"x%d","target":"dashboard.widget","title":"X","ui":{"type":"Text"}}`, n))
	}
	if got, _ := check(appURL, setOf(t, many...)); len(got) != 1 || got[0] != "extensions may be at most 50, not 51." {
		t.Errorf("%q", got)
	}
	if got, _ := check(appURL, setOf(t, good, good)); len(got) != 1 || got[0] != "order-stock is there twice; each extension_id must be unique." {
		t.Errorf("%q", got)
	}
	broken := `{"extension_id":"x","target":"t","title":"X","ui":{"type":"Card","children":[` + strings.Repeat(`{"type":"Zzzzzz"},`, 99) + `{"type":"Zzzzzz"}]}}`
	if got, _ := check(appURL, setOf(t, broken)); len(got) != maxComplaints {
		t.Errorf("%d complaints, want %d", len(got), maxComplaints)
	}
}

func FuzzCheck(f *testing.F) {
	f.Add(good)
	f.Add(`{"ui":{"type":"Card","children":[[],null,"a"],"actions":{"a":[{}]}}}`)
	f.Fuzz(func(_ *testing.T, text string) {
		var e api.Extension
		if json.Unmarshal([]byte(text), &e) == nil {
			check(appURL, []api.Extension{e})
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	var e api.Extension
	text := `{"extension_id":"x","target":"dashboard.widget","title":"X","ui":{"type":"Card","children":[` +
		strings.Repeat(`{"type":"Text","props":{"content":"Hello"}},`, 498) + `{"type":"Text"}]}}`
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if got, _ := check(appURL, []api.Extension{e}); got != nil {
			b.Fatal(got)
		}
	}
}

// Props of the wrong type are mistakes; names and values that nobody knows are
// worth a word, and templates may become anything.
func TestProps(t *testing.T) {
	t.Parallel()
	tree := func(node string) []api.Extension {
		return setOf(t, `{"extension_id":"x","target":"order.detail.block","title":"X","ui":{"type":"Stack","children":[`+node+`]}}`)
	}
	const at = "x.ui.children[0].props."
	for node, want := range map[string]struct{ mistake, warning string }{
		`{"type":"Text","props":{"content":"a","when":"{{state.x}}","className":"c"}}`:              {},
		`{"type":"Text","props":{"content":["a"]}}`:                                                 {mistake: at + "content must be a text."},
		`{"type":"Text","props":{"content":3,"weight":null}}`:                                       {},
		`{"type":"Text","props":{"contnet":"a"}}`:                                                   {warning: at + `contnet is not a prop of Text; did you mean "content"?`},
		`{"type":"Grid","props":{"columns":"two"}}`:                                                 {mistake: at + "columns must be a number."},
		`{"type":"Grid","props":{"columns":"2","gap":"{{state.gap}}"}}`:                             {},
		`{"type":"Stack","props":{"gap":"midium"}}`:                                                 {warning: at + `gap is one of none, xs, sm, md, lg, xl, not "midium".`},
		`{"type":"Checkbox","props":{"checked":"maybe"}}`:                                           {mistake: at + "checked must be true or false."},
		`{"type":"Checkbox","props":{"checked":"false","onChange":{"type":"set_state","key":"k"}}}`: {},
		`{"type":"Table","props":{"rows":{"a":1},"columns":"{{state.columns}}"}}`:                   {mistake: at + "rows must be a list."},
		`{"type":"Button","props":{"label":"Go","action":{"type":"close_modal"}}}`:                  {},
		`{"type":"Page","props":{"primaryAction":"Go"}}`:                                            {mistake: at + "primaryAction must be an object."},
		`{"type":"Select","props":{"options":["a"],"value":7}}`:                                     {},
	} {
		mistakes, warnings := check(appURL, tree(node))
		if got := strings.Join(mistakes, "|"); got != want.mistake {
			t.Errorf("%s: mistakes %q, want %q", node, got, want.mistake)
		}
		if got := strings.Join(warnings, "|"); !strings.HasPrefix(got, want.warning) || (got == "") != (want.warning == "") {
			t.Errorf("%s: warnings %q, want %q", node, got, want.warning)
		}
	}
	pos := setOf(t, `{"extension_id":"x","target":"pos.action","title":"X","action_url":"/x"}`)
	if mistakes, warnings := check(appURL, pos); mistakes != nil || len(warnings) != 1 || warnings[0] != "x.target pos.action is kept, and no page of the sandbox shows it yet." {
		t.Errorf("%q %q", mistakes, warnings)
	}
}

// Every component has an example that may be deployed without a word.
func TestComponents(t *testing.T) {
	t.Parallel()
	var names []string
	for _, c := range api.Components() {
		names = append(names, c.Name)
		mistakes, warnings := check(appURL, setOf(t, `{"extension_id":"x","target":"order.detail.block","title":"X","ui":`+string(c.Example)+`}`))
		if mistakes != nil || warnings != nil {
			t.Errorf("%s: %q %q", c.Name, mistakes, warnings)
		}
		if !strings.Contains(string(c.Example), `"`+c.Name+`"`) {
			t.Errorf("the example of %s is of something else", c.Name)
		}
	}
	slices.Sort(names)
	if diff := cmp.Diff(slices.Sorted(slices.Values(api.ExtensionComponents)), names); diff != "" {
		t.Errorf("components (-known +described):\n%s", diff)
	}
}

package api

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseScopes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		set     ScopeSet
		unknown []string
	}{
		"":                                    {nil, nil},
		"read:orders":                         {ScopeSet{ReadOrders}, nil},
		"read_orders":                         {ScopeSet{ReadOrders}, nil},
		"manage_messaging,billing":            {ScopeSet{Billing, ManageMessaging}, nil},
		"write:products, read:orders":         {ScopeSet{ReadOrders, WriteProducts}, nil},
		"read:orders read_orders,read:orders": {ScopeSet{ReadOrders}, nil},
		"read:orders,,  ,":                    {ScopeSet{ReadOrders}, nil},
		"read:everything,Read:orders,read":    {nil, []string{"read:everything", "Read:orders", "read"}},
		"read-orders,read:orders_x,billing_":  {nil, []string{"read-orders", "read:orders_x", "billing_"}},
	} {
		set, unknown := ParseScopes(text)
		if diff := cmp.Diff(want.set, set); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
		if diff := cmp.Diff(want.unknown, unknown); diff != "" {
			t.Errorf("%q unknown (-want +got):\n%s", text, diff)
		}
	}
}

func TestWriteAllowsRead(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		set  ScopeSet
		ask  Scope
		want bool
	}{
		{ScopeSet{ReadOrders}, ReadOrders, true},
		{ScopeSet{WriteOrders}, ReadOrders, true},
		{ScopeSet{ReadOrders}, WriteOrders, false},
		{ScopeSet{WriteProducts}, ReadOrders, false},
		{ScopeSet{WriteOrders}, Billing, false},
		{ScopeSet{Billing}, Billing, true},
		{nil, ReadOrders, false},
		{ScopeSet{WriteOrders}, "", false},
	} {
		if got := test.set.Allows(test.ask); got != test.want {
			t.Errorf("%v allows %s: %v", test.set, test.ask, got)
		}
	}
}

func TestScopeSetsCompare(t *testing.T) {
	t.Parallel()
	wide, narrow := ScopeSet{WriteOrders, ReadProducts, Billing}, ScopeSet{ReadOrders, WriteProducts}
	if diff := cmp.Diff(ScopeSet{WriteOrders, Billing}, wide.Beyond(narrow)); diff != "" {
		t.Errorf("beyond (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(ScopeSet{ReadOrders, ReadProducts}, wide.Within(narrow)); diff != "" {
		t.Errorf("within (-want +got):\n%s", diff)
	}
	if len(wide) != 3 || wide[0] != WriteOrders {
		t.Errorf("comparing changed the set to %v", wide)
	}
}

func TestScopeSetOnTheWire(t *testing.T) {
	t.Parallel()
	for want, set := range map[string]ScopeSet{`[]`: nil, `["read:orders","billing"]`: {ReadOrders, Billing}} {
		b, err := json.Marshal(struct{ S ScopeSet }{set})
		if err != nil || string(b) != `{"S":`+want+`}` {
			t.Errorf("%v is %s, %v", set, b, err)
		}
	}
	if got := (ScopeSet{ReadOrders, Billing}).String(); got != "read:orders,billing" {
		t.Errorf("got %s", got)
	}
}

func TestEveryScopeIsDescribed(t *testing.T) {
	t.Parallel()
	all := Scopes()
	if len(all) != 18 {
		t.Errorf("%d scopes", len(all))
	}
	for _, info := range all {
		if got, known := ParseScope(strings.Replace(string(info.Scope), ":", "_", 1)); !known || got != info.Scope {
			t.Errorf("%s reads as %s, %v", info.Scope, got, known)
		}
		if info.Group == "" || info.Description == "" || !slices.Contains([]string{"read", "write", "manage"}, info.Access) {
			t.Errorf("%+v", info)
		}
	}
	all[0].Scope = "changed"
	if Scopes()[0].Scope == "changed" {
		t.Error("a caller can change the list")
	}
}

// FuzzParseScopes holds that every name is either in the set or reported, and
// that a set survives its own text.
func FuzzParseScopes(f *testing.F) {
	for _, seed := range []string{"read:orders,write_products", "read orders", "a,b c", "\u00a0read:orders", "_,:"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		set, unknown := ParseScopes(text)
		again, rest := ParseScopes(set.String())
		if !slices.Equal(set, again) || len(rest) != 0 {
			t.Fatalf("%v came back as %v, %v", set, again, rest)
		}
		for _, name := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }) {
			if s, known := ParseScope(name); known != slices.Contains(set, s) || known == slices.Contains(unknown, name) {
				t.Fatalf("%q got lost", name)
			}
		}
	})
}

package api

import (
	"encoding/json"
	"slices"
	"strings"
)

// Scope is one permission in the colon spelling, "read:orders".
type Scope string

// The scopes of apps. Every write scope implies the read scope of its resource.
const (
	ReadOrders      Scope = "read:orders"
	WriteOrders     Scope = "write:orders"
	ReadProducts    Scope = "read:products"
	WriteProducts   Scope = "write:products"
	ReadCustomers   Scope = "read:customers"
	WriteCustomers  Scope = "write:customers"
	ReadInventory   Scope = "read:inventory"
	WriteInventory  Scope = "write:inventory"
	ReadDiscounts   Scope = "read:discounts"
	WriteDiscounts  Scope = "write:discounts"
	ReadStore       Scope = "read:store"
	WriteStore      Scope = "write:store"
	ReadShipping    Scope = "read:shipping"
	WriteShipping   Scope = "write:shipping"
	ReadMetafields  Scope = "read:metafields"
	WriteMetafields Scope = "write:metafields"
	Billing         Scope = "billing"
	ManageMessaging Scope = "manage:messaging"
)

// Wider returns the scope that implies this one: write for read, else itself.
func (s Scope) Wider() Scope {
	if resource, isRead := strings.CutPrefix(string(s), "read:"); isRead {
		return Scope("write:" + resource)
	}
	return s
}

// ScopeInfo describes a scope to a merchant.
type ScopeInfo struct {
	Scope        Scope  `json:"scope"`
	Group        string `json:"group"`         // heading on the consent screen: "Orders"
	Access       string `json:"access"`        // "read", "write" or "manage"
	Description  string `json:"description"`   // what the app may do, in the merchant's words
	PersonalData Flag   `json:"personal_data"` // reveals names, phones or addresses of customers
}

// Scopes lists every scope in the order of the consent screen.
func Scopes() []ScopeInfo { return slices.Clone(scopes) }

var scopes = []ScopeInfo{
	{ReadOrders, "Orders", "read", "See orders, their items, totals and delivery addresses", true},
	{WriteOrders, "Orders", "write", "Create orders and change their status", true},
	{ReadProducts, "Products", "read", "See products, variants, prices and categories", false},
	{WriteProducts, "Products", "write", "Create, change and delete products, variants and images", false},
	{ReadCustomers, "Customers", "read", "See customers with their names, phones and addresses", true},
	{WriteCustomers, "Customers", "write", "Create, change and delete customers", true},
	{ReadInventory, "Inventory", "read", "See stock levels", false},
	{WriteInventory, "Inventory", "write", "Change stock levels", false},
	{ReadDiscounts, "Discounts", "read", "See discount codes", false},
	{WriteDiscounts, "Discounts", "write", "Create, change and delete discount codes", false},
	{ReadStore, "Store", "read", "See the store's name, contact details and currency", false},
	{WriteStore, "Store", "write", "Change the store's settings", false},
	{ReadShipping, "Shipping", "read", "See shipping zones and methods", false},
	{WriteShipping, "Shipping", "write", "Change shipping zones, methods and fulfilment", false},
	{ReadMetafields, "Metafields", "read", "See the app's own fields on orders, products and customers", false},
	{WriteMetafields, "Metafields", "write", "Change the app's own fields on orders, products and customers", false},
	{Billing, "Billing", "manage", "Ask you to approve charges for this app", false},
	{ManageMessaging, "Messaging", "manage", "Send SMS, email and push messages to your customers", true},
}

// ParseScope reads either spelling, "read:orders" or "read_orders". It
// reports whether the platform knows the scope.
func ParseScope(s string) (Scope, bool) {
	colon := Scope(strings.Replace(strings.TrimSpace(s), "_", ":", 1))
	known := slices.ContainsFunc(scopes, func(i ScopeInfo) bool { return i.Scope == colon })
	return colon, known
}

// ScopeSet is a list of scopes without duplicates, in the order of Scopes.
type ScopeSet []Scope

// ParseScopes reads a list separated by commas or spaces, or both. Unknown
// names come back as given, so that a refusal can name them.
func ParseScopes(s string) (set ScopeSet, unknown []string) {
	return NewScopeSet(strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' }))
}

// NewScopeSet makes a set of names in either spelling.
func NewScopeSet(names []string) (set ScopeSet, unknown []string) {
	wanted := map[Scope]bool{}
	for _, name := range names {
		if s, known := ParseScope(name); known {
			wanted[s] = true
		} else {
			unknown = append(unknown, name)
		}
	}
	for _, info := range scopes {
		if wanted[info.Scope] {
			set = append(set, info.Scope)
		}
	}
	return set, unknown
}

// Allows reports whether the set grants the scope; write implies read.
func (set ScopeSet) Allows(s Scope) bool {
	return slices.Contains(set, s) || slices.Contains(set, s.Wider())
}

// Beyond returns the scopes of set that other does not allow.
func (set ScopeSet) Beyond(other ScopeSet) ScopeSet {
	return slices.DeleteFunc(slices.Clone(set), other.Allows)
}

// Within returns the scopes that both sets allow: a write scope whose resource
// the other set may only read becomes the read scope.
func (set ScopeSet) Within(other ScopeSet) ScopeSet {
	var both ScopeSet
	for _, info := range scopes {
		named := slices.Contains(set, info.Scope) || slices.Contains(other, info.Scope)
		if named && set.Allows(info.Scope) && other.Allows(info.Scope) {
			both = append(both, info.Scope)
		}
	}
	return both
}

// String joins the set with commas, the form of the token response's scope.
func (set ScopeSet) String() string {
	names := make([]string, len(set))
	for i, s := range set {
		names[i] = string(s)
	}
	return strings.Join(names, ",")
}

// MarshalJSON writes an array, an empty one for the nil set.
func (set ScopeSet) MarshalJSON() ([]byte, error) {
	return json.Marshal(append([]Scope{}, set...))
}

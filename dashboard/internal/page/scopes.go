package page

import (
	"github.com/selorax/sandbox/platform/api"
)

// ScopeGroup is the permissions on one kind of thing.
type ScopeGroup struct {
	Name     string
	Icon     string
	Personal bool
	Scopes   []api.ConsentScope
}

var groupIcons = map[string]string{
	"Orders": "orders", "Products": "products", "Customers": "user", "Inventory": "box", "Discounts": "cash",
	"Store": "store", "Shipping": "truck", "Metafields": "note", "Billing": "cash", "Messaging": "send",
}

// GroupConsent groups permissions under their headings, in their order.
func GroupConsent(scopes []api.ConsentScope) (groups []ScopeGroup) {
	place := map[string]int{}
	for _, s := range scopes {
		i, ok := place[s.Group]
		if !ok {
			i = len(groups)
			place[s.Group] = i
			icon, known := groupIcons[s.Group]
			if !known {
				icon = "shield"
			}
			groups = append(groups, ScopeGroup{Name: s.Group, Icon: icon})
		}
		groups[i].Scopes = append(groups[i].Scopes, s)
		groups[i].Personal = groups[i].Personal || bool(s.PersonalData)
	}
	return groups
}

// GroupScopes groups permissions that are not up for decision.
func GroupScopes(scopes []api.ScopeInfo) []ScopeGroup {
	consent := make([]api.ConsentScope, len(scopes))
	for i, s := range scopes {
		consent[i].ScopeInfo = s
	}
	return GroupConsent(consent)
}

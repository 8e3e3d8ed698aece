package page

import (
	"fmt"
	"maps"

	"github.com/selorax/sandbox/platform/api"
)

// taka writes an amount as plain text: "৳ 500.00".
func taka(m api.Money) string { return PlainText(string(money(m))) }

// ChargeTypes are the kinds of charges, in the order in which they are offered.
var ChargeTypes = []string{api.ChargeOneTime, api.ChargeRecurring, api.ChargeUsage, api.ChargeTopup}

// ChargeStates are the statuses of charges, in the order in which they are
// offered.
var ChargeStates = []string{
	api.ChargePending, api.ChargeActive, api.ChargeFrozen, api.ChargeCompleted, api.ChargeDeclined, api.ChargeCancelled, api.ChargeExpired,
}

// ChargeKind is what a kind of charge is called.
func ChargeKind(kind string) string {
	if name, ok := map[string]string{
		api.ChargeOneTime: "One payment", api.ChargeRecurring: "Subscription", api.ChargeUsage: "Usage", api.ChargeTopup: "Wallet top-up",
	}[kind]; ok {
		return name
	}
	return words(kind)
}

// Method says in words how a saved payment method behaves.
func Method(m api.PaymentMethod) string {
	switch {
	case m.Behavior == api.MethodFails:
		return "always fails"
	case m.Behavior == api.MethodFailsTimes && m.FailuresLeft == 1:
		return "fails once more, then works"
	case m.Behavior == api.MethodFailsTimes && m.FailuresLeft > 1:
		return fmt.Sprintf("fails %d more times, then works", m.FailuresLeft)
	}
	return "always works"
}

// TypeTabs are links that narrow a list of charges down to a kind.
func (l List) TypeTabs() (tabs []Tab) {
	for _, kind := range append([]string{""}, ChargeTypes...) {
		to, label := l, "All"
		to.Page, to.Filters = 1, maps.Clone(l.Filters)
		if delete(to.Filters, "type"); kind != "" {
			to.Filters["type"], label = kind, map[string]string{
				api.ChargeOneTime: "Payments", api.ChargeRecurring: "Subscriptions", api.ChargeUsage: "Usage", api.ChargeTopup: "Top-ups",
			}[kind]
		}
		tabs = append(tabs, Tab{URL: to.url(), Label: label, Current: kind == l.Filters["type"]})
	}
	return tabs
}

// StateTabs are links that narrow a list of charges down to a status.
func (l List) StateTabs() (tabs []Tab) {
	for _, state := range append([]string{""}, ChargeStates...) {
		to, label := l, "Any status"
		if to.Page, to.Status = 1, state; state != "" {
			label = lookUp(chargeStatuses, state).Label
		}
		tabs = append(tabs, Tab{URL: to.url(), Label: label, Current: state == l.Status})
	}
	return tabs
}

// Without is the address of the list without one of its filters.
func (l List) Without(name string) string {
	l.Page, l.Filters = 1, maps.Clone(l.Filters)
	delete(l.Filters, name)
	return l.url()
}

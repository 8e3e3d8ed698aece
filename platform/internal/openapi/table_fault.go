package openapi

import "github.com/selorax/sandbox/platform/api"

// faultRoutes are those of `sx fault`.
func faultRoutes() operations {
	return operations{
		"GET /_sandbox/faults": {Summary: "List the fault rules with their hits", Answer: data([]api.Fault{})},
		"POST /_sandbox/faults": {
			Summary: "Let webhooks or API calls go wrong on purpose",
			Description: "A rule acts on every match, on the `first` n, or on `every` k-th. Of several that match the oldest that acts wins. " +
				"A webhook attempt names the effect in `fault`, an API answer the rule in `X-SeloraX-Sandbox-Fault`; " +
				"apart from that they are as the platform's own. What a rule refuses has written nothing.",
			Body: takes(api.NewFault{}, "on", "effect"), Answer: created(api.Fault{}),
		},
		"DELETE /_sandbox/faults":            {Summary: "Clear every fault rule", Answer: data(api.FaultsCleared{})},
		"DELETE /_sandbox/faults/{fault_id}": {Summary: "Clear a fault rule", Answer: data(api.FaultsCleared{})},
	}.inDashboard()
}

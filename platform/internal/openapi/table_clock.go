package openapi

import (
	"maps"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// inDashboard lists operations of the control API at the address where signed-in
// developers reach them too, but for those that the dashboard has no use for.
func (ops operations) inDashboard(except ...string) operations {
	for route, op := range maps.Clone(ops) {
		if !slices.Contains(except, route) {
			ops[strings.Replace(route, " /_sandbox/", " /api/sandbox/", 1)] = op
		}
	}
	return ops
}

// clockRoutes are those of `sx clock`.
func clockRoutes() operations {
	const one = "/_sandbox/clock/operations/{operation_id}"
	return operations{
		"GET /_sandbox/clock": {Summary: "Get the business clock", Answer: data(api.SandboxClock{})},
		"POST /_sandbox/clock/freeze": {
			Summary: "Stop the business clock", Description: "Nothing that waits for business time falls due until it moves again.",
			Answer: data(api.SandboxClock{}),
		},
		"POST /_sandbox/clock/resume": {Summary: "Let the business clock run on", Answer: data(api.SandboxClock{})},
		"POST /_sandbox/clock/advance": {
			Summary: "Move the business clock forward",
			Description: "It stops at every instant at which something falls due and goes on once that is done, webhooks included. " +
				"The answer is 200 with what fired, or 202 with the operation while it is still on its way after `wait_s`. " +
				"One operation runs at a time: another is refused with 409. Work that fails three times ends the operation and is named.",
			Body: takes(api.ClockAdvance{}), Answer: data(api.ClockOperation{}), Also: []Answer{accepted(api.ClockOperation{})},
		},
		"GET " + one: {Summary: "Get a move of the clock", Answer: data(api.ClockOperation{})},
		"GET " + one + "/progress": {
			Summary: "Follow a move of the clock", Description: "A JSON object a line: each is a ClockFired, as it happens, and the last the ClockOperation.",
			Answer: document("application/x-ndjson"),
		},
		"POST " + one + "/stop": {Summary: "Stop a move of the clock where it is", Answer: data(api.ClockOperation{})},
	}.inDashboard("GET " + one + "/progress")
}

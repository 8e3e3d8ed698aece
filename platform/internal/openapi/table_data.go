package openapi

import "github.com/selorax/sandbox/platform/api"

// dataRoutes are those of `sx reset` and `sx snapshot`.
func dataRoutes() operations {
	const one = "/_sandbox/snapshots/{name}"
	return operations{
		"POST /_sandbox/reset": {
			Summary: "Bring a store, or everything, back to the seed",
			Description: "With `store_id` the store's own records go and its seed comes back; other stores stay as they are. " +
				"Without, the sandbox is as after its first start: apps that were registered are gone, the demo apps keep their credentials.",
			Body: takes(api.SandboxReset{}), Answer: data(api.SandboxStatus{}),
		},
		"GET /_sandbox/snapshots": {Summary: "List the snapshots", Answer: data([]api.Snapshot{})},
		"POST /_sandbox/snapshots": {
			Summary: "Copy the running database", Description: "Nobody waits for it. On PostgreSQL there are no snapshots: 501.",
			Body: takes(api.NewSnapshot{}, "name"), Answer: created(api.Snapshot{}),
		},
		"POST " + one + "/load": {
			Summary:     "Bring back what a snapshot holds",
			Description: "The business clock and every table are as they were. Tokens that were issued since are dead; live connections end.",
			Answer:      data(api.Snapshot{}),
		},
		"DELETE " + one: {Summary: "Delete a snapshot", Answer: data(api.Snapshot{})},
	}
}

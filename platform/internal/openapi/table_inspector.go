package openapi

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
)

// inspectorRoutes are those of the inspector in the dashboard.
func inspectorRoutes() operations {
	const all = "/api/sandbox/inspector"
	return operations{
		"GET " + all: {
			Summary: "List what the platform saw lately, newest first",
			Description: "Calls of apps, webhook attempts, events, messages of the app bridge and what developers did to the sandbox: the newest 2,000 " +
				"since the platform was started. A developer sees the stores that they may open and the apps that they own.",
			Query: paged(
				number("store_id", "Only this store, and what belongs to none."), number("app_id", "Only this app."), oneOf("kind", "Only these.", api.InspectorKinds...),
				oneOf("verdict", "Only these; `problem` is every one but `accepted`.", append(api.InspectorVerdicts, api.InspectorProblem)...),
				text("search", "Part of the title, the note, the request id or the event id."),
			),
			Answer: listOf(api.InspectorEntry{}),
		},
		"DELETE " + all:         {Summary: "Empty the inspector", Answer: data(api.InspectorCleared{})},
		"GET " + all + "/{seq}": {Summary: "Get an entry with what went over the wire", Answer: data(api.InspectorDetail{})},
		"GET " + all + "/summary": {
			Summary: "Get the last half hour in figures", Query: []Parameter{number("store_id", "Only this store, and what belongs to none.")},
			Answer: data(api.InspectorSummary{}),
		},
		"GET " + all + "/live": {
			Summary:     "Follow the inspector",
			Description: "A WebSocket; each message is an `InspectorMark`: there are entries up to its `seq`.",
			Query:       []Parameter{atLeast("after", "Begin with what is newer than this entry.")},
			Answer:      redirection(http.StatusSwitchingProtocols),
		},
		"GET /api/sandbox/tour": {
			Summary: "List the steps of the tour", Description: "Each with whether the platform saw it happen on the store.",
			Query: []Parameter{required(store)}, Answer: data([]api.TourStep{}),
		},
		"POST " + all + "/bridge": {
			Summary: "Note messages between an app's page and the dashboard", Query: []Parameter{required(store)},
			Body: takes(api.InspectorBridge{}, "app_id", "messages"), Answer: data(struct{}{}),
		},
	}
}

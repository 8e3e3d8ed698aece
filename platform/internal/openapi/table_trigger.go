package openapi

import (
	"net/http"

	"github.com/selorax/sandbox/platform/api"
)

// triggerRoutes are those of `sx trigger`, `sx seed`, `sx install` and `sx listen`.
func triggerRoutes() operations {
	return operations{
		"GET /_sandbox/live": {
			Summary:     "Follow the events of every store",
			Description: "A WebSocket; each message is a `LiveEvent`. `store_id` narrows it down to one store.",
			Query:       []Parameter{atLeast("store_id", "Only this store."), atLeast("after", "Go on after this sequence number; 0: from the first event.")},
			Answer:      redirection(http.StatusSwitchingProtocols),
		},
		"GET /_sandbox/trigger": {Summary: "List the topics and what triggering them changes", Answer: data([]api.SandboxTopic{})},
		"POST /_sandbox/trigger": {
			Summary: "Make a topic happen",
			Description: "The platform makes the real change that the topic tells of, as a merchant or an installed app would, " +
				"and answers with the event it caused. What cannot happen now is refused with 409, saying what to do first.",
			Body: takes(api.SandboxTrigger{}, "topic"), Answer: created(api.SandboxTriggered{}),
		},
		"POST /_sandbox/seed": {
			Summary: "Add believable records to a store",
			Description: "Each is made as a merchant would make it, with its event: all of them, or none. " +
				"The same call on the same state makes the same records.",
			Body: takes(api.SandboxSeed{}), Answer: created(api.SandboxSeeded{}),
		},
		"POST /_sandbox/apps/{slug}/install": {
			Summary: "Install an app without its redirect", Description: "It gets all the permissions it registered; 200 when it was installed already.",
			Body: takes(api.SandboxInstall{}), Answer: created(api.InstalledApp{}), Also: []Answer{data(api.InstalledApp{})},
		},
		"POST /_sandbox/apps/{slug}/uninstall": {Summary: "Uninstall an app", Body: takes(api.SandboxInstall{}), Answer: data(api.Uninstalled{})},
	}
}

package openapi

import "github.com/selorax/sandbox/platform/api"

// portalRoutes are those of developers.
func portalRoutes() operations {
	const one = "/api/apps/{app_id}"
	filters := paged(text("category", "Of this category."), text("search", "Part of the name, the slug, the short description or the developer."))
	return operations{
		"GET /api/apps":             {Summary: "List your apps and those of the marketplace", Query: filters, Answer: listOf(api.PortalApp{})},
		"GET /api/apps/development": {Summary: "List your apps", Query: filters, Answer: listOf(api.PortalApp{})},
		"GET /api/apps/review":      {Summary: "List the apps that wait for a review", Query: filters, Answer: listOf(api.PortalApp{})},
		"POST /api/apps": {
			Summary: "Register an app", Description: "The answer holds the app's secrets, this once.",
			Body: takes(api.AppInput{}, "name", "redirect_urls", "requested_scopes"), Answer: created(api.RegisteredApp{}),
		},
		"GET " + one:    {Summary: "Get an app", Answer: data(api.PortalApp{})},
		"PUT " + one:    {Summary: "Change an app", Body: takes(api.AppInput{}), Answer: data(api.PortalApp{})},
		"DELETE " + one: {Summary: "Delete an app", Description: "An app that is installed anywhere is a conflict.", Answer: data(api.Deleted{})},
		"POST " + one + "/submit-for-review": {
			Summary: "Submit an app for review", Answer: data(api.PortalApp{}),
		},
		"POST " + one + "/review": {
			Summary:     "Move the review of an app",
			Description: "draft → in_review → approved or rejected; rejected → in_review; approved → suspended → approved. An illegal move is a conflict that names the legal ones.",
			Body:        takes(api.ReviewDecision{}), Answer: data(api.PortalApp{}),
		},
		"POST " + one + "/rotate-secret":        {Summary: "Give an app a new client secret", Answer: data(api.RotatedSecret{})},
		"POST " + one + "/generate-signing-key": {Summary: "Give an app a new session signing key", Answer: data(api.RotatedKey{})},
		"POST " + one + "/rotate-webhook-secret": {
			Summary:     "Give an app its next webhook secret",
			Description: "For 24 hours deliveries are signed with both; then the next one takes the place of the current one.",
			Body:        takes(api.WebhookSecretRotation{}), Answer: data(api.RotatedWebhookSecret{}),
		},
		"POST " + one + "/activate-webhook-secret": {Summary: "Make the next webhook secret the current one now", Answer: data(api.PortalApp{})},
		"POST /api/apps/installations/direct-install": {
			Summary:     "Install an app without a redirect",
			Description: "An approved app of the platform, or one of your own. It gets the scopes it registered; 200 when it was installed already.",
			Body:        takes(api.DirectInstall{}, "app_id", "store_id"), Answer: created(api.InstalledApp{}), Also: []Answer{data(api.InstalledApp{})},
		},
	}
}

// customRoutes are those of the apps that a merchant makes for one store.
func customRoutes() operations {
	const all, one = "/api/stores/{store_id}/custom-apps", "/api/stores/{store_id}/custom-apps/{app_id}"
	return operations{
		"GET " + all: {Summary: "List a store's custom apps", Query: paged(), Answer: listOf(api.CustomApp{})},
		"POST " + all: {
			Summary: "Create a custom app", Description: "It is installed at once. The answer holds its secrets, this once.",
			Body: takes(api.CustomAppInput{}, "name", "scopes"), Answer: created(api.CustomAppCreated{}),
		},
		"GET " + one:                        {Summary: "Get a custom app", Answer: data(api.CustomApp{})},
		"PUT " + one:                        {Summary: "Change a custom app", Description: "Scopes change at once.", Body: takes(api.CustomAppInput{}), Answer: data(api.CustomApp{})},
		"DELETE " + one:                     {Summary: "Delete a custom app", Description: "The same as uninstalling it.", Answer: data(api.Uninstalled{})},
		"POST " + one + "/regenerate-token": {Summary: "Replace a custom app's access token", Answer: data(api.CustomAppToken{})},
		"POST " + one + "/rotate-secret":    {Summary: "Replace a custom app's client secret", Answer: data(api.RotatedSecret{})},
		"POST " + one + "/rotate-webhook-secret": {
			Summary:     "Give a custom app its next webhook secret",
			Description: "For 24 hours deliveries are signed with both; then the next one takes the place of the current one.",
			Body:        takes(api.WebhookSecretRotation{}), Answer: data(api.RotatedWebhookSecret{}),
		},
	}
}

// controlRoutes are those of `sx app`.
func controlRoutes() operations {
	const one = "/_sandbox/apps/{slug}"
	return operations{
		"GET /_sandbox/apps": {Summary: "List every app", Answer: data([]api.App{})},
		"POST /_sandbox/apps": {
			Summary: "Register an app of the sandbox's developer", Description: "The answer holds the app's secrets, this once.",
			Body: takes(api.SandboxAppInput{}, "name", "redirect_urls", "requested_scopes"), Answer: created(api.SandboxRegistered{}),
		},
		"GET " + one:                     {Summary: "Get an app", Answer: data(api.App{})},
		"POST " + one + "/rotate-secret": {Summary: "Give an app a new client secret", Answer: data(api.RotatedSecret{})},
	}
}

package openapi

import (
	"encoding/json"
	"net/http"

	"github.com/selorax/sandbox/platform/api"
)

// tables are the rows of every route, by tag.
func tables() map[string]operations {
	return map[string]operations{
		tagOAuth: oauthRoutes(), tagStore: storeRoutes(), tagProducts: productRoutes(), tagOrders: orderRoutes(),
		tagCustomers: customerRoutes(), tagDiscounts: discountRoutes(), tagShipping: shippingRoutes(), tagMetafield: metafieldRoutes(),
		tagMessages: messageRoutes(), tagWebhooks: webhookRoutes(), tagApps: appRoutes(), tagSession: sessionRoutes(),
		tagBilling: billingRoutes().and(walletRoutes()).and(usageRoutes()).and(earningsRoutes()), tagExtension: extensionRoutes(), tagDashboard: dashboardRoutes(), tagSandbox: sandboxRoutes(),
	}
}

func oauthRoutes() operations {
	return operations{
		"GET /api/apps/oauth/authorize": {
			Summary: "Ask a merchant to install an app",
			Description: "Checks the request and leads the merchant's browser to the dashboard's consent page, and from there back to " +
				"`redirect_uri` with `code` and `state`. A client or redirect that is not registered gets an error page, never a redirect.",
			Query: []Parameter{
				required(text("client_id", "The app.")), required(text("redirect_uri", "One of the app's redirect URLs, character by character.")),
				required(text("scope", "Scopes joined by commas or spaces, in either spelling.")), required(text("state", "Returned as it came.")),
				required(number("store_id", "The store to install on.")), oneOf("response_type", "", "code"),
				text("code_challenge", "PKCE: BASE64URL(SHA-256(verifier))."), oneOf("code_challenge_method", "", "S256"),
			},
			Answer: redirection(http.StatusFound),
		},
		"POST /api/apps/oauth/token": {
			Summary:     "Exchange a code or a refresh token",
			Description: "The client authenticates by HTTP Basic or in the body. At most 10 calls a minute and client.",
			Body:        &Body{Of: api.TokenRequest{}, Required: []string{"grant_type"}, ContentType: "application/json, application/x-www-form-urlencoded"},
			Answer:      exactly(api.TokenResponse{}),
		},
		"POST /api/apps/oauth/revoke": {
			Summary:     "Revoke a token",
			Description: "RFC 7009: ends the token with all that descends from the same code. Unknown tokens are no error.",
			Body: &Body{ContentType: "application/json, application/x-www-form-urlencoded", Schema: Schema{
				"type": "object", "required": []string{"token"}, "properties": Schema{
					"token": Schema{"type": "string"}, "token_type_hint": Schema{"type": "string"},
					"client_id": Schema{"type": "string"}, "client_secret": Schema{"type": "string"},
				},
			}},
			Answer: data(struct{}{}),
		},
		"GET /api/apps/oauth/requests/{request_id}":           {Summary: "Get an installation request", Answer: data(api.ConsentRequest{})},
		"POST /api/apps/oauth/requests/{request_id}/decision": {Summary: "Decide on an installation request", Body: takes(api.ConsentDecision{}, "decision"), Answer: data(api.ConsentOutcome{})},
	}
}

func storeRoutes() operations {
	return operations{}.
		both("GET /api/apps/v1/store", "GET /api/stores/{store_id}",
			Operation{Summary: "Get the store", Answer: data(api.Store{}), Example: "/api/apps/v1/store"}).
		both("PUT /api/apps/v1/store", "PUT /api/stores/{store_id}",
			Operation{Summary: "Change the store's settings", Body: takes(api.StoreUpdate{}), Answer: data(api.Store{})})
}

func productFilters(search string) []Parameter {
	return paged(
		oneOf("status", "Only these.", "active", "inactive"), instant("since", "Changed then or later."), number("category_id", "Of this category."),
		amount("price_min", "Some variant costs at least this."), amount("price_max", "Some variant costs at most this."),
		text("search", search), sorted("created_at", "updated_at", "name"),
	)
}

func productRoutes() operations {
	return operations{
		"GET /api/apps/v1/products":           {Summary: "List products", Query: productFilters("Part of the name."), Answer: listOf(api.Product{}), Example: "/api/apps/v1/products?limit=2"},
		"GET /api/stores/{store_id}/products": {Summary: "List products", Query: productFilters("Part of the name, or of a variant's SKU."), Answer: listOf(api.ProductSummary{})},
		"GET /media/products/{file}":          {Summary: "Get a product's picture", Answer: document("image/svg+xml")},
		"GET /media/apps/{file}":              {Summary: "Get an app's picture", Answer: document("image/svg+xml")},
	}.and(catalogRoutes())
}

func orderFilters() []Parameter {
	return paged(
		oneOf("status", "Only these.", api.OrderStatuses...), instant("since", "Placed then or later."), instant("until", "Placed then or before."),
		number("customer_id", "Of this customer."), text("search", "Part of the number, the customer's name or phone; #1045 is that number."),
		sorted("created_at", "updated_at", "grand_total"),
	)
}

func orderRoutes() operations {
	const one = "/orders/{order_id}"
	return operations{
		"GET /api/apps/v1/customers/{user_id}/orders": {Summary: "List the orders of a customer", Query: orderFilters(), Answer: listOf(api.Order{}), Example: "/api/apps/v1/customers/301/orders?limit=1"},
	}.
		both("GET /api/apps/v1/orders", "GET /api/stores/{store_id}/orders",
			Operation{Summary: "List orders", Query: orderFilters(), Answer: listOf(api.Order{}), Example: "/api/apps/v1/orders?limit=2"}).
		both("GET /api/apps/v1/orders/{order_id}", "GET /api/stores/{store_id}/orders/{order_id}",
			Operation{Summary: "Get an order with everything that hangs on it", Answer: data(api.OrderDetail{}), Example: "/api/apps/v1/orders/1001"}).
		both("POST /api/apps/v1/orders", "POST /api/stores/{store_id}/orders", Operation{
			Summary: "Place an order",
			Description: "Prices and totals are the platform's, and the stock is taken at once: an order for more than there is, or for what is not on " +
				"sale, is a conflict and leaves nothing. Without `shipping` the store's zones say what it costs; goods that ship free, and codes " +
				"with free shipping, make it nothing. Orders by bkash, nagad and card are paid at once, cash on delivery with the delivery.",
			Body: takes(api.NewOrder{}, "items"), Answer: created(api.OrderDetail{}),
		}).
		both("PUT /api/apps/v1"+one, "PUT /api/stores/{store_id}"+one, Operation{
			Summary:     "Change an order's note, contact, address or tracking id",
			Description: "The address can change until the order is delivered; the items cannot.",
			Body:        takes(api.OrderUpdate{}), Answer: data(api.OrderDetail{}),
		}).
		both("DELETE /api/apps/v1"+one, "DELETE /api/stores/{store_id}"+one,
			Operation{Summary: "Delete a cancelled or refunded order", Answer: data(api.Deleted{})}).
		both("PUT /api/apps/v1"+one+"/status", "PUT /api/stores/{store_id}"+one+"/status", Operation{
			Summary:     "Move an order on",
			Description: "An illegal move is a conflict that names the legal ones.",
			Body:        takes(api.StatusChange{}, "status"), Answer: data(api.OrderDetail{}),
		}).
		both("PUT /api/apps/v1"+one+"/fulfillment", "PUT /api/stores/{store_id}"+one+"/fulfillment", Operation{
			Summary:     "Hand an order to a courier",
			Description: "Makes the order `shipped`; one that cannot become so is a conflict that names what it can.",
			Body:        takes(api.Fulfillment{}, "courier"), Answer: data(api.OrderDetail{}),
		}).
		both("POST /api/apps/v1"+one+"/refund", "POST /api/stores/{store_id}"+one+"/refund", Operation{
			Summary: "Refund an order",
			Description: "Delivered, completed, and paid orders that were cancelled can be refunded, in parts up to what was paid. " +
				"The last part makes the order `refunded`.",
			Body: takes(api.Refund{}, "reason"), Answer: data(api.OrderDetail{}),
		})
}

func customerRoutes() operations {
	const one = "/customers/{user_id}"
	return operations{}.
		both("GET /api/apps/v1/customers", "GET /api/stores/{store_id}/customers", Operation{
			Summary: "List customers", Answer: listOf(api.Customer{}), Example: "/api/apps/v1/customers?limit=2",
			Query: paged(
				text("search", "Part of the name, the email or the phone."), instant("since", "Created then or later."),
				oneOf("include_guests", "Guests too.", "true", "false"), atLeast("total_orders_min", "Placed at least as many orders."),
				atLeast("total_spent_min", "Spent at least as much, in whole taka."), sorted("created_at", "updated_at", "name"),
			),
		}).
		both("POST /api/apps/v1/customers", "POST /api/stores/{store_id}/customers",
			Operation{Summary: "Create a customer", Body: takes(api.NewCustomer{}, "name"), Answer: created(api.Customer{})}).
		both("GET /api/apps/v1"+one, "GET /api/stores/{store_id}"+one,
			Operation{Summary: "Get a customer", Answer: data(api.Customer{}), Example: "/api/apps/v1/customers/301"}).
		both("PUT /api/apps/v1"+one, "PUT /api/stores/{store_id}"+one,
			Operation{Summary: "Change a customer", Body: takes(api.CustomerUpdate{}), Answer: data(api.Customer{})}).
		both("DELETE /api/apps/v1"+one, "DELETE /api/stores/{store_id}"+one,
			Operation{Summary: "Delete a customer", Answer: data(api.Deleted{})})
}

func discountRoutes() operations {
	const one = "/discounts/{discount_id}"
	return operations{
		"GET /api/apps/v1/discounts/validate/{code}": {
			Summary: "Check a code", Description: "Answers 200 whether the code may be used or not.", Answer: data(api.DiscountCheck{}),
			Query: []Parameter{amount("sub_total", "What the goods cost."), number("user_id", "The customer who wants to use it.")},
		},
	}.
		both("GET /api/apps/v1/discounts", "GET /api/stores/{store_id}/discounts", Operation{
			Summary: "List discounts", Query: paged(oneOf("is_active", "Only these.", "1", "0"), text("search", "Part of the code.")), Answer: listOf(api.Discount{}),
		}).
		both("POST /api/apps/v1/discounts", "POST /api/stores/{store_id}/discounts",
			Operation{Summary: "Create a discount", Body: takes(api.DiscountInput{}, "code"), Answer: created(api.Discount{})}).
		both("GET /api/apps/v1"+one, "GET /api/stores/{store_id}"+one, Operation{Summary: "Get a discount", Answer: data(api.Discount{})}).
		both("PUT /api/apps/v1"+one, "PUT /api/stores/{store_id}"+one,
			Operation{Summary: "Change a discount", Body: takes(api.DiscountInput{}), Answer: data(api.Discount{})}).
		both("DELETE /api/apps/v1"+one, "DELETE /api/stores/{store_id}"+one, Operation{Summary: "Delete a discount", Answer: data(api.Deleted{})})
}

func shippingRoutes() operations {
	const zone, method = "/shipping/zones/{zone_id}", "/shipping/methods/{method_id}"
	return operations{
		"GET /api/apps/v1" + zone:           {Summary: "Get a shipping zone", Answer: data(api.ShippingZone{})},
		"GET /api/apps/v1/shipping/methods": {Summary: "List shipping methods", Query: paged(), Answer: listOf(api.ShippingMethod{})},
		"GET /api/apps/v1" + method:         {Summary: "Get a shipping method", Answer: data(api.ShippingMethod{})},
	}.
		both("GET /api/apps/v1/shipping/zones", "GET /api/stores/{store_id}/shipping/zones",
			Operation{Summary: "List shipping zones with their methods", Query: paged(), Answer: listOf(api.ShippingZone{})}).
		both("POST /api/apps/v1/shipping/zones", "POST /api/stores/{store_id}/shipping/zones",
			Operation{Summary: "Create a shipping zone", Body: takes(api.ShippingZoneInput{}, "name"), Answer: created(api.ShippingZone{})}).
		both("PUT /api/apps/v1"+zone, "PUT /api/stores/{store_id}"+zone,
			Operation{Summary: "Change a shipping zone", Body: takes(api.ShippingZoneInput{}), Answer: data(api.ShippingZone{})}).
		both("DELETE /api/apps/v1"+zone, "DELETE /api/stores/{store_id}"+zone, Operation{Summary: "Delete a shipping zone", Answer: data(api.Deleted{})}).
		both("POST /api/apps/v1/shipping/methods", "POST /api/stores/{store_id}/shipping/methods",
			Operation{Summary: "Create a shipping method", Body: takes(api.ShippingMethodInput{}, "zone_id", "name", "price"), Answer: created(api.ShippingMethod{})}).
		both("PUT /api/apps/v1"+method, "PUT /api/stores/{store_id}"+method,
			Operation{Summary: "Change a shipping method", Body: takes(api.ShippingMethodInput{}), Answer: data(api.ShippingMethod{})}).
		both("DELETE /api/apps/v1"+method, "DELETE /api/stores/{store_id}"+method, Operation{Summary: "Delete a shipping method", Answer: data(api.Deleted{})})
}

func metafieldRoutes() operations {
	const one = "/api/apps/v1/metafields/{resource_type}/{resource_id}/{namespace}/{key}"
	return operations{
		"GET /api/apps/v1/metafields/definitions":                    {Summary: "List the app's metafield definitions", Query: paged(), Answer: listOf(api.MetafieldDefinition{})},
		"POST /api/apps/v1/metafields/definitions":                   {Summary: "Define a metafield", Body: takes(api.NewMetafieldDefinition{}, "namespace", "key", "resource_type", "value_type"), Answer: created(api.MetafieldDefinition{})},
		"DELETE /api/apps/v1/metafields/definitions/{definition_id}": {Summary: "Delete a definition with its values in every store", Answer: data(api.Deleted{})},
		"GET /api/apps/v1/metafields": {
			Summary: "List the app's values on a record", Answer: listOf(api.Metafield{}),
			Query: paged(required(oneOf("resource_type", "", api.ResourceTypes...)), required(number("resource_id", "The record."))),
		},
		"PUT " + one:    {Summary: "Set a value", Body: takes(api.MetafieldInput{}, "value"), Answer: data(api.Metafield{})},
		"DELETE " + one: {Summary: "Delete a value", Answer: data(api.Deleted{})},
	}
}

func messageRoutes() operations {
	filters := []Parameter{oneOf("channel", "", api.Channels...), oneOf("status", "", api.MessageStatuses...), number("user_id", "To this customer.")}
	ops := operations{
		"GET /api/stores/{store_id}/messages": {Summary: "List what the apps of a store have sent", Query: paged(append(filters, number("app_id", "Of this app."))...), Answer: listOf(api.InboxMessage{})},
	}
	for _, channel := range api.Channels {
		ops["POST /api/apps/v1/messaging/"+channel] = Operation{
			Summary: "Send a message by " + channel, Body: takes(api.NewMessage{}, "message"), Answer: accepted(api.MessageQueuedAnswer{}),
		}
	}
	for _, base := range []string{"/api/apps/v1/messaging/messages", "/api/apps/v1/messages"} {
		ops["GET "+base] = Operation{Summary: "List the app's messages", Query: paged(filters...), Answer: listOf(api.Message{})}
		ops["GET "+base+"/{message_id}"] = Operation{Summary: "Get a message", Answer: data(api.Message{})}
	}
	return ops
}

func appRoutes() operations {
	return operations{
		"GET /api/apps/scopes":                                     {Summary: "List the scopes", Answer: data([]api.ScopeInfo{}), Example: "/api/apps/scopes"},
		"GET /api/apps/marketplace":                                {Summary: "List the apps of the marketplace", Query: []Parameter{store}, Answer: data([]api.MarketplaceApp{})},
		"GET /api/apps/marketplace/{slug}":                         {Summary: "Get an app of the marketplace", Query: []Parameter{store}, Answer: data(api.MarketplaceApp{})},
		"GET /api/apps/installations":                              {Summary: "List the apps installed on a store", Query: []Parameter{store}, Answer: data([]api.InstalledApp{})},
		"GET /api/apps/installations/{installation_id}":            {Summary: "Get an installation", Answer: data(api.InstalledApp{})},
		"POST /api/apps/installations/{installation_id}/uninstall": {Summary: "Uninstall an app", Answer: data(api.Uninstalled{})},
	}.and(portalRoutes()).and(customRoutes())
}

func extensionRoutes() operations {
	ops := operations{
		"GET /api/apps/extensions": {
			Summary: "List the extensions that a store shows", Answer: data([]api.PlacedExtension{}),
			Query: []Parameter{store, text("target", "Only at these targets, joined by commas.")},
		},
		"GET /api/apps/{app_id}/extensions/versions":  {Summary: "List the versions of an own app's extensions", Answer: data([]api.ExtensionVersion{})},
		"POST /api/apps/{app_id}/extensions/rollback": {Summary: "Go back to an earlier version of an own app's extensions", Body: takes(api.RollbackRequest{}, "version"), Answer: data(api.Deployed{})},
		"GET /api/apps/extensions/components":         {Summary: "List the components of an extension's tree", Answer: data([]api.Component{})},
		"GET /api/apps/extensions/places":             {Summary: "List what extensions a store shows where", Query: []Parameter{store}, Answer: data([]api.ExtensionPlace{})},
		"POST /api/apps/extensions/action": {
			Summary: "Call an app's backend for an extension", Answer: data(json.RawMessage{}),
			Description: "The platform calls the address on the app's own origin with a session token and hands on the JSON object it answers: `Directives`.",
			Body:        takes(api.ExtensionActionRequest{}, "store_id", "installation_id", "extension_id"),
		},
	}
	ops["POST /api/apps/extensions/api"] = Operation{
		Summary: "Call the API for an extension of mode sandbox", Answer: data(api.ExtensionAPIAnswer{}),
		Description: "The call is made with a session token of the installation, for the user who looks at the extension. `status` and `body` are the API's answer, refusals too.",
		Body:        takes(api.ExtensionAPIRequest{}, "store_id", "installation_id", "extension_id", "path"),
	}
	const settings = " /api/apps/extensions/{extension_id}/settings"
	place := []Parameter{store, number("app_id", "The app, where several on the store have an extension of that name.")}
	ops["GET"+settings] = Operation{Summary: "Get an extension's settings on a store", Query: place, Answer: data(api.ExtensionSettings{})}
	ops["PUT"+settings] = Operation{
		Summary: "Change an extension's settings on a store", Query: place, Body: takes(api.ExtensionSettingsInput{}, "settings"), Answer: data(api.ExtensionSettings{}),
		Description: "Values are checked by the form that the app has deployed. What is left out stays as it is; null takes a value back to its default.",
	}
	name := Schema{"type": "string", "description": "The app's name."}
	for _, base := range []string{"/api/apps/extensions/app", "/apps/extensions/app"} {
		list := data([]api.Extension{})
		list.Extra = map[string]Schema{"appName": name}
		ops["GET "+base] = Operation{Summary: "List the app's extensions", Answer: list}
		ops["POST "+base+"/deploy"] = Operation{
			Summary: "Deploy the app's extensions", Body: takes(api.DeployRequest{}, "extensions"), Answer: data(api.Deployed{}),
			Description: "Replaces the whole set, or nothing: `errors` names each mistake with its place.",
		}
		ops["GET "+base+"/versions"] = Operation{Summary: "List the deployed versions, oldest first", Answer: data([]api.ExtensionVersion{})}
		ops["POST "+base+"/rollback"] = Operation{Summary: "Make an earlier version active", Body: takes(api.RollbackRequest{}, "version"), Answer: data(api.Deployed{})}
	}
	return ops
}

func sessionRoutes() operations {
	return operations{
		"GET /api/apps/session/embed-params": {
			Summary: "Get what opens an app's frame", Answer: data(api.EmbedParams{}),
			Query: []Parameter{required(number("app_id", "The app.")), store, text("payment", "Comes back signed, after a payment."), text("charge_id", "Comes back signed, after a payment.")},
		},
		"POST /api/apps/session/session-token": {Summary: "Get a fresh session token", Body: takes(api.SessionTokenRequest{}, "app_id", "store_id"), Answer: data(api.SessionToken{})},
		"POST /api/apps/session/verify":        {Summary: "Verify a session token", Body: takes(api.SessionVerifyRequest{}, "session_token", "client_id", "client_secret"), Answer: data(api.SessionVerified{})},
	}
}

func dashboardRoutes() operations {
	return operations{
		"POST /api/auth/login":            {Summary: "Sign in", Body: takes(api.LoginRequest{}, "email", "password"), Answer: data(api.Login{})},
		"POST /api/auth/logout":           {Summary: "Sign out", Answer: data(struct{}{})},
		"GET /api/auth/me":                {Summary: "Get the signed-in user", Answer: data(api.Account{})},
		"GET /api/stores/{store_id}/home": {Summary: "Get the figures of the landing page", Answer: data(api.Home{})},
		"GET /api/stores/{store_id}/privacy-requests": {
			Summary: "List what apps were asked to do about personal data", Query: paged(), Answer: listOf(api.PrivacyRequest{}),
		},
		"POST /api/stores/{store_id}/privacy-requests": {
			Summary:     "Ask every app to export or erase personal data",
			Description: "The topic goes to each installed app, subscribed or not. `user_id` names the customer, but for shop/redact.",
			Body:        takes(api.NewPrivacyRequest{}, "topic"), Answer: created(api.PrivacyRequest{}),
		},
		"GET /api/live": {
			Summary: "Follow a store's events", Description: "A WebSocket; each message is a `LiveEvent`.",
			Query:  []Parameter{store, atLeast("after", "Go on after this sequence number.")},
			Answer: redirection(http.StatusSwitchingProtocols),
		},
	}
}

func sandboxRoutes() operations {
	return operations{
		"GET /":                  {Summary: "The front page", Answer: document("text/html")},
		"GET /assets/{name}":     {Summary: "Get a style sheet or script", Answer: document("text/css")},
		"GET /sdk/app-bridge.js": {Summary: "Get the app's side of the app bridge", Answer: document("text/javascript")},
		"GET /sdk/ui.js":         {Summary: "Get the extension's side of mode sandbox", Answer: document("text/javascript")},
		"GET /sdk/frame/{installation_id}/{extension_id}/{version}": {
			Summary: "Get the page that runs an extension of mode sandbox", Answer: document("text/html"),
			Description: "For a frame of the dashboard that gives it no origin. `frame_url` of a placed extension is its address.",
		},
		"GET /api/docs":              {Summary: "Read this document", Answer: document("text/html")},
		"GET /api/docs/openapi.json": {Summary: "This document as JSON", Answer: document("application/json")},
		"GET /api/docs/openapi.yaml": {Summary: "This document as YAML", Answer: document("application/yaml")},
		"GET /api/docs/{file}":       {Summary: "Get a file of the reader", Answer: document("text/javascript")},
		"GET /healthz":               {Summary: "Is the process alive", Answer: data(struct{}{})},
		"GET /readyz":                {Summary: "Can the platform be used", Answer: data(struct{}{})},
		"GET /_sandbox/status":       {Summary: "Get the state of the sandbox", Answer: data(api.SandboxStatus{})},
	}.and(controlRoutes()).and(clockRoutes()).and(faultRoutes()).and(triggerRoutes()).and(dataRoutes()).and(controlWebhookRoutes()).and(inspectorRoutes())
}

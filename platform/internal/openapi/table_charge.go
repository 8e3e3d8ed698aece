package openapi

import "github.com/selorax/sandbox/platform/api"

func billingRoutes() operations {
	const v1, one, method = "/api/apps/v1/billing", "/api/apps/billing/charges/{charge_id}", "/api/apps/billing/payment-method"
	repeats := "The same `idempotency_key` with the same content answers 200 with the first charge; with other content it is a conflict."
	return operations{
		"POST " + v1 + "/charges": {
			Summary: "Ask a merchant to pay", Body: takes(api.NewCharge{}, "name", "amount"), Answer: created(api.Charge{}),
			Description: "Lead the merchant to `confirmation_url` in the dashboard. With the type `recurring` it makes a subscription. " + repeats,
			Also:        []Answer{data(api.Charge{})},
		},
		"POST " + v1 + "/subscriptions": {
			Summary: "Ask a merchant to pay every month or year", Body: takes(api.NewCharge{}, "name", "amount", "billing_interval"), Answer: created(api.Charge{}),
			Description: "Lead the merchant to `confirmation_url` in the dashboard. With the agreement, or after the trial, each period is collected " +
				"from the store's saved method; what fails is tried again 1, 3 and 5 days later. " + repeats,
			Also: []Answer{data(api.Charge{})},
		},
		"POST " + v1 + "/subscriptions/{charge_id}/cancel": {
			Summary: "End a subscription now, or with its period", Body: takes(api.CancelSubscription{}), Answer: data(api.Charge{}),
		},
		"POST " + v1 + "/wallet-topup": {
			Summary: "Ask a merchant to fill the app's wallet", Body: takes(api.NewTopup{}, "amount"), Answer: created(api.Charge{}),
			Description: "Lead the merchant to `confirmation_url` in the dashboard. Paid, it credits the wallet with `base_amount` and is complete. " + repeats,
			Also:        []Answer{data(api.Charge{})},
		},
		"GET " + v1 + "/charges/{charge_id}": {
			Summary: "Get a charge", Answer: data(api.Charge{}),
			Description: "The path takes the id, or the `merchant_transaction_id` by which the payment gateway knows the charge.",
		},
		"POST " + v1 + "/charges/{charge_id}/refund": {
			Summary: "Pay back a part of a charge's last payment, or all of it", Body: takes(api.ChargeRefund{}, "reason"), Answer: data(api.Charge{}),
			Description: "The platform gives back its commission on that part, the gateway keeps its fee. A top-up can be paid back as far as it is not spent.",
		},
		"GET " + v1 + "/active": {Summary: "List the installation's active charges", Answer: data([]api.Charge{})},
		"GET /api/apps/billing/charges": {
			Summary: "List a store's charges", Answer: listOf(api.StoreCharge{}),
			Query: paged(store, number("app_id", "Of this app."), text("status", "Only these."), text("type", "Only these.")),
		},
		"GET " + one:                {Summary: "Get a charge as the merchant sees it", Answer: data(api.StoreCharge{})},
		"POST " + one + "/approve":  {Summary: "Approve a charge", Answer: data(api.PaymentResult{})},
		"POST " + one + "/decline":  {Summary: "Decline a charge", Answer: data(api.PaymentResult{})},
		"POST " + one + "/cancel":   {Summary: "Cancel a charge that is not paid, or a subscription", Body: takes(api.CancelSubscription{}), Answer: data(api.PaymentResult{})},
		"POST " + one + "/resume":   {Summary: "Let a subscription go on that was to end with its period", Answer: data(api.PaymentResult{})},
		"POST " + one + "/complete": {Summary: "Complete a paid charge", Answer: data(api.PaymentResult{})},
		"POST " + one + "/pay":      {Summary: "Pay a charge on the simulated gateway", Body: takes(api.PaymentRequest{}, "outcome"), Answer: data(api.PaymentResult{})},
		"GET " + method:             {Summary: "Get a store's saved test payment method", Query: []Parameter{store}, Answer: data(api.PaymentMethod{})},
		"PUT " + method: {
			Summary: "Say how a store's saved test payment method behaves", Query: []Parameter{store},
			Body: takes(api.PaymentMethodInput{}, "behavior"), Answer: data(api.PaymentMethod{}),
		},
	}
}

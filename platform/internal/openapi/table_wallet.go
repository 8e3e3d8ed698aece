package openapi

import "github.com/selorax/sandbox/platform/api"

func walletRoutes() operations {
	const v1, wallets = "/api/apps/v1/billing/wallet", "/api/apps/billing/wallets"
	kinds := oneOf("type", "Only these.", api.WalletTopup, api.WalletDeduction, api.WalletRefund)
	return operations{
		"GET " + v1: {Summary: "Get the wallet that the store has with the app", Answer: data(api.Wallet{})},
		"POST " + v1 + "/debit": {
			Summary: "Spend of the wallet", Body: takes(api.NewDebit{}, "amount", "description"), Answer: created(api.WalletTransaction{}),
			Description: "Too little is 402 `insufficient_balance` with `balance` and `required`, and changes nothing. The same " +
				"`idempotency_key` with the same content answers 200 with the first transaction; with other content it is a conflict.",
			Also: []Answer{data(api.WalletTransaction{})},
		},
		"POST " + v1 + "/refund": {
			Summary: "Reverse a debit", Body: takes(api.NewReversal{}, "transaction_id"), Answer: created(api.WalletTransaction{}),
			Description: "Gives back the whole amount of a deduction, once.",
		},
		"GET " + v1 + "/transactions":                  {Summary: "List the wallet's transactions, newest first", Query: paged(kinds), Answer: listOf(api.WalletTransaction{})},
		"GET " + wallets:                               {Summary: "List a store's wallets", Query: []Parameter{store}, Answer: data([]api.StoreWallet{})},
		"GET " + wallets + "/{wallet_id}":              {Summary: "Get a wallet as the merchant sees it", Answer: data(api.StoreWallet{})},
		"GET " + wallets + "/{wallet_id}/transactions": {Summary: "List a wallet's transactions as the merchant sees them", Query: paged(kinds), Answer: listOf(api.WalletTransaction{})},
	}
}

func usageRoutes() operations {
	const path = "/api/apps/v1/billing/usage-charges"
	statuses := oneOf("status", "Only these.", api.ChargePending, api.ChargeFrozen, api.ChargeCompleted, api.ChargeCancelled)
	return operations{
		"POST " + path: {
			Summary: "Meter a use", Body: takes(api.NewUsage{}, "description", "quantity", "unit_price"), Answer: created(api.UsageCharge{}),
			Description: "It needs no approval and is collected with the others of its calendar month (UTC). What exceeds the month's cap is " +
				"402 `cap_exceeded`: `balance` is what is left. The same `idempotency_key` with the same content answers 200 with the first one.",
			Also: []Answer{data(api.UsageCharge{})},
		},
		"GET " + path: {Summary: "List the installation's usage, newest first", Query: paged(statuses), Answer: listOf(api.UsageCharge{})},
		"GET /api/apps/billing/charges/{charge_id}/usage": {Summary: "List the uses of a month's charge", Query: paged(statuses), Answer: listOf(api.UsageCharge{})},
	}
}

func earningsRoutes() operations {
	const one = "/api/apps/{app_id}"
	days := []Parameter{
		instant("from", "First day; the last 30 days unless given. At most 400 days."), instant("to", "Last day; today unless given."),
	}
	return operations{
		"GET " + one + "/earnings":      {Summary: "Get what an own app has earned, day by day", Query: days, Answer: data(api.Earnings{})},
		"GET " + one + "/statement":     {Summary: "List the entries of an own app's statement, newest first", Query: paged(), Answer: listOf(api.StatementEntry{})},
		"GET " + one + "/statement.csv": {Summary: "Get an own app's whole statement as CSV, oldest entry first", Answer: document("text/csv")},
		"GET /api/apps/revenue":         {Summary: "Get what the platform has kept, by app", Query: days, Answer: data(api.PlatformRevenue{})},
	}
}

package control

import "github.com/selorax/sandbox/platform/api"

// changes makes each topic happen.
var changes = map[string]change{
	api.TopicOrderCreated:       {"A customer of the store places an order.", orderCreated},
	api.TopicOrderUpdated:       {"The newest order gets another note.", orderUpdated},
	api.TopicOrderStatusChanged: {"The newest order under way goes one step further.", orderMoved},
	api.TopicOrderCancelled:     {"The newest order that can be is cancelled.", orderCancelled},
	api.TopicOrderDeleted:       {"The newest order that was cancelled or refunded is deleted.", orderDeleted},

	api.TopicProductCreated: {"A product is added.", productCreated},
	api.TopicProductUpdated: {"The newest product becomes featured, or not.", productUpdated},
	api.TopicProductDeleted: {"The newest product is deleted.", productDeleted},

	api.TopicCustomerCreated: {"A customer is added.", customerCreated},
	api.TopicCustomerUpdated: {"The newest customer moves house.", customerUpdated},

	api.TopicInventoryUpdated: {"A variant is counted again.", inventoryUpdated},
	api.TopicInventoryLow:     {"The stock of a variant falls below five pieces.", inventoryLow},

	api.TopicMessageDelivered: {"An installed app sends an SMS, which arrives.", messageTo(goodNumber)},
	api.TopicMessageFailed:    {"An installed app sends an SMS to a number that is not in service.", messageTo(badNumber)},

	api.TopicAppInstalled:   {"An app is installed.", appInstalled},
	api.TopicAppUninstalled: {"An installed app is really uninstalled.", appUninstalled},

	api.TopicChargeCreated:       {"An installed app asks for 500 BDT.", charged("it waits for the merchant")},
	api.TopicChargeActivated:     {"An app's charge is approved and paid.", charged("the merchant paid it", approves, pays)},
	api.TopicChargeDeclined:      {"An app's charge is declined.", charged("the merchant declined", declines)},
	api.TopicChargeCancelled:     {"An app's charge is cancelled.", charged("the merchant cancelled it", cancels)},
	api.TopicChargePaymentFailed: {"The payment of an app's charge fails.", charged("the payment failed", approves, failsPay)},
	api.TopicChargeExpired: {"Nothing: a charge expires after 48 hours.", later(
		"A charge expires 48 hours after it was made. Let time pass: sx trigger charge.created, then sx clock advance 48h")},
	api.TopicSubscriptionRenewalPending: {"A subscription begins whose trial ends tomorrow.", renewalPending},

	api.TopicDataRequest:    {"The merchant asks all apps for the data of the newest customer.", asked(api.TopicDataRequest)},
	api.TopicCustomerRedact: {"The merchant asks all apps to erase the newest customer.", asked(api.TopicCustomerRedact)},
	api.TopicShopRedact:     {"The merchant asks all apps to erase the store.", asked(api.TopicShopRedact)},
}

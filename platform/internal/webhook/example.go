package webhook

import (
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// Whom the examples are about.
const (
	exampleName  = "Example Customer"
	examplePhone = "+8801712345678"
	exampleGoods = "Example product"
)

// example is the data of a topic of which a store has nothing yet.
func example(storeID, appID int64, topic string, now api.Time) any {
	phone := examplePhone
	person := api.PrivacyCustomer{ID: 1, Phone: &phone}
	switch topic {
	case api.TopicDataRequest:
		return api.DataRequestEvent{StoreID: storeID, Customer: person, RequestedAt: now}
	case api.TopicCustomerRedact:
		return api.CustomerRedactEvent{StoreID: storeID, Customer: person, RedactRequestedAt: now}
	case api.TopicShopRedact:
		return api.ShopRedactEvent{StoreID: storeID, RedactRequestedAt: now}
	}
	switch noun, verb, _ := strings.Cut(topic, "."); noun {
	case "order":
		return exampleOrder(storeID, now)
	case "product":
		return exampleProduct(storeID, now)
	case "inventory":
		return api.InventoryEvent{
			ProductID: 1, SKUID: 1, SKUCode: "EXAMPLE", ProductName: exampleGoods, PreviousQuantity: 5, Quantity: 4, Delta: -1, Reason: "sold",
			Variant: api.InventoryVariant{SKUID: 1, SKUCode: "EXAMPLE", Quantity: 4, Available: true},
		}
	case "customer":
		return api.CustomerEvent{UserID: 1, CustomerName: exampleName, CustomerPhone: &phone, Customer: api.Customer{
			UserID: 1, StoreID: storeID, Name: exampleName, Phone: &phone, CreatedAt: now, UpdatedAt: now,
		}}
	case "message":
		return api.MessageEvent{MessageID: 1, AppID: appID, Channel: "sms", To: phone, Status: verb, Message: api.Message{
			MessageID: 1, AppID: appID, StoreID: storeID, Channel: "sms", To: phone, Message: "Example", Status: verb, CreatedAt: now,
		}}
	case "app":
		return exampleApp(storeID, appID, topic, now)
	}
	return exampleCharge(storeID, appID, topic, now)
}

func exampleOrder(storeID int64, now api.Time) api.OrderEvent {
	return api.OrderEvent{
		OrderID: 1, OrderNumber: "1001", CustomerName: exampleName, CustomerPhone: examplePhone, Total: 150000, Status: api.OrderPending,
		Order: api.Order{
			OrderID: 1, StoreID: storeID, UserID: 1, OrderNumber: "1001", CustomerName: exampleName, CustomerPhone: examplePhone, GrandTotal: 150000,
			OrderStatus: api.OrderPending, FinancialStatus: "unpaid", FulfillmentStatus: "unfulfilled", CreatedAt: now, UpdatedAt: now,
		},
	}
}

func exampleProduct(storeID int64, now api.Time) api.ProductEvent {
	return api.ProductEvent{ProductID: 1, Name: exampleGoods, Slug: "example-product", Product: api.ProductDetail{
		Product:  api.Product{ProductID: 1, StoreID: storeID, Name: exampleGoods, Slug: "example-product", IsActive: true, CreatedAt: now, UpdatedAt: now},
		Variants: []api.Variant{},
	}}
}

func exampleApp(storeID, appID int64, topic string, now api.Time) api.AppEvent {
	e := api.AppEvent{InstallationID: 1, AppID: appID, StoreID: storeID, Status: api.InstallationActive, InstalledAt: now}
	if topic == api.TopicAppUninstalled {
		e.Status, e.UninstalledAt = api.InstallationUninstalled, &now
	}
	return e
}

// exampleCharge is the data of the charge.* and subscription.* topics.
func exampleCharge(storeID, appID int64, topic string, now api.Time) api.ChargeEvent {
	status := map[string]string{
		api.TopicChargeActivated: api.ChargeActive, api.TopicChargeDeclined: api.ChargeDeclined, api.TopicChargeCancelled: api.ChargeCancelled,
		api.TopicChargeExpired: api.ChargeExpired, api.TopicSubscriptionRenewalPending: api.ChargeActive,
	}[topic]
	if status == "" {
		status = api.ChargePending
	}
	return api.ChargeEvent{ChargeID: 1, AppID: appID, StoreID: storeID, InstallationID: 1, Status: status, Charge: api.Charge{
		ChargeID: 1, AppID: appID, StoreID: storeID, InstallationID: 1, Type: "one_time", Name: "Example charge", Amount: 50000, BaseAmount: 50000,
		Currency: "BDT", FeePayer: api.FeePayerDeveloper, Status: status, CreatedAt: now,
	}}
}

package webhook

import (
	"strings"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
)

// Sample returns what a topic would tell of a store's newest record;
// db.ErrNoRows when it has none.
type Sample func(tx *db.Tx, storeID int64, topic string) (any, error)

// sample returns the data to test a subscription with: that of the newest event
// of its topic, else of the store's newest record, else an example.
func (s *Service) sample(tx *db.Tx, sub api.Subscription) (any, error) {
	var appID int64
	if sub.AppID != nil {
		appID = *sub.AppID
	}
	data, err := event.NewestData(tx, sub.StoreID, appID, sub.EventTopic)
	if !db.IsNone(err) {
		return data, err
	}
	noun, _, _ := strings.Cut(sub.EventTopic, ".")
	if newest, ok := s.Samples[noun]; ok {
		data, err := newest(tx, sub.StoreID, sub.EventTopic)
		if !db.IsNone(err) {
			return data, err
		}
	}
	return example(sub.StoreID, appID, sub.EventTopic, api.Time{Time: tx.Now}), nil
}

// person is a customer as the topics of privacy name one.
type person struct {
	ID    int64  `json:"id"`
	Email string `json:"email"`
	Phone string `json:"phone"`
}

// request is the data of customers/data_request and customers/redact.
type request struct {
	StoreID           int64     `json:"store_id"`
	Customer          person    `json:"customer"`
	RequestedAt       *api.Time `json:"requested_at,omitempty"`
	RedactRequestedAt *api.Time `json:"redact_requested_at,omitempty"`
}

// example is the data of a topic of which a store has nothing yet.
func example(storeID, appID int64, topic string, now api.Time) any {
	asked := request{StoreID: storeID, Customer: person{ID: 1, Email: "customer@example.com", Phone: "+8801712345678"}}
	switch noun, _, _ := strings.Cut(topic, "."); {
	case topic == "customers/data_request":
		asked.RequestedAt = &now
		return asked
	case topic == "customers/redact":
		asked.RedactRequestedAt = &now
		return asked
	case topic == api.TopicShopRedact:
		return api.ShopRedactEvent{StoreID: storeID, RedactRequestedAt: now}
	case noun == "order":
		return api.OrderEvent{OrderID: 1, OrderNumber: "1001", CustomerName: "Example Customer", CustomerPhone: "+8801712345678", Total: 150000, Status: api.OrderPending}
	case noun == "product":
		return api.ProductEvent{ProductID: 1, Name: "Example product", Slug: "example-product"}
	case noun == "inventory":
		return api.InventoryEvent{ProductID: 1, SKUID: 1, SKUCode: "EXAMPLE", ProductName: "Example product", PreviousQuantity: 5, Quantity: 4, Delta: -1, Reason: "sold"}
	case noun == "customer":
		return api.CustomerEvent{UserID: 1, CustomerName: "Example Customer", CustomerPhone: &asked.Customer.Phone}
	case noun == "message":
		return api.MessageEvent{MessageID: 1, AppID: appID, Channel: "sms", To: asked.Customer.Phone, Status: strings.TrimPrefix(topic, "message.")}
	case noun == "app":
		return exampleApp(storeID, appID, topic, now)
	}
	return exampleCharge(storeID, appID, topic)
}

func exampleApp(storeID, appID int64, topic string, now api.Time) api.AppEvent {
	e := api.AppEvent{InstallationID: 1, AppID: appID, StoreID: storeID, Status: api.InstallationActive, InstalledAt: now}
	if topic == api.TopicAppUninstalled {
		e.Status, e.UninstalledAt = api.InstallationUninstalled, &now
	}
	return e
}

// exampleCharge is the data of the charge.* and subscription.* topics.
func exampleCharge(storeID, appID int64, topic string) api.ChargeEvent {
	status := map[string]string{
		api.TopicChargeActivated: api.ChargeActive, api.TopicChargeDeclined: api.ChargeDeclined, api.TopicChargeCancelled: api.ChargeCancelled,
		api.TopicChargeExpired: api.ChargeExpired, "subscription.renewal_pending": api.ChargeActive,
	}[topic]
	if status == "" {
		status = api.ChargePending
	}
	return api.ChargeEvent{ChargeID: 1, AppID: appID, StoreID: storeID, InstallationID: 1, Status: status, Charge: api.Charge{
		ChargeID: 1, AppID: appID, StoreID: storeID, InstallationID: 1, Type: "one_time", Name: "Example charge", Amount: 50000, Currency: "BDT", Status: status,
	}}
}

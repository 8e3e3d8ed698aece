package privacy

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/customer"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/idempotency"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
	"github.com/selorax/sandbox/platform/internal/webhook"
)

// exportWithin is how long an app has to answer a data request.
const exportWithin = 30 * 24 * time.Hour

// Service makes and lists privacy requests. All fields are required.
type Service struct {
	DB       *db.DB
	Writes   idempotency.Writes
	Events   *event.Log
	Webhooks *webhook.Service
}

// topics are those that a merchant may start.
var topics = []string{api.TopicDataRequest, api.TopicCustomerRedact, api.TopicShopRedact}

// Ask sends a privacy request to the apps of a store.
func (s *Service) Ask(tx *db.Tx, storeID int64, in api.NewPrivacyRequest) (out api.PrivacyRequest, err error) {
	who, err := check(tx, storeID, in)
	if err != nil {
		return out, err
	}
	rec, err := s.Events.Append(tx, event.Event{Topic: in.Topic, StoreID: storeID, Data: payload(in.Topic, storeID, who, api.Time{Time: tx.Now})})
	if err != nil {
		return out, err
	}
	if err := s.Webhooks.Oblige(tx, rec); err != nil {
		return out, err
	}
	return requestByID(tx, rec.ID)
}

// check refuses what cannot be asked, and returns whom it is about.
func check(tx *db.Tx, storeID int64, in api.NewPrivacyRequest) (*api.PrivacyCustomer, error) {
	switch {
	case !slices.Contains(topics, in.Topic):
		return nil, problem.Invalid("topic", "must be customers/data_request, customers/redact or shop/redact%s", web.Suggestion(in.Topic, topics))
	case in.Topic == api.TopicShopRedact && in.UserID != nil:
		return nil, problem.Invalid("user_id", "must be left out: shop/redact is about the whole store")
	case in.Topic == api.TopicShopRedact:
		return nil, nil
	case in.UserID == nil:
		return nil, problem.Invalid("user_id", "is missing: say which customer it is about")
	}
	c, err := customer.Get(tx, storeID, *in.UserID)
	return &api.PrivacyCustomer{ID: c.UserID, Email: c.Email, Phone: c.Phone}, err
}

func payload(topic string, storeID int64, who *api.PrivacyCustomer, now api.Time) any {
	switch topic {
	case api.TopicDataRequest:
		return api.DataRequestEvent{StoreID: storeID, Customer: *who, RequestedAt: now}
	case api.TopicCustomerRedact:
		return api.CustomerRedactEvent{StoreID: storeID, Customer: *who, RedactRequestedAt: now}
	default:
		return api.ShopRedactEvent{StoreID: storeID, RedactRequestedAt: now}
	}
}

// request reads an event back as the request that it is.
func request(eventID, topic string, storeID int64, at api.Time, body []byte) (api.PrivacyRequest, error) {
	var stored api.WebhookBody[struct {
		Customer *api.PrivacyCustomer `json:"customer"`
	}]
	err := json.Unmarshal(body, &stored)
	out := api.PrivacyRequest{
		EventID: eventID, Topic: topic, StoreID: storeID, Customer: stored.Data.Customer, RequestedAt: at, Apps: []api.PrivacyApp{},
	}
	if topic == api.TopicDataRequest {
		out.DueAt = &api.Time{Time: at.Add(exportWithin)}
	}
	return out, err
}

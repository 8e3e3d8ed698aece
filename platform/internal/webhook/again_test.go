package webhook_test

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/openapi/openapitest"
	"github.com/selorax/sandbox/platform/platformtest"
)

// deliveries lists a subscription's deliveries as its app sees them, newest
// first.
func (j *journey) deliveries(subscriptionID int64, query string) []api.Delivery {
	j.t.Helper()
	return platformtest.Data[[]api.Delivery](j.Do(http.MethodGet, path(appHooks, subscriptionID, "deliveries")+query, j.app, nil))
}

// rename changes the store's first product, which is an event.
func (j *journey) rename(name string) {
	j.t.Helper()
	products := platformtest.Data[[]api.ProductSummary](j.Do(http.MethodGet, "/api/stores/22/products?limit=1", j.merchant, nil))
	j.Do(http.MethodPut, path("/api/stores/22/products", products[0].ProductID), j.merchant, map[string]any{"name": name}).Into(http.StatusOK, &struct{}{})
}

func TestATestIsASampleThatCountsForNothing(t *testing.T) {
	t.Parallel()
	j := start(t)
	sub := j.subscribe(api.TopicOrderStatusChanged)
	newest := platformtest.Data[[]api.Order](j.Do(http.MethodGet, "/api/stores/22/orders?limit=1", j.merchant, nil))[0]
	events := platformtest.Control[[]api.SandboxEvent](j.Platform, http.MethodGet, "/_sandbox/events", nil)
	j.answer <- http.StatusGone
	made := platformtest.Data[api.Delivery](j.Do(http.MethodPost, path(appHooks, sub.SubscriptionID, "test"), j.app, nil))
	if !made.Test || made.Status != api.DeliveryPending || made.ResentFrom != nil {
		t.Errorf("made %+v", made)
	}
	got := <-j.got
	var body api.WebhookBody[api.OrderEvent]
	if err := json.Unmarshal([]byte(got.body), &body); err != nil {
		t.Fatal(err)
	}
	if !body.Test || body.EventID != made.EventID || body.EventTopic != api.TopicOrderStatusChanged || body.StoreID != 22 ||
		body.Data.OrderID != newest.OrderID || body.Data.PreviousStatus == "" {
		t.Errorf("got %s", got.body)
	}
	if got.header.Get(api.HeaderWebhookSignature) == "" || got.header.Get(api.HeaderIdempotencyKey) != made.EventID {
		t.Errorf("got %v", got.header)
	}
	j.Advance(48 * time.Hour)
	list := j.deliveries(sub.SubscriptionID, "")
	if len(list) != 1 || list[0].Status != api.DeliveryDead || len(list[0].Attempts) != 1 {
		t.Errorf("deliveries %+v", list)
	}
	after := platformtest.Data[api.SubscriptionWithSecret](j.Do(http.MethodGet, path(appHooks, sub.SubscriptionID), j.app, nil))
	if !after.IsActive || after.FailureCount != 0 || after.LastFailureAt != nil || after.LastSuccessAt != nil {
		t.Errorf("subscription %+v", after)
	}
	if now := platformtest.Control[[]api.SandboxEvent](j.Platform, http.MethodGet, "/_sandbox/events", nil); len(now) != len(events) {
		t.Errorf("%d events, before %d", len(now), len(events))
	}
}

// Every topic can be tested, also where the store has nothing to show.
func TestEveryTopicCanBeTested(t *testing.T) {
	t.Parallel()
	j := start(t)
	for _, topic := range api.MerchantTopics {
		list := platformtest.Data[api.SubscriptionsWithSecrets](j.Do(http.MethodPost, allHooks, j.merchant,
			api.NewMerchantSubscriptions{StoreID: 22, EventTopic: topic, TargetURL: j.url}))
		j.Do(http.MethodPost, path(allHooks, list[0].SubscriptionID, "test"), j.merchant, nil).Into(http.StatusCreated, &struct{}{})
		var body api.WebhookBody[map[string]any]
		got := <-j.got
		if json.Unmarshal([]byte(got.body), &body) != nil || body.EventTopic != topic || !body.Test {
			t.Errorf("%s: %s", topic, got.body)
		}
		if err := openapitest.TopicConforms(topic, []byte(got.body)); err != nil {
			t.Errorf("%s: %v\n%s", topic, err, got.body)
		}
	}
}

func TestADeliveryIsSentAgain(t *testing.T) {
	t.Parallel()
	j := start(t)
	sub := j.subscribe(api.TopicProductUpdated)
	j.rename("Rose")
	first := <-j.got
	j.Advance(time.Minute)
	original := j.deliveries(sub.SubscriptionID, "?status=delivered")[0]
	resend := path(appHooks+"/deliveries", original.DeliveryID, "resend")
	j.answer <- http.StatusBadGateway
	again := platformtest.Data[api.Delivery](j.Do(http.MethodPost, resend, j.app, nil))
	if again.DeliveryID == original.DeliveryID || again.EventID != original.EventID || *again.ResentFrom != original.DeliveryID {
		t.Errorf("again %+v", again)
	}
	second := <-j.got
	j.Advance(time.Minute)
	third := <-j.got // its retry
	j.Advance(0)
	for _, got := range []delivered{second, third} {
		if got.body != first.body || got.header.Get(api.HeaderIdempotencyKey) != first.header.Get(api.HeaderIdempotencyKey) ||
			got.header.Get(api.HeaderDeliveryID) == first.header.Get(api.HeaderDeliveryID) {
			t.Errorf("got %v %s", got.header, got.body)
		}
	}
	byMerchant := strings.Replace(resend, "/v1", "", 1)
	j.Do(http.MethodPost, byMerchant, j.merchant, nil).Into(http.StatusCreated, &struct{}{})
	<-j.got
	detail := platformtest.Data[api.DeliveryDetail](j.Do(http.MethodGet, path("/api/apps/webhooks/deliveries", again.DeliveryID), j.merchant, nil))
	if detail.RequestBody != first.body || len(detail.Attempts) != 2 || detail.Attempts[0].RequestHeaders[api.HeaderWebhookEvent][0] != api.TopicProductUpdated ||
		detail.Attempts[1].ResponseHeaders["Date"] == nil {
		t.Errorf("detail %+v", detail)
	}
	j.refused(404, api.CodeNotFound, "No delivery", http.MethodPost, byMerchant, j.other, nil)
	j.refused(404, api.CodeNotFound, "No delivery", http.MethodGet, path("/api/apps/webhooks/deliveries", again.DeliveryID), j.other, nil)
	j.refused(404, api.CodeNotFound, "No delivery", http.MethodPost, resend, platformtest.Bearer(j.Install("my-app", 22).AccessToken), nil)
	j.Do(http.MethodPut, path(appHooks, sub.SubscriptionID), j.app, map[string]any{"is_active": 0}).Into(http.StatusOK, &struct{}{})
	j.refused(409, api.CodeConflict, "is inactive", http.MethodPost, resend, j.app, nil)
	j.refused(409, api.CodeConflict, "is inactive", http.MethodPost, path(appHooks, sub.SubscriptionID, "test"), j.app, nil)
	j.Do(http.MethodDelete, path(appHooks, sub.SubscriptionID), j.app, nil).Into(http.StatusOK, &struct{}{})
	j.refused(409, api.CodeConflict, "was deleted", http.MethodPost, resend, j.app, nil)
}

func TestTheControlAPISeesAndResends(t *testing.T) {
	t.Parallel()
	j := start(t)
	j.subscribe(api.TopicProductUpdated)
	j.rename("Rose")
	<-j.got
	j.Advance(time.Minute)
	events := platformtest.Control[[]api.SandboxEvent](j.Platform, http.MethodGet, "/_sandbox/events?store_id=22&topic=product.updated", nil)
	if len(events) != 1 || events[0].StoreID != 22 {
		t.Fatalf("events %+v", events)
	}
	one := platformtest.Control[api.SandboxEvent](j.Platform, http.MethodGet, "/_sandbox/events/"+events[0].EventID, nil)
	list := platformtest.Control[[]api.Delivery](j.Platform, http.MethodGet, "/_sandbox/deliveries?app=restock&event_id="+one.EventID, nil)
	if len(list) != 1 || list[0].Status != api.DeliveryDelivered || len(list[0].Attempts) != 1 {
		t.Fatalf("deliveries %+v", list)
	}
	detail := platformtest.Control[api.DeliveryDetail](j.Platform, http.MethodGet, path("/_sandbox/deliveries", list[0].DeliveryID), nil)
	if detail.RequestBody != string(one.Body) {
		t.Errorf("detail %s, event %s", detail.RequestBody, one.Body)
	}
	again := platformtest.Control[api.Delivery](j.Platform, http.MethodPost, path("/_sandbox/deliveries", list[0].DeliveryID, "resend"), nil)
	<-j.got
	late := platformtest.Data[api.SubscriptionsWithSecrets](j.Do(http.MethodPost, allHooks, j.merchant,
		api.NewMerchantSubscriptions{StoreID: 22, EventTopic: api.TopicProductUpdated, TargetURL: j.url}))[0]
	resent := platformtest.Control[api.SandboxResent](j.Platform, http.MethodPost, "/_sandbox/events/"+one.EventID+"/resend", nil)
	if len(resent.Deliveries) != 2 || *resent.Deliveries[0].ResentFrom != list[0].DeliveryID || resent.Deliveries[1].ResentFrom != nil ||
		*resent.Deliveries[1].SubscriptionID != late.SubscriptionID || again.ResentFrom == nil {
		t.Errorf("resent %+v", resent)
	}
	<-j.got
	<-j.got
	j.Advance(0)
	named := "/_sandbox/events/" + one.EventID + "/resend?subscription_id="
	if resent := platformtest.Control[api.SandboxResent](j.Platform, http.MethodPost, named+strconv.FormatInt(late.SubscriptionID, 10), nil); len(resent.Deliveries) != 1 {
		t.Errorf("resent %+v", resent)
	}
	j.refused(409, api.CodeConflict, "is not an active one", http.MethodPost, named+"999", j.Controls(), nil)
	j.refused(404, api.CodeNotFound, "No event", http.MethodGet, "/_sandbox/events/nope", j.Controls(), nil)
	j.refused(404, api.CodeNotFound, "No delivery", http.MethodGet, "/_sandbox/deliveries/999", j.Controls(), nil)
	j.refused(404, api.CodeNotFound, "no app", http.MethodGet, "/_sandbox/deliveries?app=nope", j.Controls(), nil)
	j.refused(400, api.CodeValidation, "status", http.MethodGet, "/_sandbox/deliveries?status=nope", j.Controls(), nil)
}

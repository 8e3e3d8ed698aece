package platform

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/selorax/sandbox/platform/api"
)

const (
	subscriptions = "/api/apps/webhooks/subscriptions"
	deliveries    = "/api/apps/webhooks/deliveries"
)

// Subscriptions lists what an app is told about in a store; with appID 0 what
// every app and the merchant are.
func (s Session) Subscriptions(ctx context.Context, storeID, appID int64) ([]api.Subscription, error) {
	return get[[]api.Subscription](ctx, s, subscriptions+"?"+numbers{"store_id": storeID, "app_id": appID}.encode())
}

// Subscription returns one subscription of any store that the user may open.
// Its secret is masked.
func (s Session) Subscription(ctx context.Context, subscriptionID int64) (api.SubscriptionWithSecret, error) {
	return get[api.SubscriptionWithSecret](ctx, s, subscription(subscriptionID))
}

// CreateSubscriptions makes subscriptions of the merchant, one for each topic.
// Their secrets are in this answer and in no other.
func (s Session) CreateSubscriptions(ctx context.Context, in api.NewMerchantSubscriptions) ([]api.SubscriptionWithSecret, error) {
	return call[[]api.SubscriptionWithSecret](ctx, s, http.MethodPost, subscriptions, in)
}

// UpdateSubscription changes what is given. Of an app's subscription only
// is_active may be.
func (s Session) UpdateSubscription(ctx context.Context, subscriptionID int64, in api.SubscriptionUpdate) (api.Subscription, error) {
	return call[api.Subscription](ctx, s, http.MethodPut, subscription(subscriptionID), in)
}

// RotateWebhookSecret gives a merchant's subscription its next secret: in a
// day, or at once.
func (s Session) RotateWebhookSecret(ctx context.Context, subscriptionID int64, immediate bool) (api.RotatedWebhookSecret, error) {
	return call[api.RotatedWebhookSecret](ctx, s, http.MethodPost, subscription(subscriptionID)+"/rotate-secret", api.WebhookSecretRotation{Immediate: immediate})
}

// TestSubscription sends a sample of what a subscription is told of.
func (s Session) TestSubscription(ctx context.Context, subscriptionID int64) (api.Delivery, error) {
	return call[api.Delivery](ctx, s, http.MethodPost, subscription(subscriptionID)+"/test", nil)
}

// DeleteSubscription ends a merchant's subscription.
func (s Session) DeleteSubscription(ctx context.Context, subscriptionID int64) error {
	_, err := call[api.Deleted](ctx, s, http.MethodDelete, subscription(subscriptionID), nil)
	return err
}

// DeliveryQuery narrows the deliveries of a store down; what is zero does not.
type DeliveryQuery struct {
	AppID, SubscriptionID int64
	Page, Limit           int
}

// Deliveries returns a page of a store's webhook deliveries, newest first.
func (s Session) Deliveries(ctx context.Context, storeID int64, q DeliveryQuery) (out api.List[api.Delivery], err error) {
	path := deliveries + "?" + numbers{
		"store_id": storeID, "app_id": q.AppID, "subscription_id": q.SubscriptionID, "page": int64(q.Page), "limit": int64(q.Limit),
	}.encode()
	return out, s.client.do(ctx, http.MethodGet, path, s.token, nil, &out)
}

// Delivery returns one delivery of any store that the user may open, with
// everything that its attempts sent and got.
func (s Session) Delivery(ctx context.Context, deliveryID int64) (api.DeliveryDetail, error) {
	return get[api.DeliveryDetail](ctx, s, fmt.Sprintf("%s/%d", deliveries, deliveryID))
}

// Resend repeats a delivery. One that cannot be repeated is a refusal with
// status 409 whose message says why.
func (s Session) Resend(ctx context.Context, deliveryID int64) (api.Delivery, error) {
	return call[api.Delivery](ctx, s, http.MethodPost, fmt.Sprintf("%s/%d/resend", deliveries, deliveryID), nil)
}

func subscription(id int64) string { return fmt.Sprintf("%s/%d", subscriptions, id) }

// numbers are query parameters, without those that are 0.
type numbers map[string]int64

func (n numbers) encode() string { return n.values().Encode() }

func (n numbers) values() url.Values {
	v := url.Values{}
	for name, number := range n {
		if number != 0 {
			v.Set(name, strconv.FormatInt(number, 10))
		}
	}
	return v
}

// Explain says how an attempt of a delivery was signed and what made an app
// compute another signature. It is for developers.
func (s Session) Explain(ctx context.Context, deliveryID int64, in api.ExplainRequest) (api.SignatureExplanation, error) {
	return call[api.SignatureExplanation](ctx, s, http.MethodPost, fmt.Sprintf("%s/%d/explain", deliveries, deliveryID), in)
}

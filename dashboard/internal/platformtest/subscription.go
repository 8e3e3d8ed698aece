package platformtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// AddWebhook makes a merchant's own subscription and returns its number.
func (p *Platform) AddWebhook(storeID int64, target, topic string) int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	name := "Accounts"
	return p.addSubscription(api.Subscription{
		StoreID: storeID, EventTopic: topic, TargetURL: target, Name: &name, CreatedByType: "merchant", SourceName: name,
	}).SubscriptionID
}

// FailSubscription lets a subscription fail so often that so many failures
// more turn it off; 0 turns it off.
func (p *Platform) FailSubscription(id int64, more int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.subscription(id)
	at := api.Time{Time: today}
	s.FailureCount, s.LastFailureAt, s.DeactivatesAfter = 5-more, &at, &more
	if more == 0 {
		turnOff(s, api.DeactivatedDead)
	}
}

// PauseWebhook pauses a subscription.
func (p *Platform) PauseWebhook(id int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	turnOff(p.subscription(id), api.DeactivatedPaused)
}

func turnOff(s *api.Subscription, reason string) {
	at := api.Time{Time: today}
	s.IsActive, s.DeactivatesAfter, s.DeactivatedAt, s.DeactivationReason = false, nil, &at, &reason
}

func turnOn(s *api.Subscription) {
	left := 5
	s.IsActive, s.FailureCount, s.DeactivatesAfter, s.DeactivatedAt, s.DeactivationReason = true, 0, &left, nil, nil
}

// addSubscription numbers a subscription and keeps it.
func (p *Platform) addSubscription(s api.Subscription) *api.Subscription {
	p.lastWebhook++
	s.SubscriptionID, s.CreatedAt = p.lastWebhook, api.Time{Time: today.AddDate(0, 0, -2)}
	turnOn(&s)
	p.subscriptions = append(p.subscriptions, s)
	return &p.subscriptions[len(p.subscriptions)-1]
}

// subscribed is the number of an app's subscription to a topic, nil without.
func (p *Platform) subscribed(appID, storeID int64, topic string) *int64 {
	for _, s := range p.subscriptions {
		if s.AppID != nil && *s.AppID == appID && s.StoreID == storeID && s.EventTopic == topic {
			return &s.SubscriptionID
		}
	}
	return nil
}

func (p *Platform) subscription(id int64) *api.Subscription {
	i := slices.IndexFunc(p.subscriptions, func(s api.Subscription) bool { return s.SubscriptionID == id })
	if i < 0 {
		return nil
	}
	return &p.subscriptions[i]
}

// mine is the subscription that the path names.
func (p *Platform) mine(c call) (*api.Subscription, error) {
	s := p.subscription(c.id("id"))
	if s == nil || !c.owns(s.StoreID) {
		return nil, notFound("No subscription %s.", c.PathValue("id"))
	}
	return s, nil
}

func (c call) owns(storeID int64) bool {
	return slices.ContainsFunc(c.account.Stores, func(s api.StoreRef) bool { return s.StoreID == storeID })
}

func (p *Platform) listSubscriptions(c call) (any, error) {
	list := []api.Subscription{}
	for _, s := range p.subscriptions {
		if app := int64(c.number("app_id", 0)); s.StoreID == c.storeID && (app == 0 || s.AppID != nil && *s.AppID == app) {
			list = append(list, s)
		}
	}
	return list, nil
}

func (p *Platform) getSubscription(c call) (any, error) {
	s, err := p.mine(c)
	if err != nil {
		return nil, err
	}
	return api.SubscriptionWithSecret{Subscription: *s, SigningSecret: "whsec_…0042"}, nil
}

// checkWebhook refuses a subscription as the platform does.
func (p *Platform) checkWebhook(s api.Subscription) error {
	r := &refusal{Status: http.StatusBadRequest, Code: api.CodeValidation, Message: "The input is not valid.", RequestID: "req_test"}
	if s.Name != nil && len(*s.Name) < 2 {
		r.Errors = append(r.Errors, api.FieldError{Field: "name", Message: "must have 2 to 255 characters"})
	}
	if !strings.HasPrefix(s.TargetURL, "https://") && !strings.HasPrefix(s.TargetURL, "http://127.0.0.1:") {
		r.Errors = append(r.Errors, api.FieldError{Field: "target_url", Message: "must begin with https://"})
	}
	if !slices.Contains(api.MerchantTopics, s.EventTopic) {
		r.Errors = append(r.Errors, api.FieldError{Field: "event_topics[0]", Message: "is no topic"})
	}
	if r.Errors != nil {
		return r
	}
	for _, other := range p.subscriptions {
		if other.SubscriptionID != s.SubscriptionID && other.AppID == nil && other.StoreID == s.StoreID && other.EventTopic == s.EventTopic && other.TargetURL == s.TargetURL {
			return refuse(http.StatusConflict, api.CodeConflict, "Subscription %d brings %s to this URL already.", other.SubscriptionID, s.EventTopic)
		}
	}
	return nil
}

func (p *Platform) createSubscriptions(c call) (any, error) {
	var in api.NewMerchantSubscriptions
	if err := json.NewDecoder(c.Body).Decode(&in); err != nil {
		return nil, err
	}
	if len(in.EventTopics) == 0 {
		in.EventTopics = []string{""}
	}
	if !c.owns(in.StoreID) {
		return nil, notFound("No store %d that you may open.", in.StoreID)
	}
	fresh := api.Subscription{StoreID: in.StoreID, TargetURL: in.TargetURL, Name: in.Name, CreatedByType: "merchant"}
	if in.Name != nil {
		fresh.SourceName = *in.Name
	}
	for _, topic := range in.EventTopics {
		fresh.EventTopic = topic
		if err := p.checkWebhook(fresh); err != nil {
			return nil, err
		}
	}
	made := []api.SubscriptionWithSecret{}
	for _, topic := range in.EventTopics {
		fresh.EventTopic = topic
		made = append(made, api.SubscriptionWithSecret{Subscription: *p.addSubscription(fresh), SigningSecret: p.secret("whsec_")})
	}
	return made, nil
}

func (p *Platform) updateSubscription(c call) (any, error) {
	s, err := p.mine(c)
	if err != nil {
		return nil, err
	}
	var in api.SubscriptionUpdate
	if err := json.NewDecoder(c.Body).Decode(&in); err != nil {
		return nil, err
	}
	changed := *s
	in.TargetURL.Into(&changed.TargetURL)
	in.EventTopic.Into(&changed.EventTopic)
	in.Name.IntoNullable(&changed.Name)
	in.Name.Into(&changed.SourceName)
	if in.TargetURL.Given {
		if err := p.checkWebhook(changed); err != nil {
			return nil, err
		}
	}
	switch {
	case in.IsActive.Given && bool(*in.IsActive.Value):
		turnOn(&changed)
	case in.IsActive.Given:
		turnOff(&changed, api.DeactivatedPaused)
	}
	*s = changed
	return changed, nil
}

func (p *Platform) deleteSubscription(c call) (any, error) {
	s, err := p.mine(c)
	if err != nil {
		return nil, err
	}
	id := s.SubscriptionID
	p.subscriptions = slices.DeleteFunc(p.subscriptions, func(s api.Subscription) bool { return s.SubscriptionID == id })
	return api.Deleted{ID: id}, nil
}

func (p *Platform) rotateWebhookSecret(c call) (any, error) {
	if _, err := p.mine(c); err != nil {
		return nil, err
	}
	var in api.WebhookSecretRotation
	if err := json.NewDecoder(c.Body).Decode(&in); err != nil {
		return nil, err
	}
	out := api.RotatedWebhookSecret{WebhookSigningSecret: p.secret("whsec_")}
	if !in.Immediate {
		out.ActivatesAt = &api.Time{Time: today.AddDate(0, 0, 1)}
	}
	return out, nil
}

func (p *Platform) testSubscription(c call) (any, error) {
	s, err := p.mine(c)
	if err != nil {
		return nil, err
	}
	if !s.IsActive {
		return nil, refuse(http.StatusConflict, api.CodeConflict, "Subscription %d is inactive. Set is_active to 1, then send again.", s.SubscriptionID)
	}
	d := p.delivery(s.AppID, s.StoreID, s.TargetURL, s.EventTopic, api.DeliveryPending)
	d.SubscriptionID, d.Test = &s.SubscriptionID, true
	return p.send(d, fmt.Sprintf(`{"event_id":%q,"event_topic":%q,"store_id":%d,"test":true,"data":{}}`, d.EventID, d.EventTopic, d.StoreID)), nil
}

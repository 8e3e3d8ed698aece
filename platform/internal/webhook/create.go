package webhook

import (
	"fmt"
	"slices"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/app"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/secret"
	"github.com/selorax/sandbox/platform/internal/web"
)

// createForApp makes a subscription of the calling installation. It is signed
// with the app's one secret.
func (s *Service) createForApp(tx *db.Tx, caller web.Caller, in api.NewSubscription) (out api.SubscriptionWithSecret, err error) {
	var c complaints
	topicField, topic := c.spelling("topic", in.Topic, "event_topic", in.EventTopic)
	urlField, target := c.spelling("url", in.URL, "target_url", in.TargetURL)
	c.topic(topicField, topic, api.Topics)
	s.target(&c, urlField, target)
	c.name(in.Name)
	if err := c.Err(); err != nil {
		return out, err
	}
	if scope := api.TopicScope(topic); scope != "" && !caller.Scopes.Allows(scope) {
		return out, problem.InsufficientScope(scope)
	}
	row := newSubscription{
		appID: &caller.AppID, installationID: &caller.InstallationID, storeID: caller.StoreID, topic: topic, url: target, name: in.Name,
	}
	if out.Subscription, err = s.create(tx, row); err != nil {
		return out, err
	}
	out.SigningSecret, err = app.WebhookSecret(tx, s.Box, caller.AppID)
	return out, err
}

// createForMerchant makes a merchant's own subscriptions, one for each topic,
// all of them or none.
func (s *Service) createForMerchant(tx *db.Tx, caller web.Caller, in api.NewMerchantSubscriptions) (list api.SubscriptionsWithSecrets, err error) {
	topics, permissions, err := s.checkMerchants(caller, in)
	if err != nil {
		return nil, err
	}
	for _, topic := range topics {
		one := api.SubscriptionWithSecret{SigningSecret: secret.New(api.PrefixWebhookSecret)}
		row := newSubscription{
			storeID: in.StoreID, topic: topic, url: in.TargetURL, name: in.Name, permissions: permissions,
			secret: s.Box.Seal(sealSubscription, one.SigningSecret),
		}
		if one.Subscription, err = s.create(tx, row); err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, nil
}

// checkMerchants returns the topics and permissions that a merchant asks for,
// or complains.
func (s *Service) checkMerchants(caller web.Caller, in api.NewMerchantSubscriptions) (topics []string, permissions *api.ScopeSet, err error) {
	var c complaints
	c.Require(in.StoreID > 0, "store_id", "is required: name the store")
	c.Require(caller.StoreID == 0 || caller.StoreID == in.StoreID, "store_id", "must be the store of the request")
	topics, field := in.EventTopics, "event_topics[%d]"
	if len(topics) == 0 {
		topics, field = []string{in.EventTopic}, "event_topic"
	}
	c.Require(in.EventTopic == "" || len(in.EventTopics) == 0, "event_topic", "must be left out when there are event_topics")
	for n, topic := range topics {
		at := field
		if field != "event_topic" {
			at = fmt.Sprintf(field, n)
		}
		c.topic(at, topic, api.MerchantTopics)
		c.Require(!slices.Contains(topics[:n], topic), at, "is named twice")
	}
	s.target(&c, "target_url", in.TargetURL)
	c.name(in.Name)
	permissions = c.permissions(in.Permissions, topics)
	if err := c.Err(); err != nil {
		return nil, nil, err
	}
	return topics, permissions, caller.CheckStore(in.StoreID)
}

// permissions reads a list of scopes, nil when it is empty. One that does not
// cover the topics would be told of nothing.
func (c *complaints) permissions(names, topics []string) *api.ScopeSet {
	if len(names) == 0 {
		return nil
	}
	set, unknown := api.NewScopeSet(names)
	for _, name := range unknown {
		c.Require(false, "permissions", name+" is no scope")
	}
	for _, topic := range topics {
		scope := api.TopicScope(topic)
		c.Require(scope == "" || set.Allows(scope), "permissions", "must include "+string(scope)+" for "+topic+", or be left out")
	}
	return &set
}

// create makes a subscription unless its owner has the same already.
func (s *Service) create(tx *db.Tx, row newSubscription) (api.Subscription, error) {
	if err := lock(tx, row.storeID); err != nil {
		return api.Subscription{}, err
	}
	if err := checkFree(tx, row, 0); err != nil {
		return api.Subscription{}, err
	}
	id, err := insertSubscription(tx, row)
	if err != nil {
		return api.Subscription{}, err
	}
	return subscriptionByID(tx, id)
}

// checkFree refuses a second subscription to the same topic at the same URL.
// But is the one that may have them.
func checkFree(tx *db.Tx, row newSubscription, but int64) error {
	other, err := sameSubscription(tx, row, but)
	if db.IsNone(err) {
		return nil
	}
	if err == nil {
		err = problem.Conflict("Subscription %d brings %s to this URL already.", other, row.topic)
	}
	return err
}

// lock keeps others from changing a store's subscriptions between what is read
// of them and what is written.
func lock(tx *db.Tx, storeID int64) error {
	return tx.Exclusive(fmt.Sprintf("subscriptions %d", storeID))
}

package webhook

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// mine returns a subscription that the caller may see: an app those of its
// installation, a user those of their stores.
func mine(tx *db.Tx, caller web.Caller, subscriptionID int64) (api.Subscription, error) {
	sub, err := subscriptionByID(tx, subscriptionID)
	if db.IsNone(err) || err == nil && !owns(caller, sub) {
		return sub, problem.NotFound("subscription", subscriptionID)
	}
	return sub, err
}

func owns(caller web.Caller, sub api.Subscription) bool {
	if caller.IsApp() {
		return sub.InstallationID != nil && *sub.InstallationID == caller.InstallationID
	}
	return caller.CheckStore(sub.StoreID) == nil && (caller.StoreID == 0 || caller.StoreID == sub.StoreID)
}

// hold is mine, and keeps others from changing the store's subscriptions.
func hold(tx *db.Tx, caller web.Caller, subscriptionID int64) (api.Subscription, error) {
	sub, err := mine(tx, caller, subscriptionID)
	if err != nil {
		return sub, err
	}
	if err := lock(tx, sub.StoreID); err != nil {
		return sub, err
	}
	return mine(tx, caller, subscriptionID)
}

// update changes the fields that were given. Deliveries that still wait go to
// the new URL.
func (s *Service) update(tx *db.Tx, caller web.Caller, subscriptionID int64, in api.SubscriptionUpdate) (api.Subscription, error) {
	sub, err := hold(tx, caller, subscriptionID)
	if err != nil {
		return sub, err
	}
	changed, err := s.apply(caller, sub, in)
	if err != nil {
		return sub, err
	}
	row := newSubscription{installationID: sub.InstallationID, storeID: sub.StoreID, topic: changed.EventTopic, url: changed.TargetURL}
	if err := checkFree(tx, row, subscriptionID); err != nil {
		return sub, err
	}
	if err := updateSubscription(tx, changed); err != nil {
		return sub, err
	}
	if in.IsActive.Given {
		if err := setActive(tx, subscriptionID, *in.IsActive.Value); err != nil {
			return sub, err
		}
	}
	return subscriptionByID(tx, subscriptionID)
}

// apply returns the subscription with the changes, or complains.
func (s *Service) apply(caller web.Caller, sub api.Subscription, in api.SubscriptionUpdate) (api.Subscription, error) {
	if err := s.mayChange(caller, sub, in); err != nil {
		return sub, err
	}
	var c complaints
	c.Require(!in.IsActive.Given || in.IsActive.Value != nil, "is_active", "must be 1 or 0")
	before := sub.EventTopic
	if field, topic, given := c.change("topic", in.Topic, "event_topic", in.EventTopic); given {
		c.topic(field, topic, topicsFor(sub))
		sub.EventTopic = topic
	}
	if field, target, given := c.change("url", in.URL, "target_url", in.TargetURL); given {
		s.target(&c, field, target)
		sub.TargetURL = target
	}
	in.Name.IntoNullable(&sub.Name)
	c.name(in.Name.Value)
	scope := api.TopicScope(sub.EventTopic)
	c.Require(scope == "" || sub.Permissions == nil || sub.Permissions.Allows(scope), "event_topic", "is not covered by the subscription's permissions")
	if err := c.Err(); err != nil {
		return sub, err
	}
	if caller.IsApp() && sub.EventTopic != before && scope != "" && !caller.Scopes.Allows(scope) {
		return sub, problem.InsufficientScope(scope)
	}
	return sub, nil
}

// mayChange keeps a merchant from changing an app's subscription, but for
// pausing it and letting it go on.
func (s *Service) mayChange(caller web.Caller, sub api.Subscription, in api.SubscriptionUpdate) error {
	in.IsActive = api.Change[api.Flag]{}
	if caller.IsApp() || sub.AppID == nil || in == (api.SubscriptionUpdate{}) {
		return nil
	}
	return ofApp(sub, "Only is_active can be changed here, which pauses it.")
}

// ofApp is the refusal to do to an app's subscription what is the app's own
// affair.
func ofApp(sub api.Subscription, instead string) error {
	return problem.Forbidden("Subscription %d belongs to the app %s. %s", sub.SubscriptionID, sub.SourceName, instead)
}

func topicsFor(sub api.Subscription) []string {
	if sub.AppID == nil {
		return api.MerchantTopics
	}
	return api.Topics
}

// change reads a field of an update that has two names. Null is like an empty
// text.
func (c *complaints) change(name string, value api.Change[string], other string, otherValue api.Change[string]) (field, text string, given bool) {
	var one, two string
	value.Into(&one)
	otherValue.Into(&two)
	field, text = c.spelling(name, one, other, two)
	if !value.Given {
		field = other
	}
	return field, text, value.Given || otherValue.Given
}

// remove ends a subscription. What still waits for it is cancelled when its
// time comes.
func remove(tx *db.Tx, caller web.Caller, subscriptionID int64) (out api.Deleted, err error) {
	sub, err := hold(tx, caller, subscriptionID)
	if err != nil {
		return out, err
	}
	if !caller.IsApp() && sub.AppID != nil {
		return out, ofApp(sub, "Set is_active to 0 to pause it, or uninstall the app.")
	}
	return api.Deleted{ID: subscriptionID}, deleteSubscription(tx, subscriptionID)
}

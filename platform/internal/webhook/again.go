package webhook

import (
	"fmt"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/web"
)

// test sends a sample of a subscription's topic: one attempt of a delivery that
// is marked as a test, in its row and in its body, and counts neither as a
// failure nor as a success.
func (s *Service) test(tx *db.Tx, caller web.Caller, subscriptionID int64) (api.Delivery, error) {
	sub, err := mine(tx, caller, subscriptionID)
	if err != nil {
		return api.Delivery{}, err
	}
	if err := ready(tx, sub); err != nil {
		return api.Delivery{}, err
	}
	data, err := s.sample(tx, sub)
	if err != nil {
		return api.Delivery{}, err
	}
	rec, err := event.RecordTest(tx, event.Event{Topic: sub.EventTopic, StoreID: sub.StoreID, AppID: sub.AppID, Data: data})
	if err != nil {
		return api.Delivery{}, err
	}
	return s.begin(tx, func() (int64, error) { return insertTest(tx, rec, sub) })
}

// begin makes a delivery, queues its first attempt and returns it.
func (s *Service) begin(tx *db.Tx, insert func() (int64, error)) (api.Delivery, error) {
	id, err := insert()
	if err != nil {
		return api.Delivery{}, err
	}
	if err := s.start(tx, id); err != nil {
		return api.Delivery{}, err
	}
	return listedByID(tx, id)
}

// Resend repeats a delivery: a new one of the same event, signed anew and
// retried like any.
func (s *Service) Resend(tx *db.Tx, deliveryID int64) (api.Delivery, error) {
	d, err := deliveryByID(tx, deliveryID)
	if db.IsNone(err) {
		err = problem.NotFound("delivery", deliveryID)
	}
	if err != nil {
		return api.Delivery{}, err
	}
	return s.resend(tx, d)
}

func (s *Service) resend(tx *db.Tx, d delivery) (api.Delivery, error) {
	if err := repeatable(tx, d); err != nil {
		return api.Delivery{}, err
	}
	return s.begin(tx, func() (int64, error) { return insertCopy(tx, d.id) })
}

// resendOf is Resend of a delivery that the caller may see.
func (s *Service) resendOf(tx *db.Tx, caller web.Caller, deliveryID int64) (api.Delivery, error) {
	d, err := myDelivery(tx, caller, deliveryID)
	if err != nil {
		return api.Delivery{}, err
	}
	return s.resend(tx, d)
}

// myDelivery returns a delivery that the caller may see: an app those to its
// installation, a user those of their stores.
func myDelivery(tx *db.Tx, caller web.Caller, deliveryID int64) (delivery, error) {
	d, err := deliveryByID(tx, deliveryID)
	if err != nil && !db.IsNone(err) {
		return d, err
	}
	seen := err == nil && caller.CheckStore(d.storeID) == nil && (caller.StoreID == 0 || caller.StoreID == d.storeID)
	if caller.IsApp() {
		seen = err == nil && d.installationID != nil && *d.installationID == caller.InstallationID
	}
	if !seen {
		return d, problem.NotFound("delivery", deliveryID)
	}
	return d, nil
}

// repeatable says why a delivery cannot be sent again, and what to do.
func repeatable(tx *db.Tx, d delivery) error {
	switch {
	case d.topic == api.HookToken || d.farewell:
		installed, err := isInstalled(tx, d.installationID)
		switch {
		case err != nil:
			return err
		case d.farewell && installed:
			return problem.Conflict("The app is installed again and would take this for a new end. Uninstall it to send a farewell.")
		case !d.farewell && !installed:
			return problem.Conflict("The app is not installed any more, so there is no token to hand over. Installing it sends a new one.")
		}
		return nil
	case d.subscriptionID == nil:
		return nil
	}
	sub, err := subscriptionByID(tx, *d.subscriptionID)
	if db.IsNone(err) {
		return problem.Conflict("Subscription %d was deleted. Subscribe to %s again to be told of what happens from then on.", *d.subscriptionID, d.topic)
	}
	if err != nil {
		return err
	}
	sub.EventTopic = d.topic
	return ready(tx, sub)
}

// ready refuses to send to a subscription that is inactive, or whose
// installation has lost the topic's scope.
func ready(tx *db.Tx, sub api.Subscription) error {
	if !sub.IsActive {
		return problem.Conflict("Subscription %d is inactive. Set is_active to 1, then send again.", sub.SubscriptionID)
	}
	wanted, err := isSubscribed(tx, sub.SubscriptionID, sub.EventTopic)
	if err == nil && !wanted {
		err = problem.Conflict("The app has not the scope %s that %s needs. Have the merchant approve it, then send again.",
			api.TopicScope(sub.EventTopic), sub.EventTopic)
	}
	return err
}

// ResendEvent sends an event again to every active subscription to its topic,
// or to the one that is named. One that has never had it has it now.
func (s *Service) ResendEvent(tx *db.Tx, eventID string, subscriptionID int64) (out api.SandboxResent, err error) {
	e, err := event.ByID(tx, eventID)
	if err != nil {
		return out, err
	}
	out = api.SandboxResent{EventID: eventID, Deliveries: []api.Delivery{}}
	ids, err := insertRepeats(tx, e, subscriptionID)
	if err != nil {
		return out, err
	}
	if subscriptionID != 0 && len(ids) == 0 {
		return out, problem.Conflict("Subscription %d is not an active one to %s in store %d. Activate it, or make one.", subscriptionID, e.Topic, e.StoreID)
	}
	for _, id := range ids {
		d, err := listedByID(tx, id)
		if err != nil {
			return out, err
		}
		out.Deliveries = append(out.Deliveries, d)
	}
	return out, s.start(tx, ids...)
}

// family names the tokens that a token hook hands over. One that is sent again
// has a family of its own, so that a token which the app has taken lives on.
func (d delivery) family() string {
	if d.resentFrom == 0 {
		return d.eventID
	}
	return fmt.Sprintf("%s/%d", d.eventID, d.id)
}

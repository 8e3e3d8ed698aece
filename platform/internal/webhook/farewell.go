package webhook

import (
	"slices"

	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
)

// target is where a farewell goes: a subscription, or the app's own URL.
type target struct {
	subscriptionID *int64
	url            string
}

// Farewell addresses an event to an app whose subscriptions are about to go:
// to each of the installation's subscriptions active for the topic, and to
// receiveURL, if there is one, unless it is among them. The deliveries carry
// target and secret themselves. Their first attempts are made one after the
// other, after those of the installation's earlier farewells. It returns how
// many deliveries it made.
func (s *Service) Farewell(tx *db.Tx, rec event.Record, installationID, appID int64, receiveURL string) (int, error) {
	targets, err := farewellTargets(tx, installationID, rec.Topic)
	if err != nil {
		return 0, err
	}
	covered := slices.ContainsFunc(targets, func(t target) bool { return t.url == receiveURL })
	if receiveURL != "" && !covered {
		targets = append(targets, target{url: receiveURL})
	}
	previous, err := lastUnsentFarewell(tx, installationID)
	if err != nil {
		return 0, err
	}
	for _, t := range targets {
		deliveryID, err := s.bid(tx, rec, installationID, appID, t, previous)
		if err != nil {
			return 0, err
		}
		previous = &deliveryID
	}
	return len(targets), nil
}

// bid makes one farewell delivery and, when it need not wait for a previous
// one, queues its first attempt.
func (s *Service) bid(tx *db.Tx, rec event.Record, installationID, appID int64, t target, previous *int64) (int64, error) {
	k, err := s.secretsOf(tx, delivery{subscriptionID: t.subscriptionID, appID: &appID})
	if err != nil {
		return 0, err
	}
	secret := s.Box.Seal(sealDelivery, k.current)
	deliveryID, err := insertAddressed(tx, rec, addressed{
		installationID: installationID, appID: appID, target: t, secret: secret, farewell: true, after: previous,
	})
	if err != nil || previous != nil {
		return deliveryID, err
	}
	return deliveryID, s.start(tx, deliveryID)
}

// releaseNext starts what waited for a farewell's first attempt.
func (s *Service) releaseNext(tx *db.Tx, deliveryID int64) error {
	ids, err := startFollowers(tx, deliveryID)
	if err != nil {
		return err
	}
	return s.start(tx, ids...)
}

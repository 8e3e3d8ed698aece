package webhook

import (
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
)

// Oblige makes the deliveries of an event that no app may leave out, as the
// privacy topics: at once to every active subscription of the store's installed
// apps, and to the webhook_receive_url of those that have none.
func (s *Service) Oblige(tx *db.Tx, rec event.Record) error {
	if _, err := event.ClaimFanOut(tx, rec.Seq); err != nil {
		return err
	}
	ids, err := insertDeliveries(tx, rec.Seq, rec.Topic)
	if err != nil {
		return err
	}
	left, err := unsubscribed(tx, rec.StoreID, rec.Topic)
	if err != nil {
		return err
	}
	for _, to := range left {
		k, err := s.appSecrets(tx, to.appID)
		if err != nil {
			return err
		}
		to.secret = s.Box.Seal(sealDelivery, k.current)
		deliveryID, err := insertAddressed(tx, rec, to)
		if err != nil {
			return err
		}
		ids = append(ids, deliveryID)
	}
	return s.start(tx, ids...)
}

// unsubscribed returns the installed apps of a store with an address but
// without an active subscription for a topic.
func unsubscribed(tx *db.Tx, storeID int64, topic string) ([]addressed, error) {
	return db.All(tx, func(r db.Row) (a addressed, err error) {
		err = r.Scan(&a.installationID, &a.appID, &a.target.url)
		return a, err
	}, `SELECT i.id, i.app_id, a.webhook_receive_url FROM installation i JOIN app a ON a.id = i.app_id
		WHERE i.store_id = $1 AND i.status = 'active' AND a.webhook_receive_url IS NOT NULL AND a.deleted_ms IS NULL
		AND NOT EXISTS (SELECT 1 FROM subscription s WHERE s.installation_id = i.id AND s.topic = $2
			AND s.is_active = 1 AND s.deleted_ms IS NULL)
		ORDER BY i.id`, storeID, topic)
}

package webhook

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/event"
)

func deliveryByID(tx *db.Tx, id int64) (delivery, error) {
	return db.One(tx, scanDelivery, `SELECT `+deliveryColumns+` FROM delivery WHERE id = $1`, id)
}

func insertTest(tx *db.Tx, rec event.Record, sub api.Subscription) (int64, error) {
	return db.One(tx, db.Value[int64], `INSERT INTO delivery (event_id, topic, subscription_id, installation_id, app_id, store_id,
		target_url, farewell, test, status, attempt_count, next_attempt_ms, created_ms, updated_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 1, 'pending', 0, $8, $8, $8) RETURNING id`,
		rec.ID, rec.Topic, sub.SubscriptionID, sub.InstallationID, sub.AppID, sub.StoreID, sub.TargetURL, tx.NowMS())
}

// insertCopy makes a delivery like another one, to where its subscription
// points now.
func insertCopy(tx *db.Tx, deliveryID int64) (int64, error) {
	return db.One(tx, db.Value[int64], `INSERT INTO delivery (event_id, topic, subscription_id, installation_id, app_id, store_id,
		target_url, secret, farewell, test, resent_from, status, attempt_count, next_attempt_ms, created_ms, updated_ms)
		SELECT d.event_id, d.topic, d.subscription_id, d.installation_id, d.app_id, d.store_id,
		CASE WHEN d.farewell = 0 AND s.id IS NOT NULL THEN s.target_url ELSE d.target_url END, d.secret, d.farewell, d.test, d.id,
		'pending', 0, $2, $2, $2 FROM delivery d LEFT JOIN subscription s ON s.id = d.subscription_id WHERE d.id = $1 RETURNING id`,
		deliveryID, tx.NowMS())
}

// insertRepeats makes an event's deliveries anew, to all of its active
// subscriptions or to one.
func insertRepeats(tx *db.Tx, e api.SandboxEvent, subscriptionID int64) ([]int64, error) {
	scope, wider := grants(e.Topic)
	return db.All(tx, db.Value[int64], `INSERT INTO delivery (event_id, topic, subscription_id, installation_id, app_id, store_id,
		target_url, farewell, resent_from, status, attempt_count, next_attempt_ms, created_ms, updated_ms)
		SELECT e.event_id, e.topic, s.id, s.installation_id, s.app_id, s.store_id, s.target_url, 0,
		COALESCE((SELECT MIN(d.id) FROM delivery d WHERE d.event_id = e.event_id AND d.subscription_id = s.id), 0),
		'pending', 0, $4, $4, $4 FROM event e JOIN subscription s ON s.store_id = e.store_id AND s.topic = e.topic
		LEFT JOIN installation i ON i.id = s.installation_id
		WHERE e.seq = $1 AND `+granted+` AND s.is_active = 1 AND s.deleted_ms IS NULL
		AND (e.app_id IS NULL OR s.app_id IS NULL OR s.app_id = e.app_id) AND ($5 = 0 OR s.id = $5)
		ORDER BY s.id ON CONFLICT DO NOTHING RETURNING id`, e.Seq, scope, wider, tx.NowMS(), subscriptionID)
}

package webhook

import (
	"encoding/json"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

const subscriptionQuery = `SELECT s.id, s.app_id, s.installation_id, s.store_id, s.topic, s.target_url, s.is_active, s.failure_count,
	s.deactivated_ms, s.deactivation_reason, s.name, s.permissions, COALESCE(a.name, s.name, ''), s.last_success_ms,
	s.last_failure_ms, s.created_ms FROM subscription s LEFT JOIN app a ON a.id = s.app_id `

func scanSubscription(r db.Row) (s api.Subscription, err error) {
	var success, failure, deactivated *int64
	var created int64
	var permissions *string
	err = r.Scan(&s.SubscriptionID, &s.AppID, &s.InstallationID, &s.StoreID, &s.EventTopic, &s.TargetURL, &s.IsActive,
		&s.FailureCount, &deactivated, &s.DeactivationReason, &s.Name, &permissions, &s.SourceName, &success, &failure, &created)
	s.Topic, s.URL, s.CreatedByType = s.EventTopic, s.TargetURL, "merchant"
	if s.AppID != nil {
		s.CreatedByType = "app"
	}
	if s.IsActive {
		left := maxDeadInARow - s.FailureCount
		s.DeactivatesAfter = &left
	}
	s.DeactivatedAt, s.CreatedAt = api.AtOrNil(deactivated), api.At(created)
	s.LastSuccessAt, s.LastFailureAt = api.AtOrNil(success), api.AtOrNil(failure)
	if err == nil && permissions != nil {
		err = json.Unmarshal([]byte(*permissions), &s.Permissions)
	}
	return s, err
}

func subscriptionByID(tx *db.Tx, id int64) (api.Subscription, error) {
	return db.One(tx, scanSubscription, subscriptionQuery+`WHERE s.id = $1 AND s.deleted_ms IS NULL`, id)
}

func subscriptionsOfStore(tx *db.Tx, storeID int64) ([]api.Subscription, error) {
	return db.All(tx, scanSubscription, subscriptionQuery+`WHERE s.store_id = $1 AND s.deleted_ms IS NULL ORDER BY s.id`, storeID)
}

func subscriptionsOfApp(tx *db.Tx, storeID, appID int64) ([]api.Subscription, error) {
	return db.All(tx, scanSubscription, subscriptionQuery+`WHERE s.store_id = $1 AND s.app_id = $2 AND s.deleted_ms IS NULL
		ORDER BY s.id`, storeID, appID)
}

func subscriptionsOfInstallation(tx *db.Tx, installationID int64) ([]api.Subscription, error) {
	return db.All(tx, scanSubscription, subscriptionQuery+`WHERE s.installation_id = $1 AND s.deleted_ms IS NULL
		ORDER BY s.id`, installationID)
}

// newSubscription is a row about to be written. Without an installation it is
// the merchant's own and has a secret.
type newSubscription struct {
	appID, installationID *int64
	storeID               int64
	topic, url            string
	name                  *string
	permissions           *api.ScopeSet
	secret                []byte // sealed
}

func insertSubscription(tx *db.Tx, n newSubscription) (int64, error) {
	var permissions *string
	if n.permissions != nil {
		text, err := json.Marshal(n.permissions)
		if err != nil {
			return 0, err
		}
		permissions = orNull(string(text))
	}
	return db.One(tx, db.Value[int64], `INSERT INTO subscription (app_id, installation_id, store_id, topic, target_url, name,
		permissions, secret, is_active, failure_count, created_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, 0, $9) RETURNING id`,
		n.appID, n.installationID, n.storeID, n.topic, n.url, n.name, permissions, n.secret, tx.NowMS())
}

// sameSubscription returns another subscription of the same owner to the same
// topic at the same URL; db.ErrNoRows when there is none.
func sameSubscription(tx *db.Tx, n newSubscription, but int64) (int64, error) {
	var where db.Where
	where.And("store_id = ? AND topic = ? AND target_url = ? AND id <> ? AND deleted_ms IS NULL", n.storeID, n.topic, n.url, but)
	if n.installationID != nil {
		where.And("installation_id = ?", *n.installationID)
	} else {
		where.And("app_id IS NULL")
	}
	condition, args := where.SQL()
	return db.One(tx, db.Value[int64], `SELECT id FROM subscription WHERE `+condition+` ORDER BY id LIMIT 1`, args...)
}

// updateSubscription writes what an update may change, and lets deliveries
// that wait follow to the new URL.
func updateSubscription(tx *db.Tx, s api.Subscription) error {
	if _, err := tx.Exec(`UPDATE subscription SET topic = $2, target_url = $3, name = $4 WHERE id = $1`,
		s.SubscriptionID, s.EventTopic, s.TargetURL, s.Name); err != nil {
		return err
	}
	_, err := tx.Exec(`UPDATE delivery SET target_url = $2 WHERE subscription_id = $1 AND farewell = 0 AND target_url <> $2 AND `+open,
		s.SubscriptionID, s.TargetURL)
	return err
}

// setActive lets a subscription go on from a clean slate, or pauses it.
func setActive(tx *db.Tx, id int64, active api.Flag) error {
	if active {
		_, err := tx.Exec(`UPDATE subscription SET is_active = 1, failure_count = 0, deactivated_ms = NULL, deactivation_reason = NULL
			WHERE id = $1`, id)
		return err
	}
	_, err := tx.Exec(`UPDATE subscription SET is_active = 0, deactivated_ms = $2, deactivation_reason = $3
		WHERE id = $1 AND is_active = 1`, id, tx.NowMS(), api.DeactivatedPaused)
	return err
}

func deleteSubscription(tx *db.Tx, id int64) error {
	_, err := tx.Exec(`UPDATE subscription SET deleted_ms = $2 WHERE id = $1`, id, tx.NowMS())
	return err
}

// insertAppSubscription makes a subscription unless the installation has it.
func insertAppSubscription(tx *db.Tx, in AppSubscriptions, topic string) (int64, error) {
	row := newSubscription{appID: &in.AppID, installationID: &in.InstallationID, storeID: in.StoreID, topic: topic, url: in.URL}
	if _, err := sameSubscription(tx, row, 0); !db.IsNone(err) {
		return 0, err
	}
	_, err := insertSubscription(tx, row)
	return 1, err
}

func removeSubscriptions(tx *db.Tx, installationID int64) (int64, error) {
	return tx.Exec(`UPDATE subscription SET deleted_ms = $2 WHERE installation_id = $1 AND deleted_ms IS NULL`,
		installationID, tx.NowMS())
}

func farewellTargets(tx *db.Tx, installationID int64, topic string) ([]target, error) {
	return db.All(tx, func(r db.Row) (t target, err error) {
		err = r.Scan(&t.subscriptionID, &t.url)
		return t, err
	}, `SELECT id, target_url FROM subscription
		WHERE installation_id = $1 AND topic = $2 AND is_active = 1 AND deleted_ms IS NULL ORDER BY id`, installationID, topic)
}

// granted is the condition that the installation i of a subscription s has the
// scope of a topic: its granted scopes hold one of two. A merchant's own
// subscription needs none. It is no LIKE, since SQLite prepares a statement with
// a pattern that is bound anew each time.
const granted = `(s.installation_id IS NULL OR $2 = ''
	OR replace(',' || i.granted_scopes || ',', $2, '') <> ',' || i.granted_scopes || ','
	OR replace(',' || i.granted_scopes || ',', $3, '') <> ',' || i.granted_scopes || ',')`

// grants returns the scope that a topic needs and the one that implies it,
// between commas; "" when it needs none.
func grants(topic string) (scope, wider string) {
	needed := api.TopicScope(topic)
	if needed == "" {
		return "", ""
	}
	return "," + string(needed) + ",", "," + string(needed.Wider()) + ","
}

// isSubscribed reports whether a subscription is active and its installation
// may be told of the topic.
func isSubscribed(tx *db.Tx, subscriptionID int64, topic string) (bool, error) {
	scope, wider := grants(topic)
	n, err := db.One(tx, db.Value[int], `SELECT COUNT(*) FROM subscription s LEFT JOIN installation i ON i.id = s.installation_id
		WHERE s.id = $1 AND s.is_active = 1 AND s.deleted_ms IS NULL AND `+granted, subscriptionID, scope, wider)
	return n > 0, err
}

func countSuccess(tx *db.Tx, subscriptionID int64) error {
	_, err := tx.Exec(`UPDATE subscription SET failure_count = 0, last_success_ms = $2
		WHERE id = $1 AND deleted_ms IS NULL`, subscriptionID, tx.NowMS())
	return err
}

// countFailure notes a failed attempt. A dead delivery counts towards the
// deactivation, and a receiver that is gone deactivates at once.
func countFailure(tx *db.Tx, subscriptionID int64, dead, gone bool) error {
	if _, err := tx.Exec(`UPDATE subscription SET failure_count = failure_count + $3, last_failure_ms = $2
		WHERE id = $1 AND deleted_ms IS NULL`, subscriptionID, tx.NowMS(), bit(dead)); err != nil || !dead {
		return err
	}
	reason := api.DeactivatedDead
	if gone {
		reason = api.DeactivatedGone
	}
	_, err := tx.Exec(`UPDATE subscription SET is_active = 0, deactivated_ms = $2, deactivation_reason = $3
		WHERE id = $1 AND deleted_ms IS NULL AND is_active = 1 AND ($4 = 1 OR failure_count >= $5)`,
		subscriptionID, tx.NowMS(), reason, bit(gone), maxDeadInARow)
	return err
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

package webhook

import "github.com/selorax/sandbox/platform/internal/db"

// insertAppSubscription makes a subscription unless the installation has it.
func insertAppSubscription(tx *db.Tx, in AppSubscriptions, topic string) (int64, error) {
	has, err := db.One(tx, db.Value[int], `SELECT COUNT(*) FROM subscription
		WHERE installation_id = $1 AND topic = $2 AND target_url = $3 AND deleted_ms IS NULL`, in.InstallationID, topic, in.URL)
	if err != nil || has > 0 {
		return 0, err
	}
	return tx.Exec(`INSERT INTO subscription (app_id, installation_id, store_id, topic, target_url, is_active, failure_count, created_ms)
		VALUES ($1, $2, $3, $4, $5, 1, 0, $6)`, in.AppID, in.InstallationID, in.StoreID, topic, in.URL, tx.NowMS())
}

func removeSubscriptions(tx *db.Tx, installationID int64) (int64, error) {
	return tx.Exec(`UPDATE subscription SET deleted_ms = $2 WHERE installation_id = $1 AND deleted_ms IS NULL`,
		installationID, tx.NowMS())
}

func farewellTargets(tx *db.Tx, installationID int64, topic string) ([]target, error) {
	return db.All(tx, func(r db.Row) (t target, err error) {
		err = r.Scan(&t.subscriptionID, &t.url, &t.secret)
		return t, err
	}, `SELECT id, target_url, secret FROM subscription
		WHERE installation_id = $1 AND topic = $2 AND is_active = 1 AND deleted_ms IS NULL ORDER BY id`, installationID, topic)
}

func isSubscribed(tx *db.Tx, subscriptionID int64) (bool, error) {
	n, err := db.One(tx, db.Value[int], `SELECT COUNT(*) FROM subscription
		WHERE id = $1 AND is_active = 1 AND deleted_ms IS NULL`, subscriptionID)
	return n > 0, err
}

func subscriptionSecret(tx *db.Tx, subscriptionID *int64) ([]byte, error) {
	return db.One(tx, db.Value[[]byte], `SELECT secret FROM subscription WHERE id = $1`, subscriptionID)
}

func countSuccess(tx *db.Tx, subscriptionID int64) error {
	_, err := tx.Exec(`UPDATE subscription SET failure_count = 0, last_success_ms = $2
		WHERE id = $1 AND deleted_ms IS NULL`, subscriptionID, tx.NowMS())
	return err
}

// countFailure notes a failed attempt. A dead delivery counts towards the
// deactivation, and a receiver that is gone deactivates at once.
func countFailure(tx *db.Tx, subscriptionID int64, dead, gone bool) error {
	_, err := tx.Exec(`UPDATE subscription SET failure_count = failure_count + $3, last_failure_ms = $2,
		is_active = CASE WHEN $4 = 1 OR failure_count + $3 >= $5 THEN 0 ELSE is_active END
		WHERE id = $1 AND deleted_ms IS NULL`, subscriptionID, tx.NowMS(), bit(dead), bit(gone), maxDeadInARow)
	return err
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

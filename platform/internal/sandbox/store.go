package sandbox

import (
	"errors"

	"github.com/selorax/sandbox/platform/internal/db"
)

var errForeignCredentials = errors.New("the credentials file does not belong to this database; " +
	"restore it, or start with an empty data directory")

// Empty reports whether the database has no store yet.
func Empty(tx *db.Tx) (bool, error) {
	n, err := db.One(tx, db.Value[int], `SELECT COUNT(*) FROM store`)
	return n == 0, err
}

type knownApp struct {
	id         int64
	clientID   string
	receiveURL *string
}

func findApp(tx *db.Tx, slug string) (knownApp, error) {
	return db.One(tx, func(r db.Row) (a knownApp, err error) {
		err = r.Scan(&a.id, &a.clientID, &a.receiveURL)
		return a, err
	}, `SELECT id, client_id, webhook_receive_url FROM app WHERE slug = $1 AND deleted_ms IS NULL`, slug)
}

// retarget moves what would still be sent to an app's old address.
func retarget(tx *db.Tx, a knownApp, receiveURL string) error {
	_, err := tx.Exec(`UPDATE subscription SET target_url = $3
		WHERE app_id = $1 AND target_url = $2 AND target_url <> $3 AND deleted_ms IS NULL`, a.id, a.receiveURL, receiveURL)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`UPDATE delivery SET target_url = $3
		WHERE app_id = $1 AND target_url = $2 AND target_url <> $3 AND status IN ('pending', 'retrying')`, a.id, a.receiveURL, receiveURL)
	return err
}

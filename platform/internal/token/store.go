package token

import (
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

func insertAccess(tx *db.Tx, hash string, g Grant, expiresMS int64) error {
	_, err := tx.Exec(`INSERT INTO access_token (hash, installation_id, family, scopes, created_ms, expires_ms)
		VALUES ($1, $2, $3, $4, $5, $6)`, hash, g.InstallationID, g.Family, g.Scopes.String(), tx.NowMS(), expiresMS)
	return err
}

func grantedScopes(tx *db.Tx, installationID int64) (api.ScopeSet, error) {
	text, err := db.One(tx, db.Value[string], `SELECT granted_scopes FROM installation WHERE id = $1 AND status = 'active'`, installationID)
	scopes, _ := api.ParseScopes(text)
	return scopes, err
}

func insertRefresh(tx *db.Tx, hash string, g Grant, expiresMS int64) error {
	_, err := tx.Exec(`INSERT INTO refresh_token (hash, installation_id, family, scopes, created_ms, expires_ms)
		VALUES ($1, $2, $3, $4, $5, $6)`, hash, g.InstallationID, g.Family, g.Scopes.String(), tx.NowMS(), expiresMS)
	return err
}

type refresh struct {
	Grant
	appID   int64
	expires time.Time
	used    *time.Time
	revoked bool
	// installed is whether the installation is active.
	installed bool
}

func refreshRow(tx *db.Tx, hash string) (refresh, error) {
	return db.One(tx, func(r db.Row) (row refresh, err error) {
		var scopes string
		var expires int64
		var used, revoked *int64
		err = r.Scan(&row.InstallationID, &row.Family, &scopes, &row.appID, &row.installed, &expires, &used, &revoked)
		row.Scopes, _ = api.ParseScopes(scopes)
		row.expires, row.used, row.revoked = time.UnixMilli(expires), instant(used), revoked != nil
		return row, err
	}, `SELECT t.installation_id, t.family, t.scopes, i.app_id, i.status = 'active',
		t.expires_ms, t.used_ms, t.revoked_ms FROM refresh_token t JOIN installation i ON i.id = t.installation_id WHERE t.hash = $1`, hash)
}

// markUsed notes the first use only: the grace runs from it.
func markUsed(tx *db.Tx, hash string, nowMS int64) error {
	_, err := tx.Exec(`UPDATE refresh_token SET used_ms = $2 WHERE hash = $1 AND used_ms IS NULL`, hash, nowMS)
	return err
}

func revoke(tx *db.Tx, column string, value any) (int, error) {
	access, err := tx.Exec(`UPDATE access_token SET revoked_ms = $2 WHERE `+column+` = $1 AND revoked_ms IS NULL`, value, tx.NowMS())
	if err != nil {
		return 0, err
	}
	refresh, err := tx.Exec(`UPDATE refresh_token SET revoked_ms = $2 WHERE `+column+` = $1 AND revoked_ms IS NULL`, value, tx.NowMS())
	return int(access + refresh), err
}

func familyOf(tx *db.Tx, hash string, appID int64) (string, error) {
	return db.One(tx, db.Value[string], `SELECT t.family FROM (
		SELECT hash, family, installation_id FROM access_token UNION ALL
		SELECT hash, family, installation_id FROM refresh_token) t
		JOIN installation i ON i.id = t.installation_id WHERE t.hash = $1 AND i.app_id = $2`, hash, appID)
}

func instant(ms *int64) *time.Time {
	if ms == nil {
		return nil
	}
	t := time.UnixMilli(*ms)
	return &t
}

// AgeRefresh takes time off the life that refresh tokens have left, as if a
// move of the business clock counted for them.
func AgeRefresh(tx *db.Tx, by time.Duration) error {
	_, err := tx.Exec(`UPDATE refresh_token SET expires_ms = expires_ms - $1`, by.Milliseconds())
	return err
}

package extension

import (
	"encoding/json"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

const columns = `v.version, v.message, v.extensions, v.is_active, v.deployed_ms`

func scanInto(r db.Row, more ...any) (v api.ExtensionVersion, err error) {
	var set string
	var deployed int64
	if err = r.Scan(append([]any{&v.Version, &v.Message, &set, &v.Active, &deployed}, more...)...); err != nil {
		return v, err
	}
	v.DeployedAt = api.At(deployed)
	return v, json.Unmarshal([]byte(set), &v.Extensions)
}

func scan(r db.Row) (api.ExtensionVersion, error) { return scanInto(r) }

func versionOf(tx *db.Tx, appID int64, version int) (api.ExtensionVersion, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM extension_version v WHERE v.app_id = $1 AND v.version = $2`, appID, version)
}

func active(tx *db.Tx, appID int64) (api.ExtensionVersion, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM extension_version v WHERE v.app_id = $1 AND v.is_active = 1`, appID)
}

func versions(tx *db.Tx, appID int64) ([]api.ExtensionVersion, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM extension_version v WHERE v.app_id = $1 ORDER BY v.version`, appID)
}

func insertVersion(tx *db.Tx, appID int64, message, set string) (int, error) {
	return db.One(tx, db.Value[int], `INSERT INTO extension_version (app_id, version, message, extensions, is_active, deployed_ms)
		SELECT $1, COALESCE(MAX(version), 0) + 1, $2, $3, 0, $4 FROM extension_version WHERE app_id = $1 RETURNING version`,
		appID, message, set, tx.NowMS())
}

func activeEqual(tx *db.Tx, appID int64, message, set string) (int, error) {
	return db.One(tx, db.Value[int], `SELECT version FROM extension_version
		WHERE app_id = $1 AND is_active = 1 AND message = $2 AND extensions = $3`, appID, message, set)
}

func setActive(tx *db.Tx, appID int64, version int) error {
	if _, err := tx.Exec(`UPDATE extension_version SET is_active = 0 WHERE app_id = $1 AND is_active = 1`, appID); err != nil {
		return err
	}
	_, err := tx.Exec(`UPDATE extension_version SET is_active = 1 WHERE app_id = $1 AND version = $2`, appID, version)
	return err
}

func countInstallations(tx *db.Tx, appID int64) (int, error) {
	return db.One(tx, db.Value[int], `SELECT COUNT(*) FROM installation WHERE app_id = $1 AND status = 'active'`, appID)
}

// set is the active set of an app on a store.
type set struct {
	api.ExtensionVersion
	appID, installationID int64
}

func setsOfStore(tx *db.Tx, storeID int64) ([]set, error) {
	return db.All(tx, func(r db.Row) (s set, err error) {
		s.ExtensionVersion, err = scanInto(r, &s.appID, &s.installationID)
		return s, err
	}, `SELECT `+columns+`, i.app_id, i.id FROM installation i
		JOIN app a ON a.id = i.app_id AND a.deleted_ms IS NULL AND a.is_active = 1
		JOIN extension_version v ON v.app_id = i.app_id AND v.is_active = 1
		WHERE i.store_id = $1 AND i.status = 'active' ORDER BY i.app_id`, storeID)
}

// storedSettings are what a store has set for an extension, nil if nothing.
func storedSettings(tx *db.Tx, installationID int64, extensionID string) (json.RawMessage, error) {
	text, err := db.One(tx, db.Value[string], `SELECT settings FROM extension_setting WHERE installation_id = $1 AND extension_id = $2`,
		installationID, extensionID)
	if db.IsNone(err) {
		return nil, nil
	}
	return json.RawMessage(text), err
}

func storeSettings(tx *db.Tx, installationID int64, extensionID string, settings json.RawMessage) error {
	_, err := tx.Exec(`INSERT INTO extension_setting (installation_id, extension_id, settings, updated_ms) VALUES ($1, $2, $3, $4)
		ON CONFLICT (installation_id, extension_id) DO UPDATE SET settings = excluded.settings, updated_ms = excluded.updated_ms`,
		installationID, extensionID, string(settings), tx.NowMS())
	return err
}

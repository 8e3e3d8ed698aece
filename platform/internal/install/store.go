package install

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

const columns = `id, app_id, store_id, status, granted_scopes, installed_by, installed_ms, uninstalled_ms, reinstalled_ms, updated_ms`

func scan(r db.Row) (i api.Installation, err error) {
	var scopes string
	var installed, updated int64
	var uninstalled, reinstalled *int64
	err = r.Scan(&i.InstallationID, &i.AppID, &i.StoreID, &i.Status, &scopes, &i.InstalledBy, &installed, &uninstalled, &reinstalled, &updated)
	i.GrantedScopes, _ = api.ParseScopes(scopes)
	i.InstalledAt, i.UpdatedAt = api.At(installed), api.At(updated)
	i.UninstalledAt, i.ReinstalledAt = api.AtOrNil(uninstalled), api.AtOrNil(reinstalled)
	return i, err
}

func byID(tx *db.Tx, id int64) (api.Installation, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM installation WHERE id = $1`, id)
}

func byAppAndStore(tx *db.Tx, appID, storeID int64) (api.Installation, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM installation WHERE app_id = $1 AND store_id = $2`, appID, storeID)
}

func activeOfStore(tx *db.Tx, storeID int64) ([]api.Installation, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM installation WHERE store_id = $1 AND status = 'active' ORDER BY id`, storeID)
}

func insert(tx *db.Tx, appID, storeID, accountID int64, scopes api.ScopeSet) (api.Installation, error) {
	return db.One(tx, scan, `INSERT INTO installation (app_id, store_id, status, granted_scopes, installed_by, installed_ms, updated_ms)
		VALUES ($1, $2, 'active', $3, $4, $5, $5) RETURNING `+columns, appID, storeID, scopes.String(), accountID, tx.NowMS())
}

// reactivate brings an uninstalled installation back.
func reactivate(tx *db.Tx, id, accountID int64, scopes api.ScopeSet) (api.Installation, error) {
	return db.One(tx, scan, `UPDATE installation SET status = 'active', granted_scopes = $2, installed_by = $3,
		uninstalled_ms = NULL, redact_due_ms = NULL, reinstalled_ms = $4, updated_ms = $4, generation = generation + 1
		WHERE id = $1 AND status = 'uninstalled' RETURNING `+columns,
		id, scopes.String(), accountID, tx.NowMS())
}

func generation(tx *db.Tx, id int64) (int64, error) {
	return db.One(tx, db.Value[int64], `SELECT generation FROM installation WHERE id = $1`, id)
}

// grant changes nothing when the installation is not active.
func grant(tx *db.Tx, c Consent, condition string) error {
	_, err := tx.Exec(`UPDATE installation SET granted_scopes = $4, consent_ms = $3, updated_ms = $5
		WHERE app_id = $1 AND store_id = $2 AND status = 'active' AND `+condition,
		c.AppID, c.StoreID, c.At.UnixMilli(), c.Scopes.String(), tx.NowMS())
	return err
}

// markUninstalled returns db.ErrNoRows when the installation is not active.
func markUninstalled(tx *db.Tx, id int64) (api.Installation, error) {
	return db.One(tx, scan, `UPDATE installation SET status = 'uninstalled', uninstalled_ms = $2, updated_ms = $2
		WHERE id = $1 AND status = 'active' RETURNING `+columns, id, tx.NowMS())
}

func setRedaction(tx *db.Tx, id, dueMS int64) error {
	_, err := tx.Exec(`UPDATE installation SET redact_due_ms = $2 WHERE id = $1`, id, dueMS)
	return err
}

// takeRedaction returns an installation whose redaction is due and marks it as
// sent; db.ErrNoRows when none is owed.
func takeRedaction(tx *db.Tx, id int64) (api.Installation, error) {
	return db.One(tx, scan, `UPDATE installation SET redact_due_ms = NULL WHERE id = $1 AND redact_due_ms <= $2 RETURNING `+columns, id, tx.NowMS())
}

func redactionsDue(tx *db.Tx) ([]int64, error) {
	return db.All(tx, db.Value[int64], `SELECT id FROM installation WHERE redact_due_ms <= $1 ORDER BY redact_due_ms, id`, tx.NowMS())
}

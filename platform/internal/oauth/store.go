package oauth

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

// request is an authorization request that waits for the merchant.
type request struct {
	ID            string
	AppID         int64
	StoreID       int64
	RedirectURI   string
	Scopes        api.ScopeSet
	State         string
	CodeChallenge *string
	ExpiresMS     int64  // machine time
	DecidedMS     *int64 // machine time
}

func insertRequest(tx *db.Tx, r request) error {
	_, err := tx.Exec(`INSERT INTO authorization_request (id, app_id, store_id, redirect_uri, scopes, state, code_challenge, expires_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		r.ID, r.AppID, r.StoreID, r.RedirectURI, r.Scopes.String(), r.State, r.CodeChallenge, r.ExpiresMS)
	return err
}

// dropRequests deletes the requests that expired before an instant of machine
// time. Anyone may make requests, so they must not pile up.
func dropRequests(tx *db.Tx, beforeMS int64) error {
	_, err := tx.Exec(`DELETE FROM authorization_request WHERE expires_ms < $1`, beforeMS)
	return err
}

func requestByID(tx *db.Tx, id string) (request, error) {
	return db.One(tx, func(row db.Row) (r request, err error) {
		var scopes string
		err = row.Scan(&r.ID, &r.AppID, &r.StoreID, &r.RedirectURI, &scopes, &r.State, &r.CodeChallenge, &r.ExpiresMS, &r.DecidedMS)
		r.Scopes, _ = api.ParseScopes(scopes)
		return r, err
	}, `SELECT id, app_id, store_id, redirect_uri, scopes, state, code_challenge, expires_ms, decided_ms
		FROM authorization_request WHERE id = $1`, id)
}

// decideRequest marks a request as decided; false when it was before.
func decideRequest(tx *db.Tx, id string, nowMS int64) (bool, error) {
	changed, err := tx.Exec(`UPDATE authorization_request SET decided_ms = $2 WHERE id = $1 AND decided_ms IS NULL`, id, nowMS)
	return changed == 1, err
}

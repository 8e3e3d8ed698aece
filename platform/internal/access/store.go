package access

import (
	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

// grant is what credentials stand for, read at once: every call of an app
// begins with it.
type grant struct {
	installationID, appID, storeID int64
	installation                   string // its status; "" when there is none
	appName                        string
	appActive                      bool
	scopes                         api.ScopeSet // in force
	secretHash                     string       // of client credentials
	expiresMS                      int64        // of a token; 0: never
}

// ofToken returns what an access token stands for that is neither expired nor
// revoked.
func ofToken(tx *db.Tx, hash string) (grant, error) {
	return db.One(tx, func(r db.Row) (g grant, err error) {
		var granted, issued string
		err = r.Scan(&g.installationID, &g.appID, &g.storeID, &g.installation, &granted, &g.appName, &g.appActive, &issued, &g.expiresMS)
		g.scopes = parse(issued).Within(parse(granted))
		return g, err
	}, `SELECT i.id, i.app_id, i.store_id, i.status, i.granted_scopes, a.name, a.is_active = 1 AND a.deleted_ms IS NULL, t.scopes, t.expires_ms
		FROM access_token t JOIN installation i ON i.id = t.installation_id JOIN app a ON a.id = i.app_id
		WHERE t.hash = $1 AND t.revoked_ms IS NULL AND t.expires_ms > $2`, hash, tx.NowMS())
}

// ofClient returns what a client stands for on a store, with or without an
// installation there.
func ofClient(tx *db.Tx, clientID string, storeID int64) (grant, error) {
	return db.One(tx, func(r db.Row) (g grant, err error) {
		var granted string
		err = r.Scan(&g.appID, &g.appName, &g.appActive, &g.secretHash, &g.installationID, &g.installation, &granted)
		g.storeID, g.scopes = storeID, parse(granted)
		return g, err
	}, `SELECT a.id, a.name, a.is_active = 1 AND a.deleted_ms IS NULL, a.client_secret_hash,
		COALESCE(i.id, 0), COALESCE(i.status, ''), COALESCE(i.granted_scopes, '')
		FROM app a LEFT JOIN installation i ON i.app_id = a.id AND i.store_id = $2 WHERE a.client_id = $1`, clientID, storeID)
}

func parse(scopes string) api.ScopeSet {
	set, _ := api.ParseScopes(scopes) // they were parsed before they were stored
	return set
}

package token

import (
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
)

// keepExpired is how long a row outlives its expiry. A code stays as long as
// the access token it gave, so that its second use is noticed until then.
const keepExpired = AccessLife

// sweepCodes deletes codes that nobody can use any more. Whoever makes a new
// one sweeps, so that they do not pile up.
func sweepCodes(tx *db.Tx) error {
	_, err := tx.Exec(`DELETE FROM authorization_code WHERE expires_ms < $1`, clock.Machine().Add(-keepExpired).UnixMilli())
	return err
}

// sweepTokens deletes tokens that expired a while ago, each kind by its own
// clock. An unknown token is answered as an expired one is.
func sweepTokens(tx *db.Tx) error {
	if _, err := tx.Exec(`DELETE FROM access_token WHERE expires_ms < $1`, tx.Now.Add(-keepExpired).UnixMilli()); err != nil {
		return err
	}
	_, err := tx.Exec(`DELETE FROM refresh_token WHERE expires_ms < $1`, clock.Machine().Add(-keepExpired).UnixMilli())
	return err
}

package token

import (
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/secret"
)

// CustomLife is how long the access token of a custom app lives.
const CustomLife = 365 * 24 * time.Hour

// IssueCustom makes the access token of a custom app, which has no refresh
// token, and returns it with its end in business time.
func IssueCustom(tx *db.Tx, g Grant) (text string, expires time.Time, err error) {
	if err := sweepTokens(tx); err != nil {
		return "", expires, err
	}
	text, expires = secret.New(api.PrefixAccessToken), tx.Now.Add(CustomLife)
	return text, expires, insertAccess(tx, secret.Hash(text), g, expires.UnixMilli())
}

// Expiry returns when the latest live access token of an installation ends, or
// nil when it has none.
func Expiry(tx *db.Tx, installationID int64) (*int64, error) {
	return db.One(tx, db.Value[*int64], `SELECT MAX(expires_ms) FROM access_token
		WHERE installation_id = $1 AND revoked_ms IS NULL AND expires_ms > $2`, installationID, tx.NowMS())
}

package install

import (
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
)

// Consent is a merchant's agreement to the scopes of an app.
type Consent struct {
	AppID   int64
	StoreID int64
	Scopes  api.ScopeSet
	At      time.Time // machine time
}

// Regrant gives an active installation the scopes of a consent, unless it has
// those of a later one. Scopes that are gone end at once for tokens that exist.
func Regrant(tx *db.Tx, c Consent) error {
	return grant(tx, c.AppID, c.StoreID, c.At.UnixMilli(), c.Scopes)
}

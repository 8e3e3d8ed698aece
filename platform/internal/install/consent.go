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

// Regrant gives an active installation the scopes of a consent given now.
// Scopes that are gone end at once for tokens that exist.
func Regrant(tx *db.Tx, c Consent) error {
	return grant(tx, c, "TRUE")
}

// RegrantUnlessNewer is Regrant for a consent that is used only now: it changes
// nothing when a later one has been given meanwhile.
func RegrantUnlessNewer(tx *db.Tx, c Consent) error {
	return grant(tx, c, "consent_ms <= $3")
}

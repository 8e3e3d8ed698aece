package token

import (
	"errors"
	"strconv"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/id"
	"github.com/selorax/sandbox/platform/internal/secret"
)

// Lifetimes.
const (
	CodeLife     = time.Minute
	AccessLife   = 24 * time.Hour
	RefreshLife  = 30 * 24 * time.Hour
	RefreshGrace = time.Minute
)

// Grant is what a family of tokens stands for.
type Grant struct {
	InstallationID int64
	Family         string
	Scopes         api.ScopeSet
}

// Pair is a new access token with its refresh token, in plain text.
type Pair struct {
	Access    string
	Refresh   string
	ExpiresAt time.Time // of the access token, business time
}

// NewFamily names a new family.
func NewFamily() string { return id.UUID() }

// Issue makes a pair; db.ErrNoRows unless the installation is active.
func Issue(tx *db.Tx, g Grant) (Pair, error) {
	if err := tx.Exclusive(issuing(g.InstallationID)); err != nil {
		return Pair{}, err
	}
	if _, err := grantedScopes(tx, g.InstallationID); err != nil {
		return Pair{}, err
	}
	if err := sweepTokens(tx); err != nil {
		return Pair{}, err
	}
	p := Pair{
		Access:    secret.New(api.PrefixAccessToken),
		Refresh:   secret.New(api.PrefixRefreshToken),
		ExpiresAt: tx.Now.Add(AccessLife),
	}
	if err := insertAccess(tx, secret.Hash(p.Access), g, p.ExpiresAt.UnixMilli()); err != nil {
		return p, err
	}
	return p, insertRefresh(tx, secret.Hash(p.Refresh), g, clock.Machine().Add(RefreshLife).UnixMilli())
}

// IssueAccess makes an access token of a family, without a refresh token, with
// the scopes that the merchant grants; db.ErrNoRows unless the installation is
// active.
func IssueAccess(tx *db.Tx, installationID int64, family string) (string, error) {
	if err := tx.Exclusive(issuing(installationID)); err != nil {
		return "", err
	}
	scopes, err := grantedScopes(tx, installationID)
	if err != nil {
		return "", err
	}
	text := secret.New(api.PrefixAccessToken)
	g := Grant{InstallationID: installationID, Family: family, Scopes: scopes}
	return text, insertAccess(tx, secret.Hash(text), g, tx.Now.Add(AccessLife).UnixMilli())
}

// Refusals of Rotate.
var (
	ErrUnknown = errors.New("the refresh token is unknown, expired or revoked")
	ErrReused  = errors.New("the refresh token was replaced more than 60 s ago: its whole family is revoked")
	// ErrUninstalled is told apart because it answers 401, as every other
	// credential of an uninstalled app does.
	ErrUninstalled = errors.New("the app is not installed for this store any more")
)

// Rotate exchanges a refresh token of an app for a new pair of its family. A
// refusal is returned as such while the transaction goes on, because it may
// have revoked the family: the caller commits and then answers.
func Rotate(tx *db.Tx, refreshToken string, appID int64) (p Pair, g Grant, refusal, err error) {
	r, err := heldRow(tx, secret.Hash(refreshToken))
	if errors.Is(err, db.ErrNoRows) {
		return p, g, ErrUnknown, nil
	}
	if err != nil {
		return p, g, nil, err
	}
	now := clock.Machine()
	switch {
	case r.appID != appID:
		return p, g, ErrReused, RevokeFamily(tx, r.Family)
	case !r.installed:
		return p, g, ErrUninstalled, nil
	case r.revoked || !now.Before(r.expires):
		return p, g, ErrUnknown, nil
	case r.used != nil && now.Sub(*r.used) > RefreshGrace:
		return p, g, ErrReused, RevokeFamily(tx, r.Family)
	}
	if err := markUsed(tx, secret.Hash(refreshToken), now.UnixMilli()); err != nil {
		return p, g, nil, err
	}
	p, err = Issue(tx, r.Grant)
	return p, r.Grant, nil, err
}

// heldRow returns a refresh token as it stands once no other transaction gives
// tokens to its installation, or ends them.
func heldRow(tx *db.Tx, hash string) (refresh, error) {
	r, err := refreshRow(tx, hash)
	if err != nil {
		return r, err
	}
	if err := tx.Exclusive(issuing(r.InstallationID)); err != nil {
		return r, err
	}
	return refreshRow(tx, hash)
}

// RevokeFamily ends every token of a family.
func RevokeFamily(tx *db.Tx, family string) error {
	_, err := revoke(tx, "family", family)
	return err
}

// RevokeInstallation ends every token of an installation and returns how many
// were alive. Until the transaction ends whoever gives it tokens waits.
func RevokeInstallation(tx *db.Tx, installationID int64) (int, error) {
	if err := tx.Exclusive(issuing(installationID)); err != nil {
		return 0, err
	}
	return revoke(tx, "installation_id", installationID)
}

// issuing is held by whoever gives tokens to an installation, or ends them all.
func issuing(installationID int64) string {
	return "tokens of installation " + strconv.FormatInt(installationID, 10)
}

// Revoke ends the family of a token, of either kind, if it belongs to the app.
// Unknown tokens are no error (RFC 7009).
func Revoke(tx *db.Tx, token string, appID int64) error {
	family, err := familyOf(tx, secret.Hash(token), appID)
	if errors.Is(err, db.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return RevokeFamily(tx, family)
}

package token

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/clock"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/secret"
)

// Code is what an authorization code stands for.
type Code struct {
	AppID         int64
	StoreID       int64
	AccountID     int64 // who consented
	RedirectURI   string
	Scopes        api.ScopeSet
	CodeChallenge *string // PKCE S256
	// ConsentedAt is when the code was made, in machine time. Redeem sets it.
	ConsentedAt time.Time
}

// NewCode makes a code.
func NewCode(tx *db.Tx, c Code) (string, error) {
	if err := sweepCodes(tx); err != nil {
		return "", err
	}
	text := secret.New(api.PrefixAuthCode)
	return text, insertCode(tx, secret.Hash(text), c, clock.Machine().Add(CodeLife).UnixMilli())
}

// Redemption is how an app presents a code.
type Redemption struct {
	Code         string
	AppID        int64
	RedirectURI  string
	CodeVerifier string
}

// Refusals of Redeem.
var (
	ErrCode        = errors.New("the code is unknown, expired or revoked")
	ErrCodeUsed    = errors.New("the code was used before: what its first use gave is revoked")
	ErrRedirectURI = errors.New("the redirect_uri is not the one the code was issued to")
	ErrVerifier    = errors.New("the code_verifier does not match the code_challenge of the authorization request")
)

// Redeem uses a code up and returns what it stands for with the family its
// tokens will form. As with Rotate, a refusal leaves the transaction to be
// committed. A code presented with the wrong redirect or verifier is used up
// too: whoever holds it may be guessing.
func Redeem(tx *db.Tx, in Redemption) (c Code, family string, refusal, err error) {
	hash := secret.Hash(in.Code)
	row, err := codeRow(tx, hash)
	if errors.Is(err, db.ErrNoRows) {
		return c, "", ErrCode, nil
	}
	if err != nil {
		return c, "", nil, err
	}
	now := clock.Machine().UnixMilli()
	switch {
	case row.AppID != in.AppID:
		return c, "", ErrCode, nil
	case row.usedMS != nil:
		return c, "", ErrCodeUsed, revokeUsed(tx, row)
	case row.revoked || now >= row.expiresMS:
		return c, "", ErrCode, nil
	}
	family = NewFamily()
	if err := useCode(tx, hash, now, family); err != nil {
		return c, "", nil, err
	}
	return row.Code, family, mismatch(row.Code, in), nil
}

func revokeUsed(tx *db.Tx, row storedCode) error {
	if row.family == nil {
		return nil
	}
	return RevokeFamily(tx, *row.family)
}

// mismatch checks what the code is bound to.
func mismatch(c Code, in Redemption) error {
	if c.RedirectURI != in.RedirectURI {
		return ErrRedirectURI
	}
	if c.CodeChallenge == nil {
		if in.CodeVerifier != "" {
			return ErrVerifier
		}
		return nil
	}
	sum := sha256.Sum256([]byte(in.CodeVerifier))
	sent := base64.RawURLEncoding.EncodeToString(sum[:])
	if subtle.ConstantTimeCompare([]byte(sent), []byte(*c.CodeChallenge)) != 1 {
		return ErrVerifier
	}
	return nil
}

// RevokeCodes ends the open codes of an app on a store.
func RevokeCodes(tx *db.Tx, appID, storeID int64) error {
	_, err := tx.Exec(`UPDATE authorization_code SET revoked_ms = $3
		WHERE app_id = $1 AND store_id = $2 AND used_ms IS NULL AND revoked_ms IS NULL`, appID, storeID, tx.NowMS())
	return err
}

type storedCode struct {
	Code
	expiresMS int64
	usedMS    *int64
	revoked   bool
	family    *string
}

func codeRow(tx *db.Tx, hash string) (storedCode, error) {
	return db.One(tx, func(r db.Row) (c storedCode, err error) {
		var scopes string
		var revoked *int64
		err = r.Scan(&c.AppID, &c.StoreID, &c.AccountID, &c.RedirectURI, &scopes, &c.CodeChallenge, &c.expiresMS, &c.usedMS, &revoked, &c.family)
		c.Scopes, _ = api.ParseScopes(scopes)
		c.revoked = revoked != nil
		c.ConsentedAt = time.UnixMilli(c.expiresMS).Add(-CodeLife)
		return c, err
	}, `SELECT app_id, store_id, account_id, redirect_uri, scopes, code_challenge, expires_ms, used_ms, revoked_ms, family
		FROM authorization_code WHERE hash = $1`, hash)
}

func insertCode(tx *db.Tx, hash string, c Code, expiresMS int64) error {
	_, err := tx.Exec(`INSERT INTO authorization_code (hash, app_id, store_id, account_id, redirect_uri, scopes, code_challenge, expires_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, hash, c.AppID, c.StoreID, c.AccountID, c.RedirectURI, c.Scopes.String(), c.CodeChallenge, expiresMS)
	return err
}

func useCode(tx *db.Tx, hash string, nowMS int64, family string) error {
	changed, err := tx.Exec(`UPDATE authorization_code SET used_ms = $2, family = $3 WHERE hash = $1 AND used_ms IS NULL`, hash, nowMS, family)
	if err == nil && changed == 0 {
		return errors.New("two transactions used one code")
	}
	return err
}

package restock

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"strconv"
)

// Vault seals tokens at rest with AES-256-GCM. Its key is derived (HKDF) from
// the client secret, so a copy of the database alone opens no store. After that
// was rotated the vault still opens what the one before has sealed; Reseal then
// makes the one before superfluous.
type Vault struct {
	current  cipher.AEAD
	previous []cipher.AEAD
}

// errSealed says that tokens were sealed under a client secret that the app does
// not have any more.
var errSealed = errors.New("the stored tokens cannot be opened: the client secret has changed since")

// NewVault makes the vault of a client secret, which also opens what those
// before it have sealed.
func NewVault(clientSecret string, before ...string) (*Vault, error) {
	current, err := aeadOf(clientSecret)
	if err != nil {
		return nil, err
	}
	v := &Vault{current: current}
	for _, secret := range before {
		aead, err := aeadOf(secret)
		if err != nil {
			return nil, err
		}
		v.previous = append(v.previous, aead)
	}
	return v, nil
}

func aeadOf(clientSecret string) (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, []byte(clientSecret), nil, "restock tokens", 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// tokens are what opens a store.
type tokens struct {
	Access  string `json:"access"`
	Refresh string `json:"refresh"`
}

// seal encrypts a store's tokens. They open for that store only, and no two
// seals are alike.
func (v *Vault) seal(storeID int64, t tokens) ([]byte, error) {
	text, err := json.Marshal(t)
	if err != nil {
		return nil, err
	}
	return v.current.Seal(nil, nil, text, owner(storeID)), nil
}

func (v *Vault) open(storeID int64, sealed []byte) (t tokens, err error) {
	for _, aead := range append([]cipher.AEAD{v.current}, v.previous...) {
		if text, err := aead.Open(nil, nil, sealed, owner(storeID)); err == nil {
			return t, json.Unmarshal(text, &t)
		}
	}
	return t, errSealed
}

func owner(storeID int64) []byte { return strconv.AppendInt(nil, storeID, 10) }

// Reseal seals what was sealed under an earlier client secret under the one of
// now. What opens under neither stays as it is.
func (a *App) Reseal(ctx context.Context) (stores int, err error) {
	err = a.write(ctx, func(tx *sql.Tx) error {
		sealed, err := allSealed(ctx, tx)
		if err != nil {
			return err
		}
		for storeID, old := range sealed {
			if _, err := a.Vault.current.Open(nil, nil, old, owner(storeID)); err == nil {
				continue
			}
			t, err := a.Vault.open(storeID, old)
			if errors.Is(err, errSealed) {
				continue
			}
			if err != nil {
				return err
			}
			anew, err := a.Vault.seal(storeID, t)
			if err != nil {
				return err
			}
			if _, err := exec(ctx, tx, `UPDATE store SET tokens = ?2 WHERE store_id = ?1`, storeID, anew); err != nil {
				return err
			}
			stores++
		}
		return nil
	})
	return stores, err
}

// allSealed are the sealed tokens of all stores.
func allSealed(ctx context.Context, tx *sql.Tx) (map[int64][]byte, error) {
	rows, err := tx.QueryContext(ctx, `SELECT store_id, tokens FROM store WHERE tokens IS NOT NULL`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	sealed := map[int64][]byte{}
	for rows.Next() {
		var storeID int64
		var b []byte
		if err := rows.Scan(&storeID, &b); err != nil {
			return nil, err
		}
		sealed[storeID] = b
	}
	return sealed, rows.Err()
}

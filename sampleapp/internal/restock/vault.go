package restock

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"strconv"

	"github.com/selorax/sandbox/sampleapp/selorax"
)

// Vault seals tokens at rest with AES-256-GCM. Its key is derived from the
// client secret, so a copy of the database alone opens no store, and a rotated
// client secret makes the stored tokens unreadable: stores then install again.
type Vault struct{ aead cipher.AEAD }

// NewVault makes the vault of a client secret.
func NewVault(clientSecret string) (*Vault, error) {
	key, err := hkdf.Key(sha256.New, []byte(clientSecret), nil, "restock tokens", 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	return &Vault{aead}, err
}

// seal encrypts a store's tokens. They open for that store only.
func (v *Vault) seal(t selorax.Token) ([]byte, error) {
	text, err := json.Marshal(t)
	if err != nil {
		return nil, err
	}
	return v.aead.Seal(nil, nil, text, owner(t.StoreID)), nil
}

func (v *Vault) open(sealed []byte, storeID int64) (t selorax.Token, err error) {
	text, err := v.aead.Open(nil, nil, sealed, owner(storeID))
	if err != nil {
		return t, errors.New("stored tokens cannot be opened: the client secret has changed, install the app again")
	}
	return t, json.Unmarshal(text, &t)
}

func owner(storeID int64) []byte { return strconv.AppendInt(nil, storeID, 10) }

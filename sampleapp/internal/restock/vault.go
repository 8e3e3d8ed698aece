package restock

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"strconv"
)

// Vault seals tokens at rest with AES-256-GCM. Its key is derived (HKDF) from
// the client secret, so a copy of the database alone opens no store. The price:
// a rotated client secret makes the stored tokens unreadable, and each store
// has to approve the app once more.
type Vault struct{ aead cipher.AEAD }

// errSealed says that tokens were sealed under another client secret.
var errSealed = errors.New("the stored tokens cannot be opened: the client secret has changed since")

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
	return v.aead.Seal(nil, nil, text, owner(storeID)), nil
}

func (v *Vault) open(storeID int64, sealed []byte) (t tokens, err error) {
	text, err := v.aead.Open(nil, nil, sealed, owner(storeID))
	if err != nil {
		return t, errSealed
	}
	return t, json.Unmarshal(text, &t)
}

func owner(storeID int64) []byte { return strconv.AppendInt(nil, storeID, 10) }

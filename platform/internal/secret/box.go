package secret

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// KeySize is the length of a Box key in bytes.
const KeySize = 32

// Box seals small secrets with AES-256-GCM.
type Box struct{ aead cipher.AEAD }

// NewBox makes a box of a key of KeySize bytes.
func NewBox(key []byte) (*Box, error) {
	if len(key) != KeySize {
		return nil, fmt.Errorf("the key must be %d bytes, it has %d", KeySize, len(key))
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	return &Box{aead}, err
}

// Seal encrypts text for the purpose it is stored under ("app.signing_key").
func (b *Box) Seal(purpose, text string) []byte {
	return b.aead.Seal(nil, nil, []byte(text), []byte(purpose))
}

// Open decrypts what Seal made for the same purpose.
func (b *Box) Open(purpose string, sealed []byte) (string, error) {
	text, err := b.aead.Open(nil, nil, sealed, []byte(purpose))
	if err != nil {
		return "", errors.New("a stored secret cannot be opened: the key file does not belong to this database")
	}
	return string(text), nil
}

// LoadKey reads the key file, or makes it (mode 0600) if there is none.
func LoadKey(path string) ([]byte, error) {
	key, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeKey(path)
	}
	if err == nil && len(key) != KeySize {
		err = fmt.Errorf("key file %s must hold exactly %d bytes, it has %d", path, KeySize, len(key))
	}
	return key, err
}

func makeKey(path string) ([]byte, error) {
	key := make([]byte, KeySize)
	_, _ = rand.Read(key)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = f.Write(key)
	return key, errors.Join(err, f.Close())
}

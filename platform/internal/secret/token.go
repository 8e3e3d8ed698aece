package secret

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"

	"github.com/selorax/sandbox/platform/internal/id"
)

// New returns a token: the prefix and 64 random hex digits.
func New(prefix string) string { return prefix + id.Hex(32) }

// Hash returns the SHA-256 of a token in hex, the only form that is stored.
// Tokens hold 256 random bits, so a plain hash cannot be reversed by guessing.
func Hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// Matches compares a presented token with a stored hash in constant time.
func Matches(token, hash string) bool {
	return subtle.ConstantTimeCompare([]byte(Hash(token)), []byte(hash)) == 1
}

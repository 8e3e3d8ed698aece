package id

import (
	"crypto/rand"
	"encoding/hex"

	"github.com/google/uuid"
)

// UUID returns a random UUID, the form of event and delivery ids.
func UUID() string { return uuid.NewString() }

// Hex returns n random bytes as 2n hex digits.
func Hex(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: it ends the program instead
	return hex.EncodeToString(b)
}

// Request returns a fresh request id, short enough to read aloud.
func Request() string { return "req_" + Hex(8) }

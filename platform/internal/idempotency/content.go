package idempotency

import (
	"bytes"
	"encoding/json"

	"github.com/selorax/sandbox/platform/internal/secret"
)

// Content returns a hash of what a body with the field idempotency_key asks
// for, by which a repeat is told from another request with the same key. The
// order of fields and the spelling of embedded JSON do not matter.
func Content(in any) (string, error) {
	text, err := json.Marshal(in)
	if err != nil {
		return "", err
	}
	var fields map[string]any
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber() // large numbers keep their digits
	if err := decoder.Decode(&fields); err != nil {
		return "", err
	}
	delete(fields, "idempotency_key")
	text, err = json.Marshal(fields)
	return secret.Hash(string(text)), err
}

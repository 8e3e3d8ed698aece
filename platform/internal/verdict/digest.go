package verdict

import (
	"encoding/base64"
	"encoding/hex"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// encoding is how a result is written.
type encoding int

const (
	inHex encoding = iota
	inBase64
	inUpperHex
	inBase64OfHex
)

func (e encoding) mistake(want encoding) api.SignatureMistake {
	m := api.SignatureMistake{Fix: "Write the result as lower-case hex digits and compare it with what follows sha256=."}
	if want == inBase64 {
		m.Fix = "Write the result in base64 and compare it with what follows v1, in Webhook-Signature."
	}
	switch e {
	case inHex:
		m.Code, m.Found = "encoding_hex", "The result is in hex; Webhook-Signature is in base64."
	case inBase64:
		m.Code, m.Found = "encoding_base64", "The result is in base64; X-SeloraX-Signature is in hex."
	case inUpperHex:
		m.Code, m.Found = "encoding_upper_case", "The hex digits are in upper case, so the texts are not equal."
		if want == inBase64 {
			m.Code, m.Found = "encoding_hex", "The result is in hex; Webhook-Signature is in base64."
		}
	case inBase64OfHex:
		m.Code, m.Found = "encoding_base64_of_hex", "The hex digits are written in base64 once more."
	}
	return m
}

// digest is what a signature says, and how.
type digest struct {
	sum []byte
	in  encoding
}

// digests reads every signature in a text: a header may hold several.
func digests(text string) (list []digest) {
	for _, word := range strings.Fields(text) {
		word = strings.Trim(word, `"'`)
		for _, prefix := range []string{"sha256=", "v1,", "v1="} {
			word = strings.TrimPrefix(word, prefix)
		}
		if d, ok := readDigest(word); ok {
			list = append(list, d)
		}
	}
	return list
}

func readDigest(word string) (d digest, ok bool) {
	if sum, err := hex.DecodeString(word); err == nil && isDigest(sum) {
		d = digest{sum, inHex}
		if strings.ToLower(word) != word {
			d.in = inUpperHex
		}
		return d, true
	}
	plain := strings.TrimRight(strings.NewReplacer("-", "+", "_", "/").Replace(word), "=")
	sum, err := base64.RawStdEncoding.DecodeString(plain)
	if err != nil {
		return d, false
	}
	if isDigest(sum) {
		if inner, err := hex.DecodeString(string(sum)); err == nil && isDigest(inner) {
			return digest{inner, inBase64OfHex}, true
		}
		return digest{sum, inBase64}, true
	}
	return d, false
}

// isDigest reports whether bytes are as many as SHA-1, SHA-256 or SHA-512 make.
func isDigest(sum []byte) bool { return len(sum) == 20 || len(sum) == 32 || len(sum) == 64 }

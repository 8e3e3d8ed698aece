package verdict

import (
	"encoding/base64"
	"encoding/hex"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// keyForm is which bytes of a secret are the key.
type keyForm int

const (
	keyAsText keyForm = iota
	keyBase64
	keyBare
	keyHex
	keyNewline
	keyQuoted
	keyForms // how many
)

// of returns the key that a secret gives in a form, or nil.
func (f keyForm) of(secret string) []byte {
	bare := secret
	for _, prefix := range []string{api.PrefixWebhookSecret, api.PrefixClientSecret} {
		bare = strings.TrimPrefix(bare, prefix)
	}
	switch f {
	case keyAsText:
		return []byte(secret)
	case keyBase64:
		key, err := base64.StdEncoding.DecodeString(bare)
		if err == nil {
			return key
		}
	case keyBare:
		if bare != secret {
			return []byte(bare)
		}
	case keyHex:
		key, err := hex.DecodeString(bare)
		if err == nil {
			return key
		}
	case keyNewline:
		return []byte(secret + "\n")
	case keyQuoted:
		return []byte(`"` + secret + `"`)
	}
	return nil
}

// mistake is the one of using a form where a scheme wants another.
func (f keyForm) mistake(want keyForm) api.SignatureMistake {
	m := api.SignatureMistake{Fix: "Use the whole secret as the key, as text, with whsec_ in front."}
	if want == keyBase64 {
		m.Fix = "Take what follows whsec_ and decode it from base64; the bytes are the key. Libraries of Standard Webhooks do it themselves."
	}
	switch f {
	case keyAsText:
		m.Code, m.Found = "key_not_decoded", "The key is the secret as text, not what it stands for in base64."
	case keyBase64:
		m.Code, m.Found = "key_decoded", "The key is decoded from base64, as Standard Webhooks wants it; X-SeloraX-Signature does not."
	case keyBare:
		m.Code, m.Found = "key_prefix_stripped", "The key lacks whsec_ in front."
		if want == keyBase64 {
			m.Code, m.Found = "key_not_decoded", "whsec_ is taken off, but the rest is not decoded from base64."
		}
	case keyHex:
		m.Code, m.Found = "key_hex_decoded", "The key is decoded from hex digits."
	case keyNewline:
		m.Code, m.Found = "key_newline", "The key has a newline at its end, as when it is read from a file."
		m.Fix = "Trim the secret when it is read. " + m.Fix
	case keyQuoted:
		m.Code, m.Found = "key_quoted", "The key has quotation marks around it, as when an env file is not read by a shell."
		m.Fix = "Take the quotation marks out of the env file. " + m.Fix
	}
	return m
}

// mistake is the one of using a secret that did not sign.
func (s Secret) mistake() api.SignatureMistake {
	m := api.SignatureMistake{Code: s.Code, Found: "The key is " + s.Name + ".", Fix: s.Fix}
	if m.Fix == "" {
		m.Fix = "Use the webhook secret of whom this delivery goes to: WEBHOOK_SIGNING_SECRET of the app, " +
			"or the one that was shown when the webhook was added or rotated."
	}
	return m
}

package verdict

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"hash"

	"github.com/selorax/sandbox/platform/api"
)

// algorithms tries other ways to make a sum, with the rest right.
func (s *search) algorithms() {
	for _, want := range schemes {
		key := want.key.of(s.c.Secrets[0].Value)
		signed := append([]byte(want.head.of(s.c.EventID, s.c.stamps()[0].text)), s.c.Body...)
		for _, a := range []struct {
			code, found string
			sum         []byte
		}{
			{"algorithm_sha1", "The hash is SHA-1.", keyed(sha1.New, key, signed)},
			{"algorithm_sha512", "The hash is SHA-512.", keyed(sha512.New, key, signed)},
			{"algorithm_swapped", "Key and message have changed places.", keyed(sha256.New, signed, key)},
			{"algorithm_no_key", "It is a hash without a key.", plain(signed)},
			{"algorithm_joined", "It is a plain hash of the key and the message, not an HMAC.", plain(key, signed)},
			{"algorithm_joined", "It is a plain hash of the message and the key, not an HMAC.", plain(signed, key)},
		} {
			for _, d := range s.given {
				if !hmac.Equal(a.sum, d.sum) {
					continue
				}
				list := []api.SignatureMistake{{Code: a.code, Found: a.found, Fix: "Use HMAC with SHA-256: the secret is the key, what is signed the message."}}
				if d.in != want.encoding {
					list = append(list, d.in.mistake(want.encoding))
				}
				s.note(want, d, list)
			}
		}
	}
}

func keyed(of func() hash.Hash, key, message []byte) []byte {
	mac := hmac.New(of, key)
	mac.Write(message)
	return mac.Sum(nil)
}

func plain(parts ...[]byte) []byte {
	h := sha256.New()
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

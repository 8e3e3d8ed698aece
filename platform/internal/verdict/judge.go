package verdict

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"

	"github.com/selorax/sandbox/platform/api"
)

// maxMistakes is how many mistakes are looked for together, beside the one of
// writing the result in another form.
const maxMistakes = 2

// Judge says what made a signature. Own is the body that the app signed, or nil
// when nobody knows it.
func Judge(c Case, signature string, own []byte) api.SignatureVerdict {
	if signature == "" {
		return compare(c, own)
	}
	given := digests(signature)
	if len(given) == 0 {
		return api.SignatureVerdict{
			Verdict: api.VerdictUnreadable, Mistakes: []api.SignatureMistake{},
			Sentence: "This is no signature: neither 64 hex digits nor 44 characters of base64, with or without sha256= or v1, in front.",
		}
	}
	s := &search{c: c, given: given, variants: c.variants(own)}
	for _, stage := range []func(){s.usual, s.clock, s.algorithms} {
		if stage(); s.found {
			return s.verdict()
		}
	}
	return api.SignatureVerdict{
		Verdict: api.VerdictUnknown, Mistakes: []api.SignatureMistake{},
		Sentence: "No usual mistake makes this signature. Compare the SHA-256 of what your app signs with the one shown: " +
			"if they are equal the key is another one, else the bytes are.",
	}
}

// compare judges a body alone.
func compare(c Case, own []byte) api.SignatureVerdict {
	for _, v := range c.variants(own) {
		if !bytes.Equal(v.body, own) {
			continue
		}
		if v.code == "" {
			return api.SignatureVerdict{
				Verdict: api.VerdictRight, Mistakes: []api.SignatureMistake{},
				Sentence: "These are the bytes that were sent. If the signatures differ, the key or the timestamp does.",
			}
		}
		return api.SignatureVerdict{Verdict: api.VerdictMistake, Sentence: "These are not the bytes that were signed.", Mistakes: []api.SignatureMistake{v.mistake()}}
	}
	return api.SignatureVerdict{Verdict: api.VerdictUnknown, Mistakes: []api.SignatureMistake{}, Sentence: "There is nothing to compare."}
}

// search looks for what makes one of the given digests.
type search struct {
	c        Case
	given    []digest
	variants []variant

	found  bool
	scheme scheme
	digest digest
	faults []api.SignatureMistake
}

// usual tries secrets, their forms, heads, timestamps and bodies, as far as few
// enough of them are wrong together.
func (s *search) usual() {
	for _, secret := range s.c.Secrets {
		for form := range keyForms {
			key := form.of(secret.Value)
			if key == nil {
				continue
			}
			wrong := 0
			if secret.Code != "" {
				wrong++
			}
			s.heads(secret, form, key, wrong)
		}
	}
}

func (s *search) heads(secret Secret, form keyForm, key []byte, wrong int) {
	for head := range headForms {
		for _, at := range s.c.stamps() {
			if !head.hasTime() && at.code != "" {
				continue // there is no timestamp to be wrong
			}
			for _, v := range s.variants {
				s.attempt(guess{secret, form, head, at, v}, key, wrong)
			}
		}
	}
}

// guess is how an app may have signed.
type guess struct {
	secret Secret
	form   keyForm
	head   headForm
	at     stamp
	body   variant
}

// mistakes are those of a guess against a scheme, the key's first.
func (g guess) mistakes(want scheme) (list []api.SignatureMistake) {
	if g.secret.Code != "" {
		list = append(list, g.secret.mistake())
	}
	if g.form != want.key {
		list = append(list, g.form.mistake(want.key))
	}
	if g.head != want.head {
		list = append(list, g.head.mistake(want.head))
	}
	if g.at.code != "" {
		list = append(list, g.at.mistake())
	}
	if g.body.code != "" {
		list = append(list, g.body.mistake())
	}
	return list
}

// distance is how many mistakes a guess makes against the scheme that it is
// closest to.
func (g guess) distance() int {
	least := len(schemes) + maxMistakes
	for _, want := range schemes {
		n := 0
		for _, wrong := range []bool{g.secret.Code != "", g.form != want.key, g.head != want.head, g.at.code != "", g.body.code != ""} {
			if wrong {
				n++
			}
		}
		least = min(least, n)
	}
	return least
}

// attempt notes a guess that makes one of the digests, if it is the best yet.
func (s *search) attempt(g guess, key []byte, wrong int) {
	if wrong > maxMistakes || g.distance() > maxMistakes {
		return
	}
	sum := sign(key, g.head.of(s.c.EventID, g.at.text), g.body.body)
	for _, d := range s.given {
		if !hmac.Equal(sum, d.sum) {
			continue
		}
		for _, want := range schemes {
			list := g.mistakes(want)
			if d.in != want.encoding {
				list = append(list, d.in.mistake(want.encoding))
			}
			s.note(want, d, list)
		}
	}
}

// note keeps the explanation with the fewest mistakes.
func (s *search) note(want scheme, d digest, list []api.SignatureMistake) {
	if !s.found || len(list) < len(s.faults) {
		s.found, s.scheme, s.digest, s.faults = true, want, d, list
	}
}

// clock tries the timestamps around the right one, with the rest right.
func (s *search) clock() {
	for _, want := range schemes {
		right := s.c.Secrets[0]
		key := want.key.of(right.Value)
		for _, at := range s.c.near() {
			s.attempt(guess{right, want.key, want.head, at, s.variants[0]}, key, 0)
		}
	}
}

func (s *search) verdict() api.SignatureVerdict {
	v := api.SignatureVerdict{Verdict: api.VerdictMistake, Scheme: s.scheme.name, Mistakes: s.faults}
	switch len(s.faults) {
	case 0:
		v.Verdict, v.Mistakes = api.VerdictRight, []api.SignatureMistake{}
		v.Sentence = "This is the signature of this attempt in " + s.scheme.header + "."
		if s.digest.in == inHex {
			v.Sentence += " If your app still refuses it, look at how it compares: against what follows sha256=."
		} else {
			v.Sentence += " If your app still refuses it, look at how it compares: against each part of the header that follows v1, alone."
		}
	case 1:
		v.Sentence = "One mistake makes this signature."
	default:
		v.Sentence = "These mistakes together make this signature."
	}
	return v
}

// sign is HMAC-SHA256 over head and body.
func sign(key []byte, head string, body []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(head))
	mac.Write(body)
	return mac.Sum(nil)
}

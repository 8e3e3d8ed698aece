package webhook

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/verdict"
)

// evidence is what an explanation of an attempt is drawn from.
type evidence struct {
	delivery
	attempt   api.DeliveryAttempt
	timestamp string // of its headers, "" when nothing was sent
	body      []byte
	own       []verdict.Secret // that the delivery may have been signed with, today's first
	others    []verdict.Secret // that are easily taken for them
	times     []verdict.Time
	untried   string // what cannot be tried, in a sentence, or ""
}

func (s *Service) evidence(tx *db.Tx, d delivery, a api.DeliveryAttempt) (e *evidence, err error) {
	e = &evidence{delivery: d, attempt: a, timestamp: header(a, api.HeaderWebhookTimestamp)}
	if e.body, err = eventBody(tx, d.eventID); err != nil {
		return e, err
	}
	if e.own, err = s.ownSecrets(tx, d); err != nil {
		return e, err
	}
	e.others, e.untried, err = s.otherSecrets(tx, d)
	return e, err
}

// sentWith is the secret that makes what a header says, or today's.
func (e *evidence) sentWith(makes func(secret string) (string, error), sent string) (secret, computed string, err error) {
	for n := range e.own {
		c, err := makes(e.own[n].Value)
		if err != nil {
			return "", "", err
		}
		if n == 0 || c == sent {
			secret, computed = e.own[n].Value, c
		}
		if c == sent {
			break
		}
	}
	return secret, computed, nil
}

// details are the signatures that an attempt sent, X-SeloraX-Signature first.
func (e *evidence) details(seconds int64) (list []api.SignatureDetail, err error) {
	own := func(secret string) (string, error) { return Signature(secret, seconds, e.body), nil }
	standard := func(secret string) (string, error) { return StandardSignature(secret, e.eventID, seconds, e.body) }
	head := strconv.FormatInt(seconds, 10) + "."
	add := func(d api.SignatureDetail, head string, makes func(string) (string, error)) {
		if err != nil {
			return
		}
		var secret string
		secret, d.Computed, err = e.sentWith(makes, d.Sent)
		signed := append([]byte(head), e.body...)
		sum := sha256.Sum256(signed)
		d.Signed, d.SignedBytes, d.SignedSHA256 = string(signed), len(signed), hex.EncodeToString(sum[:])
		d.Key, d.Matches = api.MaskSecret(secret), api.Flag(d.Computed == d.Sent)
		list = append(list, d)
	}
	for _, name := range []string{api.HeaderWebhookSignature, api.HeaderWebhookSignatureNext} {
		if sent := header(e.attempt, name); sent != "" {
			add(api.SignatureDetail{Scheme: api.SchemeSelorax, Header: name, Sent: sent,
				KeyForm: "the whole secret as text, whsec_ included", Encoding: "hex, after sha256="}, head, own)
		}
	}
	for sent := range strings.FieldsSeq(header(e.attempt, api.HeaderStandardSignature)) {
		add(api.SignatureDetail{Scheme: api.SchemeStandard, Header: api.HeaderStandardSignature, Sent: sent,
			KeyForm: "what follows whsec_, decoded from base64", Encoding: "base64, after v1,"}, e.eventID+"."+head, standard)
	}
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("attempt %s was sent without a signature", e.attempt.ID)
	}
	return list, err
}

// note is what is unusual about an attempt, or "".
func (e *evidence) note(signed bool) string {
	is := func(effect string) bool { return e.attempt.Fault != nil && *e.attempt.Fault == effect }
	switch {
	case is(api.FaultWrongSignature):
		return "A fault rule signed this attempt with another secret on purpose. Your app should refuse it."
	case is(api.FaultStaleTimestamp):
		return "A fault rule signed this attempt with a timestamp of an hour earlier on purpose. Your app should refuse it."
	case is(api.FaultTruncate):
		return "A fault rule cut off the second half of the body after it was signed. Your app should refuse it."
	case !signed:
		return "The secret was replaced since, so today's makes another signature. Send the delivery again to have it signed anew."
	}
	return ""
}

// caseOf is what a computed signature is judged by: the secret that signed is
// the right one.
func (e *evidence) caseOf(seconds int64) verdict.Case {
	sent := header(e.attempt, api.HeaderWebhookSignature)
	signer := slices.IndexFunc(e.own, func(s verdict.Secret) bool { return Signature(s.Value, seconds, e.body) == sent })
	signer = max(signer, 0)
	right := verdict.Secret{Value: e.own[signer].Value}
	secrets := append([]verdict.Secret{right}, slices.Delete(slices.Clone(e.own), signer, signer+1)...)
	return verdict.Case{
		EventID: e.eventID, Timestamp: seconds, Body: e.body, Secrets: append(secrets, e.others...), Times: e.times,
		Truncated: e.attempt.Fault != nil && *e.attempt.Fault == api.FaultTruncate,
	}
}

// timesOf are the timestamps that an app may take for that of an attempt.
func timesOf(attempts []api.DeliveryAttempt, of api.DeliveryAttempt, body []byte) (list []verdict.Time) {
	for _, a := range attempts {
		if text := header(a, api.HeaderWebhookTimestamp); text != "" && a.Number != of.Number {
			list = append(list, verdict.Time{Name: fmt.Sprintf("that of attempt %d", a.Number), Text: text})
		}
	}
	var envelope struct{ Timestamp string }
	if json.Unmarshal(body, &envelope) != nil || envelope.Timestamp == "" {
		return list
	}
	list = append(list, verdict.Time{Name: "the one in the body", Text: envelope.Timestamp})
	if at, err := time.Parse(time.RFC3339, envelope.Timestamp); err == nil {
		list = append(list, verdict.Time{Name: "the one in the body, in seconds", Text: strconv.FormatInt(at.Unix(), 10)})
	}
	return list
}

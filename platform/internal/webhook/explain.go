package webhook

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/selorax/sandbox/platform/api"
	"github.com/selorax/sandbox/platform/internal/db"
	"github.com/selorax/sandbox/platform/internal/problem"
	"github.com/selorax/sandbox/platform/internal/verdict"
)

// Limits of what may be asked about.
const (
	maxSignature = 1_000
	maxOwnBody   = 256 << 10
)

// Explain says how an attempt of a delivery was signed and, if the request
// holds what an app computed, what made that another signature. The answer
// holds no secret. It is not_found for a delivery or an attempt that does not
// exist.
func (s *Service) Explain(tx *db.Tx, deliveryID int64, in api.ExplainRequest) (out api.SignatureExplanation, err error) {
	if err := checkExplain(in); err != nil {
		return out, err
	}
	d, err := deliveryByID(tx, deliveryID)
	if db.IsNone(err) {
		err = problem.NotFound("delivery", deliveryID)
	}
	if err != nil {
		return out, err
	}
	attempts, err := attemptDetails(tx, deliveryID)
	if err != nil {
		return out, err
	}
	out = api.SignatureExplanation{DeliveryID: deliveryID, Attempts: len(attempts), Signatures: []api.SignatureDetail{}}
	if len(attempts) == 0 {
		return out, noteOn(&out, "No attempt was made yet, so nothing was signed.")
	}
	a, err := chosen(attempts, in.Attempt)
	if err != nil {
		return out, err
	}
	out.Attempt = a.Number
	if d.topic == api.HookToken || d.topic == api.HookRevoke {
		return out, noteOn(&out, "A hook is signed in its body: hmac is the hex HMAC-SHA256 of the body without hmac, and the key is the session signing key.")
	}
	e, err := s.evidence(tx, d, a)
	if err != nil {
		return out, err
	}
	e.times = timesOf(attempts, a, e.body)
	return out, e.fill(&out, in)
}

func checkExplain(in api.ExplainRequest) error {
	var wrong problem.Complaints
	wrong.Require(in.Attempt >= 0, "attempt", "must be the number of an attempt, from 1")
	wrong.Length(in.Signature, "signature", 0, maxSignature)
	wrong.Requiref(in.Body == nil || len(*in.Body) <= maxOwnBody, "body", "must have at most %d bytes", maxOwnBody)
	return wrong.Err()
}

// chosen is the attempt with a number, or with 0 the newest that was signed:
// without one the newest.
func chosen(attempts []api.DeliveryAttempt, number int) (api.DeliveryAttempt, error) {
	if number > 0 {
		i := slices.IndexFunc(attempts, func(a api.DeliveryAttempt) bool { return a.Number == number })
		if i < 0 {
			return api.DeliveryAttempt{}, problem.NotFound("attempt", int64(number))
		}
		return attempts[i], nil
	}
	for _, a := range slices.Backward(attempts) {
		if header(a, api.HeaderWebhookTimestamp) != "" {
			return a, nil
		}
	}
	return attempts[len(attempts)-1], nil
}

// header is one that an attempt sent, or "".
func header(a api.DeliveryAttempt, name string) string {
	if values := a.RequestHeaders[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

func noteOn(out *api.SignatureExplanation, text string) error {
	out.Note = &text
	return nil
}

// fill says what there is to say about an attempt of a webhook.
func (e *evidence) fill(out *api.SignatureExplanation, in api.ExplainRequest) error {
	if e.timestamp == "" {
		return noteOn(out, "Nothing was sent, so nothing was signed. The attempt says why.")
	}
	seconds, err := strconv.ParseInt(e.timestamp, 10, 64)
	if err != nil {
		return fmt.Errorf("attempt %s was sent with the timestamp %q", e.attempt.ID, e.timestamp)
	}
	if out.Signatures, err = e.details(seconds); err != nil {
		return err
	}
	signed := bool(out.Signatures[0].Matches)
	if note := e.note(signed); note != "" {
		out.Note = &note
	}
	if in.Signature == "" && in.Body == nil {
		return nil
	}
	v := verdict.Judge(e.caseOf(seconds), in.Signature, bytesOf(in.Body))
	v.Untried = []string{}
	if v.Verdict == api.VerdictUnknown && e.untried != "" {
		v.Untried = append(v.Untried, e.untried)
	}
	if v.Verdict == api.VerdictRight && in.Signature != "" && !signed {
		v.Sentence = "With today's secret this is right. The attempt itself carries another signature, so your app is right to refuse it."
	}
	out.Verdict = &v
	return nil
}

// bytesOf are those of a text, nil only where there is none.
func bytesOf(text *string) []byte {
	if text == nil {
		return nil
	}
	return append([]byte{}, *text...)
}

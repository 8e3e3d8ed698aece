package platformtest

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/selorax/sandbox/platform/api"
)

// SentSignature is the one that every attempt carries.
var SentSignature = "sha256=" + strings.Repeat("5f3a9c01", 8)

// explain takes what was sent for right, base64 for the mistake of writing it
// so, what is short for no signature, and knows nothing of all else.
func (p *Platform) explain(c call) (any, error) {
	d, err := p.sent(c)
	if err != nil {
		return nil, err
	}
	var in api.ExplainRequest
	if err := json.NewDecoder(c.Body).Decode(&in); err != nil {
		return nil, err
	}
	if len(in.Signature) > 1000 {
		return nil, &refusal{Status: http.StatusBadRequest, Code: api.CodeValidation, Message: "Not valid.",
			Errors: []api.FieldError{{Field: "signature", Message: "must have at most 1000 characters"}}}
	}
	out := api.SignatureExplanation{DeliveryID: d.DeliveryID, Attempts: len(d.Attempts), Attempt: in.Attempt, Signatures: []api.SignatureDetail{}}
	if in.Attempt == 0 {
		out.Attempt = len(d.Attempts)
	}
	if out.Attempt > len(d.Attempts) {
		return nil, notFound("No attempt %d.", in.Attempt)
	}
	if len(d.Attempts) == 0 {
		note := "No attempt was made yet, so nothing was signed."
		out.Note = &note
		return out, nil
	}
	detail, err := p.getDelivery(c)
	if err != nil {
		return nil, err
	}
	out.Signatures = signatures(*d, detail.(api.DeliveryDetail).RequestBody)
	if in.Signature != "" || in.Body != nil {
		v := judge(in)
		out.Verdict = &v
	}
	return out, nil
}

func signatures(d api.Delivery, body string) []api.SignatureDetail {
	const hash = "9b74c9897bac770ffc029102a200c5de8f3ff1e0c5f9c1d2b3a4958677f6e5d4"
	own := api.SignatureDetail{
		Scheme: api.SchemeSelorax, Header: api.HeaderWebhookSignature, Signed: "1769851800." + body, SignedBytes: 11 + len(body), SignedSHA256: hash,
		Key: "whsec_…c6d1", KeyForm: "the whole secret as text, whsec_ included", Encoding: "hex, after sha256=", Sent: SentSignature, Computed: SentSignature, Matches: true,
	}
	standard := own
	standard.Scheme, standard.Header = api.SchemeStandard, api.HeaderStandardSignature
	standard.Signed, standard.SignedBytes = d.EventID+"."+own.Signed, own.SignedBytes+len(d.EventID)+1
	standard.KeyForm, standard.Encoding = "what follows whsec_, decoded from base64", "base64, after v1,"
	standard.Sent = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
	standard.Computed, standard.Matches = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=", false
	return []api.SignatureDetail{own, standard}
}

func judge(in api.ExplainRequest) api.SignatureVerdict {
	v := api.SignatureVerdict{Mistakes: []api.SignatureMistake{}, Untried: []string{}}
	switch {
	case in.Signature == SentSignature:
		v.Verdict, v.Scheme, v.Sentence = api.VerdictRight, api.SchemeSelorax, "This is the signature of this attempt in X-SeloraX-Signature."
	case strings.HasSuffix(in.Signature, "=") || in.Signature == "":
		v.Verdict, v.Scheme, v.Sentence = api.VerdictMistake, api.SchemeSelorax, "These mistakes together make this signature."
		v.Mistakes = []api.SignatureMistake{
			{Code: "body_reserialised", Found: "The body is parsed and written again, as JSON.stringify of JavaScript does it.", Fix: "Sign the raw bytes of the request, before anything parses them: express.raw() in Express."},
			{Code: "encoding_base64", Found: "The result is in base64; X-SeloraX-Signature is in hex.", Fix: "Write the result as lower-case hex digits and compare it with what follows sha256=."},
		}
	case len(in.Signature) < 40:
		v.Verdict, v.Sentence = api.VerdictUnreadable, "This is no signature: neither 64 hex digits nor 44 characters of base64."
	default:
		v.Verdict, v.Sentence = api.VerdictUnknown, "No usual mistake makes this signature."
		v.Untried = []string{"The client secret was not tried: the platform keeps only its hash."}
	}
	return v
}

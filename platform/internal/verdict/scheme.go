package verdict

import "github.com/selorax/sandbox/platform/api"

// scheme is a right way to sign.
type scheme struct {
	name, header string
	key          keyForm
	head         headForm
	encoding     encoding
}

var schemes = []scheme{
	{api.SchemeSelorax, api.HeaderWebhookSignature, keyAsText, headTime, inHex},
	{api.SchemeStandard, api.HeaderStandardSignature, keyBase64, headIDTime, inBase64},
}

// Case is what a webhook sent, and what an app may take for its key.
type Case struct {
	EventID   string
	Timestamp int64  // Unix seconds, as in the headers
	Body      []byte // as it was signed
	Truncated bool   // only the first half of the body was sent
	Secrets   []Secret
	Times     []Time // others that an app may take for the timestamp
}

// Secret is a key that an app may have used.
type Secret struct {
	Code  string // of the mistake of using it; "" for the one that signed
	Name  string // with its article: "the session signing key"
	Value string
	Fix   string // what to do about it, or "" for the usual
}

// Time is a timestamp that an app may have used, as text.
type Time struct{ Name, Text string }

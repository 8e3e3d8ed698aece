package api

// Schemes of a webhook's signature.
const (
	SchemeSelorax  = "selorax"  // X-SeloraX-Signature
	SchemeStandard = "standard" // Webhook-Signature, of Standard Webhooks
)

// Outcomes of a comparison of signatures.
const (
	VerdictRight      = "right"
	VerdictMistake    = "mistake"    // Mistakes name what is wrong
	VerdictUnknown    = "unknown"    // no usual mistake makes it
	VerdictUnreadable = "unreadable" // it is no signature at all
)

// ExplainRequest asks how an attempt of a delivery was signed and, if a
// signature is given, what made it another one. All of it may be left out.
type ExplainRequest struct {
	Attempt   int     `json:"attempt"`   // its number, from 1; the newest when absent
	Signature string  `json:"signature"` // what the app computed, with or without "sha256=" or "v1,"; at most 1,000 characters
	Body      *string `json:"body"`      // the bytes that the app signed, if they are known; at most 262,144 bytes
}

// SignatureExplanation is how one attempt of a delivery was signed. It holds no
// secret.
type SignatureExplanation struct {
	DeliveryID int64             `json:"delivery_id"`
	Attempt    int               `json:"attempt"`    // 0: none was made yet
	Attempts   int               `json:"attempts"`   // how many were made
	Note       *string           `json:"note"`       // what is unusual about it, in a sentence
	Signatures []SignatureDetail `json:"signatures"` // one for each signature that was sent
	Verdict    *SignatureVerdict `json:"verdict"`    // null: nothing was given to compare
}

// SignatureDetail is one signature of an attempt: how it is made, and whether
// the secret of today still makes it.
type SignatureDetail struct {
	Scheme       string `json:"scheme"`        // selorax | standard
	Header       string `json:"header"`        // that carries it
	Signed       string `json:"signed"`        // the exact bytes that are signed
	SignedBytes  int    `json:"signed_bytes"`  // how many they are
	SignedSHA256 string `json:"signed_sha256"` // their hash, hex, to compare with what an app signs
	Key          string `json:"key"`           // the secret, masked
	KeyForm      string `json:"key_form"`      // which bytes of it are the key, in words
	Encoding     string `json:"encoding"`      // of the result, in words
	Sent         string `json:"sent"`
	Computed     string `json:"computed"` // with the secret named in key
	Matches      Flag   `json:"matches"`
}

// SignatureVerdict is what became of comparing a signature, or a body, with
// what was sent.
type SignatureVerdict struct {
	Verdict  string             `json:"verdict"`  // right | mistake | unknown | unreadable
	Scheme   string             `json:"scheme"`   // that the signature comes closest to; "" when unknown
	Sentence string             `json:"sentence"` // the verdict in words
	Mistakes []SignatureMistake `json:"mistakes"` // all that together make the signature
	Untried  []string           `json:"untried"`  // what could not be tried, in sentences
}

// SignatureMistake is one thing that an app does differently.
type SignatureMistake struct {
	Code  string `json:"code"`  // stable: body_reserialised, timestamp_missing, …
	Found string `json:"found"` // what the app does
	Fix   string `json:"fix"`   // what it should do
}

package webhook

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/selorax/sandbox/platform/internal/secret"
)

// The platform's own scheme: "{timestamp}.{body}", hex, the secret as text.
func TestSignatureVectors(t *testing.T) {
	t.Parallel()
	const ts = 1700000000
	for name, v := range map[string]struct{ secret, body, want string }{
		"prefix kept in the key": {
			"whsec_8a3f1d2e5b7c9a0f", `{"topic":"order.status_changed","store_id":22,"data":{"order_id":1234,"status":"shipped"}}`,
			"sha256=7b7dcd1d375f4c21cc9e18afd5a71819f9cb277054eef7aeba6dfcd3d862afe5",
		},
		"key that is no base64": {
			"whsec_test_secret", `{"id":"evt_1","object":"event"}`,
			"sha256=0c8670ed117751cc551a20e35839447075c42800ea3cf3e8a2fbda99cd1e6edd",
		},
	} {
		if got := Signature(v.secret, ts, []byte(v.body)); got != v.want {
			t.Errorf("%s: got %s, want %s", name, got, v.want)
		}
		for mistake, got := range map[string]string{
			"without prefix":  Signature(strings.TrimPrefix(v.secret, "whsec_"), ts, []byte(v.body)),
			"another second":  Signature(v.secret, ts+1, []byte(v.body)),
			"body serialised": Signature(v.secret, ts, []byte(strings.ReplaceAll(v.body, ":", ": "))),
		} {
			if got == v.want {
				t.Errorf("%s: the signature does not depend on: %s", name, mistake)
			}
		}
	}
}

// Published vectors of other schemes: body alone, and a comma before the body.
// None of them may come out of ours.
func TestSignatureIsNotAnotherScheme(t *testing.T) {
	t.Parallel()
	const convoy = `{"event":"charge.success","amount":1000,"currency":"NGN"}`
	for name, v := range map[string]struct{ secret, body, theirs string }{
		"body only": {"It's a Secret to Everybody", "Hello, World!", "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"},
		"comma":     {"convoy-webhook-secret", convoy, "77b8b9269f25a199846a55a2bd25b3fba151c70fdae60bb1dcd87fbbc943c55c"},
		"base64":    {"hush", `{"id":1}`, "VnKUjZsLuN5iZWjn5EntcBVCF9kMN43LglzCE1/GSeY="},
		"no time":   {"convoy-webhook-secret", convoy, "244449b7f48cbc2709060c9dcdc2b3aa47a78f540430579015c579fb12defbb4"},
	} {
		if got := Signature(v.secret, 1700000000, []byte(v.body)); got == "sha256="+v.theirs || standardOf(v.secret, v.body) == "v1,"+v.theirs {
			t.Errorf("%s: signed in another platform's scheme", name)
		}
	}
}

// standardOf is the standard signature, or "" when the secret has none.
func standardOf(secret, body string) string {
	text, _ := StandardSignature(secret, "e", 1700000000, []byte(body))
	return text
}

// The vector of the Standard Webhooks libraries.
const (
	standardSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	standardID     = "msg_p5jXN8AQM9LWM0D4loKWxJek"
	standardTime   = 1614265330
	standardBody   = `{"test": 2432232314}`
	standardRight  = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
	standardWrong  = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc="
)

func TestStandardSignatureVector(t *testing.T) {
	t.Parallel()
	got, err := StandardSignature(standardSecret, standardID, standardTime, []byte(standardBody))
	if err != nil || got != standardRight {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestStandardSignatureNeedsBase64(t *testing.T) {
	t.Parallel()
	_, err := StandardSignature("whsec_test_secret", standardID, standardTime, nil)
	if err == nil || strings.Contains(err.Error(), "test_secret") {
		t.Errorf("got %v", err)
	}
}

func TestStandardReceivers(t *testing.T) {
	t.Parallel()
	at := time.Unix(standardTime, 0)
	right, other := standardRight, standardWrong
	for name, c := range map[string]struct {
		change func(http.Header)
		now    time.Time
		ok     bool
	}{
		"as signed":            {nil, at, true},
		"right one in a list":  {func(h http.Header) { h.Set("webhook-signature", other+" v2,"+right[3:]+" "+right+" "+other) }, at, true},
		"five minutes old":     {nil, at.Add(tolerance), true},
		"wrong signature":      {func(h http.Header) { h.Set("webhook-signature", other) }, at, false},
		"version only":         {func(h http.Header) { h.Set("webhook-signature", "v1,") }, at, false},
		"another version":      {func(h http.Header) { h.Set("webhook-signature", "v2,"+right[3:]) }, at, false},
		"no id":                {func(h http.Header) { h.Del("webhook-id") }, at, false},
		"another id":           {func(h http.Header) { h.Set("webhook-id", "msg_other") }, at, false},
		"no timestamp":         {func(h http.Header) { h.Del("webhook-timestamp") }, at, false},
		"no signature":         {func(h http.Header) { h.Del("webhook-signature") }, at, false},
		"too old":              {nil, at.Add(tolerance + time.Second), false},
		"too new":              {nil, at.Add(-tolerance - time.Second), false},
		"timestamp moved only": {func(h http.Header) { h.Set("webhook-timestamp", strconv.Itoa(standardTime+1)) }, at, false},
	} {
		signature, err := StandardSignature(standardSecret, standardID, standardTime, []byte(standardBody))
		if err != nil {
			t.Fatal(err)
		}
		h := http.Header{}
		h.Set("webhook-id", standardID)
		h.Set("webhook-timestamp", strconv.Itoa(standardTime))
		h.Set("webhook-signature", signature)
		if c.change != nil {
			c.change(h)
		}
		if err := verifyStandard(standardSecret, h, []byte(standardBody), c.now); (err == nil) != c.ok {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// A secret of the platform serves both schemes: 70 characters as text, and
// 48 bytes after the prefix.
func TestOneSecretServesBothSchemes(t *testing.T) {
	t.Parallel()
	key := secret.New("whsec_")
	if len(key) != 70 {
		t.Fatalf("%d characters", len(key))
	}
	if _, err := StandardSignature(key, "e", 1, nil); err != nil {
		t.Error(err)
	}
}

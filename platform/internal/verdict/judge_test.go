package verdict

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/selorax/sandbox/platform/api"
)

const (
	secret  = "whsec_4f0d7a9e1c2b3a495867768594a3b2c1d0e0f0a1b2c3d4e5f60718293a4b5c6d"
	session = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
	eventID = "550e8400-e29b-41d4-a716-446655440000"
	at      = "1700000000"
	body    = `{"event_id":"550e8400","event_topic":"order.created","store_id":22,"timestamp":"2026-03-01T12:00:00.000Z","data":{"total":1500.00,"url":"http://x/y","name":"রহিম \u0026 সন্স","items":[{"b":1,"a":2}]}}`
)

func theCase() Case {
	return Case{
		EventID: eventID, Timestamp: 1700000000, Body: []byte(body),
		Secrets: []Secret{
			{Value: secret},
			{Code: "secret_session_key", Name: "the session signing key", Value: session},
		},
		Times: []Time{{"that of attempt 2", "1700000060"}, {"the one in the body", "2026-03-01T12:00:00.000Z"}},
	}
}

func raw(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

func inHexOf(key, text string) string { return hex.EncodeToString(raw([]byte(key), text)) }

func standard(text string) []byte {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		panic(err)
	}
	return raw(key, text)
}

func codes(v api.SignatureVerdict) (list []string) {
	for _, m := range v.Mistakes {
		if m.Found == "" || m.Fix == "" {
			list = append(list, "silent")
		}
		list = append(list, m.Code)
	}
	return list
}

// python is what json.dumps makes of the body, by hand.
const python = `{"event_id": "550e8400", "event_topic": "order.created", "store_id": 22, "timestamp": "2026-03-01T12:00:00.000Z", "data": {"total": 1500.0, "url": "http://x/y", "name": "\u09b0\u09b9\u09bf\u09ae & \u09b8\u09a8\u09cd\u09b8", "items": [{"b": 1, "a": 2}]}}`

func TestTheUsualMistakesAreNamed(t *testing.T) {
	t.Parallel()
	script := strings.NewReplacer("1500.00", "1500", `\u0026`, "&").Replace(body)
	var anything any
	if err := json.Unmarshal([]byte(body), &anything); err != nil {
		t.Fatal(err)
	}
	golang, _ := json.Marshal(anything)
	sha := hmac.New(sha1.New, []byte(secret))
	sha.Write([]byte(at + "." + body))
	b64 := base64.StdEncoding.EncodeToString
	for name, c := range map[string]struct {
		signature, scheme string
		want              []string
	}{
		"right":                       {"sha256=" + inHexOf(secret, at+"."+body), "selorax", nil},
		"right, bare":                 {"  " + inHexOf(secret, at+"."+body) + "\n", "selorax", nil},
		"standard":                    {"v1," + b64(standard(eventID+"."+at+"."+body)), "standard", nil},
		"one of two in a header":      {"v1," + b64(make([]byte, 32)) + " v1," + b64(standard(eventID+"."+at+"."+body)), "standard", nil},
		"JavaScript":                  {inHexOf(secret, at+"."+script), "selorax", []string{"body_reserialised"}},
		"Python":                      {inHexOf(secret, at+"."+python), "selorax", []string{"body_reserialised"}},
		"Go":                          {inHexOf(secret, at+"."+string(golang)), "selorax", []string{"body_reserialised"}},
		"JavaScript, no timestamp":    {inHexOf(secret, script), "selorax", []string{"timestamp_missing", "body_reserialised"}},
		"newline":                     {inHexOf(secret, at+"."+body+"\n"), "selorax", []string{"body_newline"}},
		"empty":                       {inHexOf(secret, at+"."), "selorax", []string{"body_empty"}},
		"object":                      {inHexOf(secret, at+".[object Object]"), "selorax", []string{"body_object"}},
		"bytes of Python":             {inHexOf(secret, at+".b'"+strings.ReplaceAll(ascii(body), `\u`, `\\u`)+"'"), "selorax", []string{"body_bytes_literal"}},
		"session signing key":         {inHexOf(session, at+"."+body), "selorax", []string{"secret_session_key"}},
		"base64":                      {b64(raw([]byte(secret), at+"."+body)), "selorax", []string{"encoding_base64"}},
		"base64 of the hex":           {b64([]byte(inHexOf(secret, at+"."+body))), "selorax", []string{"encoding_base64_of_hex"}},
		"upper case":                  {strings.ToUpper(inHexOf(secret, at+"."+body)), "selorax", []string{"encoding_upper_case"}},
		"no timestamp":                {inHexOf(secret, body), "selorax", []string{"timestamp_missing"}},
		"no dot":                      {inHexOf(secret, at+body), "selorax", []string{"dot_missing"}},
		"milliseconds":                {inHexOf(secret, at+"000."+body), "selorax", []string{"timestamp_milliseconds"}},
		"another attempt":             {inHexOf(secret, "1700000060."+body), "selorax", []string{"timestamp_other"}},
		"its own clock":               {inHexOf(secret, "1700000017."+body), "selorax", []string{"timestamp_other"}},
		"prefix stripped":             {inHexOf(secret[6:], at+"."+body), "selorax", []string{"key_prefix_stripped"}},
		"key decoded":                 {hex.EncodeToString(standard(at + "." + body)), "selorax", []string{"key_decoded"}},
		"key with a newline":          {inHexOf(secret+"\n", at+"."+body), "selorax", []string{"key_newline"}},
		"key in quotation marks":      {inHexOf(`"`+secret+`"`, at+"."+body), "selorax", []string{"key_quoted"}},
		"standard in hex":             {hex.EncodeToString(standard(eventID + "." + at + "." + body)), "standard", []string{"encoding_hex"}},
		"standard, key as text":       {"v1," + b64(raw([]byte(secret), eventID+"."+at+"."+body)), "standard", []string{"key_not_decoded"}},
		"standard, key only stripped": {"v1," + b64(raw([]byte(secret[6:]), eventID+"."+at+"."+body)), "standard", []string{"key_not_decoded"}},
		"standard without id":         {"v1," + b64(standard(at+"."+body)), "standard", []string{"id_missing"}},
		"SHA-1":                       {hex.EncodeToString(sha.Sum(nil)), "selorax", []string{"algorithm_sha1"}},
		"no HMAC":                     {hex.EncodeToString(plain([]byte(secret + at + "." + body))), "selorax", []string{"algorithm_joined"}},
	} {
		v := Judge(theCase(), c.signature, nil)
		if diff := cmp.Diff(c.want, codes(v)); diff != "" || v.Scheme != c.scheme || v.Sentence == "" || (v.Verdict == api.VerdictRight) != (c.want == nil) {
			t.Errorf("%s: %s %s (-want +got):\n%s", name, v.Verdict, v.Scheme, diff)
		}
	}
	hexKey, _ := hex.DecodeString(secret[6:])
	if v := Judge(theCase(), hex.EncodeToString(raw(hexKey, at+"."+body)), nil); !cmp.Equal(codes(v), []string{"key_hex_decoded"}) {
		t.Errorf("hex key: %+v", v)
	}
}

// ascii writes what is not ASCII as Python shows it in bytes.
func ascii(text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		if c > '~' {
			b.WriteString(`\x` + hex.EncodeToString([]byte{c}))
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func TestWhatIsNoUsualMistakeIsNotNamed(t *testing.T) {
	t.Parallel()
	for name, signature := range map[string]string{
		"another secret": inHexOf("whsec_other", at+"."+body),
		"another body":   inHexOf(secret, at+"."+`{"other":1}`),
		"three at once":  inHexOf(session+"\n", "1700000060."+strings.ToUpper(body)),
	} {
		if v := Judge(theCase(), signature, nil); v.Verdict != api.VerdictUnknown || len(v.Mistakes) != 0 {
			t.Errorf("%s: %+v", name, v)
		}
	}
	for _, text := range []string{"hello", "sha256=", "sha256=12", strings.Repeat("é", 40)} {
		if v := Judge(theCase(), text, nil); v.Verdict != api.VerdictUnreadable {
			t.Errorf("%q: %+v", text, v)
		}
	}
}

// The body that an app says it signed explains a signature that nothing else
// does, and says where it differs.
func TestTheAppsOwnBody(t *testing.T) {
	t.Parallel()
	own := strings.Replace(body, "1500.00", "1501.00", 1)
	v := Judge(theCase(), inHexOf(secret, at+"."+own), []byte(own))
	if !cmp.Equal(codes(v), []string{"body_other"}) || !strings.Contains(v.Mistakes[0].Found, `They differ from byte 126 on: "0.00,\"url\":\"http`) {
		t.Errorf("got %+v", v)
	}
	for own, want := range map[string][]string{
		body: nil, python: {"body_reserialised"}, body + "\n": {"body_newline"}, "": {"body_empty"}, body[:50]: {"body_other"},
	} {
		if v := Judge(theCase(), "", []byte(own)); !cmp.Equal(codes(v), want) || v.Sentence == "" {
			t.Errorf("%.20q: %+v", own, v)
		}
	}
	if v := Judge(theCase(), "", []byte(body[:50])); !strings.Contains(v.Mistakes[0].Found, "ends after 50 of") {
		t.Errorf("got %+v", v)
	}
}

// No answer holds a secret.
func TestNoSecretIsTold(t *testing.T) {
	t.Parallel()
	for _, signature := range []string{inHexOf(session, body), inHexOf(secret[6:], body), "x"} {
		text, err := json.Marshal(Judge(theCase(), signature, []byte(body+" ")))
		if err != nil || strings.Contains(string(text), secret[6:]) || strings.Contains(string(text), session) {
			t.Errorf("%s, %v", text, err)
		}
	}
}

func BenchmarkJudge(b *testing.B) {
	for b.Loop() {
		Judge(theCase(), inHexOf("whsec_other", at+"."+body), nil)
	}
}

// Whatever is written again means the same.
func FuzzRewritten(f *testing.F) {
	f.Add([]byte(body))
	f.Add([]byte(`[1e400,-0.0,"\ud800",{"a":{}}]`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var want any
		if json.Unmarshal(text, &want) != nil {
			return
		}
		for _, s := range styles {
			var got any
			if err := json.Unmarshal(s.rewritten(text), &got); err != nil || !cmp.Equal(want, got) {
				t.Errorf("%s makes %s of %s: %v", s.name, s.rewritten(text), text, err)
			}
		}
	})
}

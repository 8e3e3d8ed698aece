package selorax

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const dashboard = "http://admin.selorax.localhost:5080"

func decodeHex(t testing.TB, text string) []byte {
	t.Helper()
	b, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func sum(key, message string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(message))
	return hex.EncodeToString(mac.Sum(nil))
}

func params(changes map[string]string) map[string]string {
	p := map[string]string{
		"store_id": "22", "host": base64.RawURLEncoding.EncodeToString([]byte(dashboard)),
		"timestamp": strconv.FormatInt(noon.Unix(), 10),
	}
	maps.Copy(p, changes)
	return p
}

// signed is a query as the platform writes it.
func signed(p map[string]string, key string) string {
	q, pairs := url.Values{}, []string{}
	for _, name := range slices.Sorted(maps.Keys(p)) {
		q.Set(name, p[name])
		pairs = append(pairs, name+"="+p[name])
	}
	q.Set("hmac", sum(key, strings.Join(pairs, "&")))
	return q.Encode()
}

func frames() FrameVerifier { return FrameVerifier{SigningKey: signingKey, Now: atNoon} }

func TestFrame(t *testing.T) {
	t.Parallel()
	want := Frame{StoreID: 22, DashboardOrigin: dashboard, SignedAt: time.Unix(noon.Unix(), 0)}
	for name, query := range map[string]string{
		"as opened":       signed(params(nil), signingKey),
		"after a payment": signed(params(map[string]string{"payment": "success", "charge_id": "5"}), signingKey),
		"with escapes":    signed(params(map[string]string{"note": "a b&c=d/ü+%"}), signingKey),
		"padded host":     signed(params(map[string]string{"host": base64.URLEncoding.EncodeToString([]byte(dashboard))}), signingKey),
	} {
		got, err := frames().Verify(query)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// The message is written out here, so that signing and checking cannot agree
// on the same mistake.
func TestFrameMessage(t *testing.T) {
	t.Parallel()
	message := "host=aHR0cDovL2FkbWluLnNlbG9yYXgubG9jYWxob3N0OjUwODA&store_id=22&timestamp=1772366400"
	query := "timestamp=1772366400&hmac=" + sum(signingKey, message) + "&store_id=22&host=aHR0cDovL2FkbWluLnNlbG9yYXgubG9jYWxob3N0OjUwODA"
	if _, err := frames().Verify(query); err != nil {
		t.Error(err)
	}
}

func TestFrameRefused(t *testing.T) {
	t.Parallel()
	good := signed(params(nil), signingKey)
	at := func(d time.Duration) string {
		return signed(params(map[string]string{"timestamp": strconv.FormatInt(noon.Add(d).Unix(), 10)}), signingKey)
	}
	with := func(name, value string) string { return signed(params(map[string]string{name: value}), signingKey) }
	for name, test := range map[string]struct {
		query string
		want  error
	}{
		"nothing":              {"", ErrFrameUnsigned},
		"no hmac":              {"store_id=22", ErrFrameUnsigned},
		"empty hmac":           {"store_id=22&hmac=", ErrFrameInvalid},
		"hmac is no hex":       {"store_id=22&hmac=zz", ErrFrameInvalid},
		"half an hmac":         {good[:len(good)-2], ErrFrameInvalid},
		"another key":          {signed(params(nil), "another"), ErrFrameInvalid},
		"another store":        {strings.Replace(good, "store_id=22", "store_id=23", 1), ErrFrameInvalid},
		"one more parameter":   {good + "&admin=1", ErrFrameInvalid},
		"repeated store":       {good + "&store_id=22", ErrFrameInvalid},
		"repeated hmac":        {good + "&hmac=00", ErrFrameInvalid},
		"malformed":            {good + "&%zz", ErrFrameInvalid},
		"semicolon":            {good + ";a=b", ErrFrameInvalid},
		"just in time":         {at(-frameMaxAge), nil},
		"too old":              {at(-frameMaxAge - time.Second), ErrFrameStale},
		"slightly ahead":       {at(frameMaxAhead), nil},
		"from the future":      {at(frameMaxAhead + time.Second), ErrFrameStale},
		"timestamp no number":  {with("timestamp", "noon"), ErrFrameInvalid},
		"timestamp too large":  {with("timestamp", "99999999999999999999"), ErrFrameInvalid},
		"store with a sign":    {with("store_id", "+22"), ErrFrameInvalid},
		"host without scheme":  {with("host", base64.RawURLEncoding.EncodeToString([]byte("admin.selorax.io"))), ErrFrameInvalid},
		"host with a path":     {with("host", base64.RawURLEncoding.EncodeToString([]byte(dashboard+"/x"))), ErrFrameInvalid},
		"host is a script":     {with("host", base64.RawURLEncoding.EncodeToString([]byte("javascript:1"))), ErrFrameInvalid},
		"host is no base64":    {with("host", "!"), ErrFrameInvalid},
		"merged parameters":    {"host=" + url.QueryEscape(params(nil)["host"]+"&store_id=22&timestamp="+params(nil)["timestamp"]) + "&hmac=" + hmacOf(good), ErrFrameInvalid},
		"merged but the store": {"host=" + url.QueryEscape(params(nil)["host"]) + "&store_id=" + url.QueryEscape("22&timestamp="+params(nil)["timestamp"]) + "&hmac=" + hmacOf(good), ErrFrameInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if f, err := frames().Verify(test.query); !errors.Is(err, test.want) || err != nil && f != (Frame{}) {
				t.Errorf("got %+v, %v, want %v", f, err, test.want)
			}
		})
	}
}

func hmacOf(query string) string {
	q, _ := url.ParseQuery(query)
	return q.Get("hmac")
}

// FuzzFrame holds that no query passes under a key it was not signed with, and
// that what passes has one value of each parameter.
func FuzzFrame(f *testing.F) {
	for _, seed := range []string{"", "hmac=", "a=1&a=2&hmac=00", "%zz", "a;b", "store_id=22&host=x&timestamp=1&hmac=" + strings.Repeat("0", 64)} {
		f.Add(seed)
	}
	f.Add(signed(params(nil), signingKey))
	f.Fuzz(func(t *testing.T, query string) {
		other := FrameVerifier{SigningKey: "another", Now: atNoon}
		if got, err := other.Verify(query); err == nil {
			t.Fatalf("%q passes as %+v", query, got)
		}
		got, err := frames().Verify(query)
		if err != nil {
			return
		}
		q, err := url.ParseQuery(query)
		if err != nil || got.StoreID <= 0 || len(q["store_id"]) != 1 || len(q["hmac"]) != 1 {
			t.Fatalf("%q passes as %+v, %v", query, got, err)
		}
	})
}

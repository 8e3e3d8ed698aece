package selorax

import (
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"
)

const (
	clientID   = "sx_app_0123456789abcdef"
	signingKey = "ac4d5804b66820c347f626ac4d5804b66820c347f626ac4d5804b66820c347f6"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func atNoon() time.Time { return noon }

// claims are good ones, with changes; a nil value leaves a claim out.
func claims(changes jwt.MapClaims) jwt.MapClaims {
	c := jwt.MapClaims{
		"iss": "http://api.selorax.localhost:5001", "aud": clientID, "sub": "22", "sid": "5", "app_id": 1, "user_id": 7,
		"iat": noon.Unix(), "nbf": noon.Unix(), "exp": noon.Add(10 * time.Minute).Unix(), "jti": "x",
	}
	maps.Copy(c, changes)
	maps.DeleteFunc(c, func(_ string, v any) bool { return v == nil })
	return c
}

func sign(t testing.TB, method jwt.SigningMethod, key any, c jwt.MapClaims) string {
	t.Helper()
	text, err := jwt.NewWithClaims(method, c).SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func verifier() SessionVerifier {
	return SessionVerifier{ClientID: clientID, SigningKey: signingKey, Now: atNoon}
}

func TestSessionToken(t *testing.T) {
	t.Parallel()
	got, err := verifier().Verify(sign(t, jwt.SigningMethodHS256, []byte(signingKey), claims(nil)))
	if err != nil {
		t.Fatal(err)
	}
	got.ExpiresAt = got.ExpiresAt.UTC()
	want := Session{StoreID: 22, InstallationID: 5, AppID: 1, UserID: 7, ExpiresAt: noon.Add(10 * time.Minute)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSessionTokenRefused(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]jwt.MapClaims{
		"another app's":         {"aud": "sx_app_other"},
		"no audience":           {"aud": nil},
		"no expiry":             {"exp": nil},
		"expiry is text":        {"exp": "tomorrow"},
		"from the future":       {"nbf": noon.Add(time.Minute).Unix()},
		"no store":              {"sub": nil},
		"store is empty":        {"sub": ""},
		"store is a word":       {"sub": "abc"},
		"store with a sign":     {"sub": "+22"},
		"store with a space":    {"sub": " 22"},
		"store is negative":     {"sub": "-22"},
		"store is zero":         {"sub": "0"},
		"store is a fraction":   {"sub": "22.0"},
		"store in other digits": {"sub": "২২"},
		"store is too large":    {"sub": "99999999999999999999"},
		"store is a number":     {"sub": 22},
		"no installation":       {"sid": nil},
		"installation a word":   {"sid": "five"},
		"installation number":   {"sid": 5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			token := sign(t, jwt.SigningMethodHS256, []byte(signingKey), claims(change))
			if s, err := verifier().Verify(token); !errors.Is(err, ErrSessionInvalid) || s != (Session{}) {
				t.Errorf("got %+v, %v", s, err)
			}
		})
	}
}

// The algorithm is the verifier's choice, never the token's.
func TestSessionTokenOfAnotherAlgorithm(t *testing.T) {
	t.Parallel()
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	good := claims(nil)
	for name, token := range map[string]string{
		"none":            sign(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, good),
		"HS384":           sign(t, jwt.SigningMethodHS384, []byte(signingKey), good),
		"HS512":           sign(t, jwt.SigningMethodHS512, []byte(signingKey), good),
		"RS256":           sign(t, jwt.SigningMethodRS256, private, good),
		"another key":     sign(t, jwt.SigningMethodHS256, []byte(strings.Repeat("0", 64)), good),
		"empty key":       sign(t, jwt.SigningMethodHS256, []byte{}, good),
		"upper-case key":  sign(t, jwt.SigningMethodHS256, []byte(strings.ToUpper(signingKey)), good),
		"decoded hex key": sign(t, jwt.SigningMethodHS256, decodeHex(t, signingKey), good),
		"no token":        "",
		"two parts":       "a.b",
		"dev bypass":      "dev_bypass",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := verifier().Verify(token); !errors.Is(err, ErrSessionInvalid) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestSessionTokenExpires(t *testing.T) {
	t.Parallel()
	token := sign(t, jwt.SigningMethodHS256, []byte(signingKey), claims(nil))
	for age, want := range map[time.Duration]error{
		10*time.Minute - time.Second:             nil,
		10*time.Minute + clockSkew - time.Second: nil,
		10*time.Minute + clockSkew:               ErrSessionExpired,
		time.Hour:                                ErrSessionExpired,
	} {
		v := verifier()
		v.Now = func() time.Time { return noon.Add(age) }
		if _, err := v.Verify(token); !errors.Is(err, want) {
			t.Errorf("after %v: %v, want %v", age, err, want)
		}
	}
}

// An expired token of another app is invalid before it is expired: a page that
// asks for a fresh one would ask for ever.
func TestSessionTokenOfAnotherKeyIsNotExpired(t *testing.T) {
	t.Parallel()
	v := verifier()
	v.Now = func() time.Time { return noon.Add(time.Hour) }
	if _, err := v.Verify(sign(t, jwt.SigningMethodHS256, []byte("another"), claims(nil))); !errors.Is(err, ErrSessionInvalid) {
		t.Errorf("got %v", err)
	}
}
